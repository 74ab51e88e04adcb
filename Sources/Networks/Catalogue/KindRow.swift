/// A row of the table of kinds: the one source of parsing, help, completion and printing.
package struct KindRow: Sendable {
  package let aliases: [String]

  /// What the kind does, in one line.
  package let summary: String

  /// Positional parameters first, in their order.
  package let parameters: [KindParameter]

  /// How many `{ … }` follow, or nothing for a layer.
  package let blocks: ClosedRange<Int>?

  /// The parameter that a key names, in our word or another framework's.
  package func parameter(called key: String) -> KindParameter? {
    parameters.first { $0.name == key } ?? parameters.first { $0.aliases.contains(key) }
  }

  init(
    _ summary: String, aliases: [String] = [], _ parameters: [KindParameter] = [],
    blocks: ClosedRange<Int>? = nil
  ) {
    self.summary = summary
    self.aliases = aliases
    self.parameters = parameters
    self.blocks = blocks
  }
}

/// A parameter of a kind.
package struct KindParameter: Sendable {
  package let name: String
  package let type: ArgumentType

  /// Nothing where a value must be given.
  package let defaultText: String?
  package let isPositional: Bool
  package let summary: String

  /// Other frameworks' words for it, which are understood as keys.
  package let aliases: [String]

  static func positional(
    _ name: String, _ type: ArgumentType, default defaultText: String? = nil, _ summary: String,
    also aliases: [String] = []
  ) -> KindParameter {
    KindParameter(
      name: name, type: type, defaultText: defaultText, isPositional: true, summary: summary,
      aliases: aliases)
  }

  static func keyed(
    _ name: String, _ type: ArgumentType, default defaultText: String, _ summary: String,
    also aliases: [String] = []
  ) -> KindParameter {
    KindParameter(
      name: name, type: type, defaultText: defaultText, isPositional: false, summary: summary,
      aliases: aliases)
  }
}

extension Kind {
  /// How the kind is typed: `conv CHANNELS KERNEL stride=1 pad=same …`.
  package var signature: String {
    var parts = [rawValue]
    for parameter in row.parameters {
      if parameter.isPositional {
        let name = parameter.name.uppercased()
        parts.append(parameter.defaultText.map { "\(name)=\($0)" } ?? name)
      } else {
        parts.append("\(parameter.name)=\(parameter.defaultText ?? "")")
      }
    }
    if let blocks = row.blocks {
      parts.append(blocks.lowerBound == 0 ? "[{ … }]" : "{ … }")
      if blocks.upperBound > 1 { parts.append("{ … }") }
    }
    return parts.joined(separator: " ")
  }
}
