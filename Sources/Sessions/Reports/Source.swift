import Interchange

/// Statements to run, and where they come from.
package struct Source: Sendable, Hashable {
  /// Where statements come from: it names their place in diagnostics and decides how `train` behaves.
  package enum Origin: Sendable, Hashable {
    /// Typed at a prompt: verbs may be shortened and `train` runs in the background.
    case prompt

    /// The argument of an `-e`.
    case argument

    case standardInput

    /// A file of commands, by its path.
    case file(String)
  }

  package var origin: Origin
  package var text: String

  /// The number of the text's first line in its origin, counted from 1.
  package var firstLine: Int

  /// What `$1 $2 …` stand for.
  package var arguments: [String]

  /// Text with its origin.
  package init(_ text: String, from origin: Origin, firstLine: Int = 1, arguments: [String] = []) {
    self.text = text
    self.origin = origin
    self.firstLine = firstLine
    self.arguments = arguments
  }

  /// What diagnostics call the text.
  var name: String {
    switch origin {
    case .prompt: ""
    case .argument: "-e"
    case .standardInput: "standard input"
    case .file(let path): path
    }
  }

  /// The folder of the file, or nothing where paths begin in the folder of the process.
  var folder: String {
    if case .file(let path) = origin { Path.folder(of: path) } else { "" }
  }

  /// Whether a statement that starts a run is over only when the run is.
  package var waitsForRuns: Bool { origin != .prompt }
}
