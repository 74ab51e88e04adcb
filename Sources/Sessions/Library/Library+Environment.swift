import Language
import Networks

extension Library {
  /// An environment that knows the library's definitions and the names that are taken.
  static let environment: Environment = {
    var environment = Environment()
    for part in parts {
      let source = SourceText(name: part.name, text: part.text)
      for statement in (try? Parser.parse(file: source)) ?? [] {
        if case .definition(let definition) = statement { try? environment.define(definition) }
      }
    }
    environment.reservedNames = Set(CommandTable.verbs)
      .union(Kind.allCases.flatMap { [$0.rawValue] + $0.row.aliases })
    return environment
  }()
}
