import Language
import Networks

extension Library {
  private static let sources = parts.map { SourceText(name: $0.name, text: $0.text) }

  /// Whether a text is one of the library's parts.
  static func owns(_ source: SourceText) -> Bool { sources.contains { $0 === source } }

  /// An environment that knows the library's definitions and the names that are taken.
  static let environment: Environment = {
    var environment = Environment()
    for source in sources {
      for statement in (try? Parser.parse(file: source)) ?? [] {
        if case .definition(let definition) = statement { try? environment.define(definition) }
      }
    }
    environment.reservedNames = Set(CommandTable.verbs).union(Kind.words)
    return environment
  }()
}
