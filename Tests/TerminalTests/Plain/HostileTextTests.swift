import Foundation
import Testing

/// What comes from outside and would command the terminal: it is shown, and nothing more.
@Suite(.serialized) struct HostileTextTests {
  private let home: Pseudoterminal.Home

  init() throws { home = try Pseudoterminal.Home() }

  private static let labels = [
    "\u{1B}]0;owned\u{7}", "\u{1B}]52;c;aGk=\u{7}", "\u{1B}[2J", "\u{9B}31m", "a\u{202E}b",
    "\u{2066}x", "\u{8}\u{7F}", "\u{1B}c", "\u{61C}\u{200E}x", "\u{2028}x\u{2029}", "\u{E0041}x",
    "a\u{200D}b\u{3164}", "a\tb",
  ]

  /// Line ends and tabs: what a user may lay out.
  private static let laidOut: Set<UInt32> = [9, 10, 13]

  private func run(_ commands: [String]) throws -> [UInt8] {
    let terminal = try Pseudoterminal(
      espalier: ["--batch"] + commands.flatMap { ["-e", $0] }, home: home,
      environment: ["NO_COLOR": "1"],
      columns: 120)
    _ = try terminal.end()
    return terminal.output
  }

  private func expectHarmless(
    _ output: [UInt8], allowed: Set<UInt32> = [10, 13], location: SourceLocation = #_sourceLocation
  ) {
    let text = String(decoding: output, as: UTF8.self)
    for scalar in text.unicodeScalars where !allowed.contains(scalar.value) {
      let properties = scalar.properties
      let isLineEnd =
        properties.generalCategory == .lineSeparator
        || properties.generalCategory == .paragraphSeparator
      #expect(
        properties.generalCategory != .control && properties.generalCategory != .format
          && !properties.isDefaultIgnorableCodePoint && !isLineEnd,
        "\(scalar.value) in \(text.debugDescription)", sourceLocation: location)
    }
  }

  @Test(arguments: labels)
  func labelsOfTables(label: String) throws {
    let path = home.folder.appending(path: "labels.csv").path
    var text = "a,b,label\n"
    for index in 0..<12 { text += "\(index),\(index % 5).5,\(index % 2 == 0 ? label : "plain")\n" }
    try Data(text.utf8).write(to: URL(filePath: path))
    let output = try run([
      "data \(path)", "add dense 2", "train 1", "predict train", "evaluate", "data", "tree", "show",
    ])
    expectHarmless(output)
    #expect(String(decoding: output, as: UTF8.self).contains("plain"))
  }

  @Test(arguments: labels)
  func namesAndArguments(label: String) throws {
    expectHarmless(try run(["load '\(label)'"]))
    expectHarmless(try run(["print '\(label)'"]), allowed: Self.laidOut)
    let terminal = try Pseudoterminal(
      espalier: ["--\(label)"], home: home, environment: ["NO_COLOR": "1"])
    #expect(try terminal.end() == .exit(2))
    expectHarmless(terminal.output, allowed: Self.laidOut)
    let file = try Pseudoterminal(
      espalier: ["--batch", "/no/\(label)"], home: home, environment: ["NO_COLOR": "1"])
    #expect(try file.end() == .exit(2))
    expectHarmless(file.output)
  }

  @Test("a line of the history is shown with its controls spelled out, and kept as it is")
  func linesOfTheHistory() throws {
    let folder = home.folder.appending(path: "state/espalier")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let history = folder.appending(path: "history")
    let line = "print 'a\u{1B}]0;owned\u{7}\u{202E}b'"
    try Data("#1700000000\n\(line)\n".utf8).write(to: history)
    let terminal = try Pseudoterminal(
      espalier: ["--plain"], home: home, environment: ["NO_COLOR": "1"])
    try terminal.until(line: "main ›")
    try terminal.type("\u{1B}[A")
    try terminal.until(line: "main › print 'a^[]0;owned^G<U+202E>b'")
    try terminal.type("\u{1}\u{6}\u{5}\u{7F}x")
    try terminal.until(line: "main › print 'a^[]0;owned^G<U+202E>bx")
    terminal.resize(columns: 20, rows: 10)
    try terminal.until(showing: "202E>bx")
    terminal.resize(columns: 100, rows: 10)
    try terminal.type("\u{7F}'\r")
    try terminal.until(showing: "the control character U+001B is not allowed")
    try terminal.type("\u{4}")
    #expect(try terminal.end() == .exit(0))
    let text = String(decoding: terminal.output, as: UTF8.self)
    #expect(!text.contains("\u{1B}]0;") && !text.contains("\u{202E}"))
    #expect(try String(contentsOf: history, encoding: .utf8).contains(line))
  }

  @Test("text pasted into a search is looked for with its controls spelled out")
  func pastedIntoASearch() throws {
    let terminal = try Pseudoterminal(
      espalier: ["--plain"], home: home, environment: ["NO_COLOR": "1"])
    try terminal.until(line: "main ›")
    try terminal.type("print needle\r")
    try terminal.until(showing: "\nneedle\n")
    try terminal.type("\u{12}need")
    try terminal.until(showing: "`need': print needle")
    try terminal.type("\u{1B}[200~\u{1B}]0;owned\u{7}\n\u{202E}\u{1B}[201~")
    try terminal.until(showing: "`need^[]0;owned^G <U+202E>'")
    try terminal.type("\u{3}")
    try terminal.type("\u{4}")
    #expect(try terminal.end() == .exit(0))
    let text = String(decoding: terminal.output, as: UTF8.self)
    #expect(!text.contains("\u{1B}]0;") && !text.contains("\u{202E}"))
  }
}
