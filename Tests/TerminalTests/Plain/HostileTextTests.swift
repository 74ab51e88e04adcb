import Foundation
import Testing

/// What comes from outside and would command the terminal: it is shown, and nothing more.
@Suite(.serialized) struct HostileTextTests {
  private let home: Pseudoterminal.Home

  init() throws { home = try Pseudoterminal.Home() }

  private static let labels = [
    "\u{1B}]0;owned\u{7}", "\u{1B}]52;c;aGk=\u{7}", "\u{1B}[2J", "\u{9B}31m", "a\u{202E}b",
    "\u{2066}x", "\u{8}\u{7F}", "\u{1B}c",
  ]

  private func run(_ commands: [String]) throws -> [UInt8] {
    let terminal = try Pseudoterminal(
      espalier: ["--batch"] + commands.flatMap { ["-e", $0] }, home: home,
      environment: ["NO_COLOR": "1"],
      columns: 120)
    _ = try terminal.end()
    return terminal.output
  }

  private func expectHarmless(_ output: [UInt8], location: SourceLocation = #_sourceLocation) {
    let text = String(decoding: output, as: UTF8.self)
    for scalar in text.unicodeScalars where ![10, 13].contains(scalar.value) {
      let category = scalar.properties.generalCategory
      #expect(
        category != .control && category != .format,
        "\(scalar.value) in \(text.debugDescription)", sourceLocation: location)
    }
  }

  @Test(arguments: labels)
  func labelsOfTables(label: String) throws {
    let path = home.folder.appending(path: "labels.csv").path
    var text = "a,b,label\n"
    for index in 0..<12 { text += "\(index),\(index % 5).5,\(index % 2 == 0 ? label : "plain")\n" }
    try Data(text.utf8).write(to: URL(filePath: path))
    let output = try run(["data \(path)", "add dense 2", "train 1", "predict train", "evaluate"])
    expectHarmless(output)
    #expect(String(decoding: output, as: UTF8.self).contains("plain"))
  }

  @Test(arguments: labels)
  func namesAndArguments(label: String) throws {
    expectHarmless(try run(["load '\(label)'"]))
    expectHarmless(try run(["print '\(label)'"]))
    let terminal = try Pseudoterminal(
      espalier: ["--\(label)"], home: home, environment: ["NO_COLOR": "1"])
    #expect(try terminal.end() == .exit(2))
    expectHarmless(terminal.output)
    let file = try Pseudoterminal(
      espalier: ["--batch", "/no/\(label)"], home: home, environment: ["NO_COLOR": "1"])
    #expect(try file.end() == .exit(2))
    expectHarmless(file.output)
  }
}
