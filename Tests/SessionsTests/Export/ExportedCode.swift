import Interchange
import Networks
import Testing

@testable import Sessions

/// The code of networks that commands build.
enum ExportedCode {
  /// The code of the current network behind some commands, which must work.
  static func file(
    _ commands: String, for framework: CodeFile.Framework = .pytorch, name: String = "Net",
    weights: String? = nil
  ) throws -> CodeFile {
    let session = Session()
    let answer = session.answer(commands)
    #expect(answer.outcome == .done, "\(answer.text)")
    return try file(of: session, for: framework, name: name, weights: weights)
  }

  /// The code of a session's current network.
  static func file(
    of session: Session, for framework: CodeFile.Framework = .pytorch, name: String = "Net",
    weights: String? = nil
  ) throws -> CodeFile {
    let network = try #require(session.state.current?.network)
    return try CodeFile(
      network, for: framework,
      definitions: DefinitionPatterns.all(of: session.state.environment),
      names: .init(network: "main", mainClass: name, weights: weights))
  }

  /// The lines from one that begins with a text up to the blank line behind it.
  static func part(_ start: String, of text: String) -> String {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    guard let first = lines.firstIndex(where: { $0.hasPrefix(start) }) else { return "" }
    var last = first
    while last < lines.count,
      !(lines[last].isEmpty && lines[min(last + 1, lines.count - 1)].isEmpty)
    {
      last += 1
    }
    return lines[first..<last].joined(separator: "\n")
  }

  /// The lines that begin a class or a method's parameters.
  static func headers(of text: String) -> [String] {
    text.split(separator: "\n").map(String.init).filter {
      $0.hasPrefix("class ") || $0.hasPrefix("    def __init__")
    }
  }
}
