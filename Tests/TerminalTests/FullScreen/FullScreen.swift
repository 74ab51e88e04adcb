import Foundation
import Testing

/// A home that is empty at first and is removed when this object goes.
final class HomeFolder {
  let url = FileManager.default.temporaryDirectory.appending(path: "esp-" + UUID().uuidString)

  init() throws {
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  /// A file below it.
  func file(_ path: String) -> URL { url.appending(path: path) }
}

/// The program at a full screen of its own.
final class FullScreen {
  let terminal: Pseudoterminal
  let home: HomeFolder

  /// Starts the program and waits for its prompt.
  ///
  /// - Parameter home: the home of an earlier start, to see what that left.
  init(
    _ environment: [String: String] = [:], columns: Int = 100, rows: Int = 30,
    home: HomeFolder? = nil
  ) throws {
    self.home = try home ?? HomeFolder()
    var variables = ["HOME": self.home.url.path]
    variables.merge(environment) { $1 }
    terminal = try Pseudoterminal(
      Pseudoterminal.espalier(), environment: variables, columns: columns, rows: rows)
    try terminal.until("a prompt is shown") { $0.text.contains("main") }
  }

  /// The row of the prompt as it reads, blanks at its end aside.
  var prompt: String { terminal.screen.line(terminal.screen.row) }

  /// Enters a line and waits for what it leads to.
  func enter(
    _ line: String, showing text: String, location: SourceLocation = #_sourceLocation
  ) throws {
    try terminal.type(line + "\r")
    try terminal.until(showing: text, location: location)
  }

  /// Leaves by Ctrl-D and checks that the terminal is as it was before.
  func leave(location: SourceLocation = #_sourceLocation) throws {
    try terminal.type("\u{4}")
    #expect(try terminal.end(location: location) == .exit(0), sourceLocation: location)
    checkRestored(location: location)
  }

  /// Whether modes, cursor and first screen are back.
  func checkRestored(location: SourceLocation = #_sourceLocation) {
    #expect(
      terminal.screen.modes == [7, 25], "modes that were left behind", sourceLocation: location)
    #expect(
      !terminal.screen.text.contains("─ network ─"), "the screen was left behind",
      sourceLocation: location)
  }
}
