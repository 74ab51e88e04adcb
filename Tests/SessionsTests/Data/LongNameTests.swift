import Foundation
import Testing

@testable import Sessions

/// Names of classes of any length, which a file may have, are shown in part.
struct LongNameTests {
  private let folder = KeptFolder()

  @Test("no answer is as long as a label")
  func labels() throws {
    let long = String(repeating: "L", count: 100_000)
    try folder.put(
      "a,b,label\n" + (0..<40).map { "\($0),\($0 * 3 % 7),\($0 % 2 == 0 ? long : "x")\n" }.joined(),
      at: "x.csv")
    let session = Session()
    let data = session.answer("data csv '\(folder.root)/x.csv'").text
    let shown = String(repeating: "L", count: 30) + "…" + String(repeating: "L", count: 29)
    #expect(data.contains("\n2 classes: \(shown) (20) x (20)\n"))
    session.answer("add dense 2; train 1 steps")
    for command in [
      "data", "evaluate", "confusion", "mistakes 3", "example 0", "predict train", "why",
    ] {
      let answer = session.answer(command).text
      #expect(!answer.contains("error"))
      let longest = answer.split(separator: "\n").map(\.count).max() ?? 0
      #expect(longest < 1000, "\(command)")
    }
  }
}
