import Foundation
import Networks
import Testing
import Training

@testable import Sessions

/// Data that is made again: history keeps its values once.
struct SharedDataTests {
  /// What history holds after so many rounds of commands, by its own count.
  private func bytes(after rounds: [Int], of commands: [String]) -> [Int] {
    let session = Session()
    session.answer("input 2")
    var done = 0
    return rounds.map { count in
      while done < count {
        for command in commands {
          let answer = session.answer(command)
          #expect(answer.outcome == .done, "\(command): \(answer.text)")
        }
        done += 1
      }
      return session.history.bytes
    }
  }

  @Test(
    "the values of sets that are made by turns are counted once",
    arguments: [
      ["data moons count=64", "data spirals count=96"],
      ["data moons count=64", "split 0.5", "normalize", "data xor"],
      ["data moons count=64 seed=2", "undo", "data spirals", "data moons count=64 seed=2"],
    ])
  func generators(_ commands: [String]) {
    let bytes = bytes(after: [3, 10], of: commands)
    #expect(bytes[0] > 0)
    #expect(bytes[0] == bytes[1])
  }

  @Test("a file that is read again takes no more, one with another value does")
  func files() throws {
    let path = FileManager.default.temporaryDirectory.path + "/espalier-\(UUID()).csv"
    defer { try? FileManager.default.removeItem(atPath: path) }
    func write(_ last: String) throws {
      let rows = (0..<40).map { "\($0),\($0 * $0),\($0 % 2 == 0 ? "even" : "odd")" }
      try ("a,b,kind\n" + rows.joined(separator: "\n") + "\n1,\(last),odd\n")
        .write(toFile: path, atomically: true, encoding: .utf8)
    }
    let session = Session()
    session.answer("input 2")
    func held(afterReading times: Int) -> Int {
      for _ in 0..<times {
        let answer = session.answer("data csv \"\(path)\"")
        #expect(answer.outcome == .done, "\(answer.text)")
      }
      session.answer("data xor")
      return session.history.bytes
    }
    try write("2")
    _ = held(afterReading: 2)
    let before = held(afterReading: 1)
    #expect(held(afterReading: 5) == before)
    try write("3")
    #expect(held(afterReading: 1) > before)
  }

  @Test("data that shares memory is a set of its own, which undo takes back")
  func sameData() throws {
    let session = Session()
    session.answer("data moons count=64")
    let first = try #require(session.state.data)
    let stamp = session.state.dataStamp
    let fingerprint = session.state.fingerprint?.text
    session.answer("data spirals")
    session.answer("data moons count=64")
    let again = try #require(session.state.data)
    #expect(again.name == first.name && again.description == first.description)
    #expect(again.train.rows.tensor == first.train.rows.tensor)
    #expect(session.state.fingerprint?.text == fingerprint)
    #expect(session.state.dataStamp != stamp)
    session.answer("undo 2")
    #expect(session.state.dataStamp == stamp)
  }
}
