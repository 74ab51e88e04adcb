/// A row of the table of kinds: the one source of parsing, help, completion and printing.
package struct KindRow: Sendable {
  package let aliases: [String]

  /// What the kind does, in one line.
  package let summary: String

  /// Positional parameters first, in their order.
  package let parameters: [KindParameter]

  package let family: KindFamily

  /// Makes the layer of arguments, for a kind that is one.
  let layer: (@Sendable (Arguments) -> Layer?)?

  /// How many `{ … }` follow, or nothing for a layer.
  package let blocks: ClosedRange<Int>?

  /// The parameters that are told of with the kind.
  package var ownParameters: [KindParameter] { parameters.filter { !$0.isCommon } }

  /// The parameter that a key names, in our word or another framework's.
  package func parameter(called key: String) -> KindParameter? {
    parameters.first { $0.name == key } ?? parameters.first { $0.aliases.contains(key) }
  }

  /// The row of a layer.
  init(
    _ summary: String, _ family: KindFamily, aliases: [String] = [],
    _ parameters: [KindParameter] = [], layer: @escaping @Sendable (Arguments) -> Layer?
  ) {
    self.summary = summary
    self.family = family
    self.aliases = aliases
    self.parameters = parameters
    self.layer = layer
    blocks = nil
  }

  /// The row of a container.
  init(_ summary: String, _ parameters: [KindParameter] = [], blocks: ClosedRange<Int>) {
    self.summary = summary
    family = .container
    aliases = []
    self.parameters = parameters
    layer = nil
    self.blocks = blocks
  }
}

extension Kind {
  /// Whether blocks that are there can be put into what the kind makes; a join only holds what is on its tap's way.
  package var wraps: Bool { row.blocks != nil && self != .join }

  /// How the kind is typed: `conv CHANNELS KERNEL stride=1 pad=same …`.
  package var signature: String {
    var parts = [rawValue]
    for parameter in row.ownParameters {
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
