import Foundation
import Testing

@testable import Sessions

/// The command files of docs/examples that demonstrate something hold what they expect.
@Suite(.serialized) struct DemonstrationFileTests {
  private static let folder = URL(filePath: #filePath)
    .appending(path: "../../../../docs/examples").standardized

  private func run(_ name: String, seed: Int = 1) throws {
    let text = try String(
      contentsOf: Self.folder.appending(path: "\(name).esp"), encoding: .utf8)
    let answer = Session().answer("seed \(seed)\n" + text)
    #expect(answer.outcome == .done, "\(answer.text)")
  }

  @Test("in a moment", arguments: ["paths", "shatter", "receptive"])
  func short(name: String) throws { try run(name) }

  @Test(
    "with any of three seeds",
    .enabled(
      if: ProcessInfo.processInfo.environment["ESPALIER_PROVE"] == "1",
      "takes some minutes; ESPALIER_PROVE=1 runs it"),
    arguments: ["degrade", "lesion", "ablate", "shatter"], [1, 2, 3])
  func long(name: String, seed: Int) throws { try run(name, seed: seed) }
}
