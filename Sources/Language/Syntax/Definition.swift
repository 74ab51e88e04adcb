/// A block of layers that was given a name: `def NAME PARAM… PARAM=DEFAULT… { … }`.
package struct Definition: Sendable, Equatable {
  /// A parameter of a definition, with its default if it has one.
  package struct Parameter: Sendable {
    package let name: String
    /// Evaluated at the call, where earlier parameters are known; nil makes the parameter required.
    package let defaultValue: WordSyntax?
    package let range: SourceRange

    /// `kernel` or `stride=1`.
    package var text: String {
      defaultValue.map { "\(name)=\($0.range.text)" } ?? name
    }
  }

  package let name: String
  package let nameRange: SourceRange
  package let parameters: [Parameter]
  let parameterNames: Set<String>
  package let body: Block
  /// The comment directly above the definition, or else the one its body begins with; lines without
  /// `#`.
  package let documentation: String?
  package let range: SourceRange

  init(
    name: String, nameRange: SourceRange, parameters: [Parameter], body: Block,
    documentation: String?, range: SourceRange
  ) {
    self.name = name
    self.nameRange = nameRange
    self.parameters = parameters
    parameterNames = Set(parameters.map(\.name))
    self.body = body
    self.documentation = documentation
    self.range = range
  }

  /// How it is called: `RES channels kernel stride=1`.
  package var signature: String {
    ([name] + parameters.map(\.text)).joined(separator: " ")
  }

  /// The text that defines it again.
  package var text: String { range.text }

  /// Whether both are written alike.
  package static func == (left: Definition, right: Definition) -> Bool {
    left.range == right.range || left.text == right.text
  }
}
