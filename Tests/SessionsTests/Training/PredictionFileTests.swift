import Foundation
import Testing

@testable import Sessions

/// `predict > FILE` as a table for other programs.
@Suite(.serialized) struct PredictionFileTests {
  private func written(_ setup: String, _ command: String) throws -> [[String]] {
    Workplace.enter()
    let live = Session()
    _ = live.answer(setup)
    let name = "\(UUID().uuidString).csv"
    defer { try? FileManager.default.removeItem(atPath: name) }
    let answer = live.answer("\(command) > \(name)").text
    #expect(answer.contains("wrote"), "\(answer)")
    return try String(contentsOfFile: name, encoding: .utf8).split(separator: "\r\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
  }

  @Test func classesAreNamed() throws {
    let rows = try written("data xor; add dense 4 act=tanh; add dense 2", "predict train first=3")
    #expect(rows[0] == ["example", "predicted", "target", "output same", "output different"])
    #expect(rows.count == 4 && rows.map(\.count) == [5, 5, 5, 5])
    for (index, row) in rows.dropFirst().enumerated() {
      let outputs = row[3...].compactMap(Double.init)
      #expect(row[0] == "\(index)" && outputs.count == 2)
      #expect(row[1] == (outputs[1] > outputs[0] ? "different" : "same"))
      #expect(["same", "different"].contains(row[2]))
    }
  }

  @Test func numbersStandBesideTheirTargets() throws {
    Workplace.enter()
    let name = "\(UUID().uuidString).csv"
    try "a,b\r\n1,2.5\r\n2,3.5\r\n3,4.5\r\n".write(toFile: name, atomically: true, encoding: .utf8)
    defer { try? FileManager.default.removeItem(atPath: name) }
    let rows = try written("data \(name) target=regression; add dense 1", "predict train")
    #expect(rows[0] == ["example", "target", "output"])
    #expect(rows.dropFirst().map { $0[1] } == ["2.5", "3.5", "4.5"])
  }

  @Test func otherEndingsAreRefused() {
    Workplace.enter()
    let live = Session()
    _ = live.answer("data xor; add dense 2")
    #expect(
      live.answer("predict > out.npy", from: .prompt).text == """
        error[E-ARGUMENT]: predict writes .csv, .safetensors and .json files, found out.npy
          predict > out.npy
                    ^~~~~~~
          try: predict > out.csv
        """)
  }
}
