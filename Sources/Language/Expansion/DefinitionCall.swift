/// One call of a definition as it was written, within the call whose body it stands in, if any.
///
/// What is wrong inside a definition is traced back through it to an argument that was typed.
package final class DefinitionCall: Sendable {
  package let definition: Definition

  /// The name as the caller wrote it.
  package let kind: Word

  let words: [Word]
  let options: [Option]

  /// The call around it; nil where it was typed outside all definitions.
  package let caller: DefinitionCall?

  init(_ definition: Definition, _ phrase: Phrase, within caller: DefinitionCall?) {
    self.definition = definition
    kind = phrase.kind
    words = phrase.words
    options = phrase.options
    self.caller = caller
  }

  /// The call that was typed outside all definitions.
  package var outermost: DefinitionCall { caller?.outermost ?? self }

  /// An argument of the outermost call.
  package struct Argument: Sendable {
    package let call: DefinitionCall
    package let parameter: Definition.Parameter
    package let word: Word

    /// Whether the word reached the place in question as it is, without arithmetic or joining.
    package let isDirect: Bool
  }

  /// The arguments of the outermost call that flow into a stretch of this definition's text, each once.
  package func arguments(behind range: SourceRange) -> [Argument] {
    var found: [Argument] = []
    trace(range, isDirect: true, depth: 0, into: &found)
    if found.isEmpty, let expression = expression(around: range) {
      trace(expression, isDirect: false, depth: 0, into: &found)
    }
    return found
  }

  /// Whether a stretch of text lies in the definition.
  package func holds(_ range: SourceRange) -> Bool {
    let own = definition.range
    return own.source === range.source && own.lowerBound <= range.lowerBound
      && range.upperBound <= own.upperBound
  }

  /// The `$( … )`, `let` or condition that an operator stands in.
  private func expression(around range: SourceRange) -> SourceRange? {
    let source = range.source
    let line = source.bytes(ofLine: source.line(at: range.lowerBound))
    guard line.contains(range.lowerBound), range.upperBound <= line.upperBound else { return nil }
    let before = source.text(in: line.lowerBound..<range.lowerBound)
    let after = source.text(in: range.upperBound..<line.upperBound)
    if let open = before.ranges(of: "$(").last, let close = after.firstRange(of: ")") {
      let start = line.lowerBound + before[..<open.lowerBound].utf8.count
      let end = range.upperBound + after[..<close.upperBound].utf8.count
      return source.range(start, end)
    }
    let keyword = before.split(separator: " ").first.map(String.init) ?? ""
    guard ["let", "if", "for", "}"].contains(keyword) else { return nil }
    let end = after.firstIndex(of: "{") ?? after.endIndex
    return source.range(
      line.lowerBound, range.upperBound + after[..<end].utf8.count)
  }

  private func trace(
    _ range: SourceRange, isDirect: Bool, depth: Int, into found: inout [Argument]
  ) {
    guard depth <= Self.mostSteps, found.count < Self.mostArguments else { return }
    let names = Self.names(in: range.text)
    for name in names {
      let isDirect = isDirect && range.text == "$\(name)"
      guard let index = definition.parameters.firstIndex(where: { $0.name == name }) else {
        for value in definition.body.values(of: name) where value != range {
          trace(value, isDirect: false, depth: depth + 1, into: &found)
        }
        continue
      }
      let parameter = definition.parameters[index]
      let given =
        index < words.count ? words[index] : options.first { $0.name == name }?.value
      guard let given else {
        if let standard = parameter.defaultValue, standard.range != range {
          trace(standard.range, isDirect: isDirect, depth: depth + 1, into: &found)
        }
        continue
      }
      if let caller {
        caller.trace(given.range, isDirect: isDirect, depth: depth + 1, into: &found)
      } else if !found.contains(where: { $0.parameter.name == name }) {
        found.append(
          Argument(call: self, parameter: parameter, word: given, isDirect: isDirect))
      }
    }
  }

  private static let mostSteps = 32
  private static let mostArguments = 8

  /// The names in a text, but for those of options.
  private static func names(in text: String) -> [String] {
    var names: [String] = []
    let bytes = Array(text.utf8)
    var position = 0
    while position < bytes.count {
      guard Lexical.isNameByte(bytes[position]) else {
        position += 1
        continue
      }
      let start = position
      while position < bytes.count, Lexical.isNameByte(bytes[position]) { position += 1 }
      let isOption = position < bytes.count && bytes[position] == UInt8(ascii: "=")
      let name = String(decoding: bytes[start..<position], as: UTF8.self)
      if !isOption, !names.contains(name) { names.append(name) }
    }
    return names
  }
}

extension DefinitionCall: Equatable {
  /// Whether both are the same call at the same place.
  package static func == (left: DefinitionCall, right: DefinitionCall) -> Bool {
    left === right || left.kind.range == right.kind.range && left.caller == right.caller
  }
}

extension Block {
  /// What a name gets by `let` and `for` anywhere in the block.
  fileprivate func values(of name: String) -> [SourceRange] {
    statements.flatMap { statement -> [SourceRange] in
      switch statement {
      case .command(let command): return command.blocks.flatMap { $0.values(of: name) }
      case .binding(let binding): return binding.name == name ? [binding.value.range] : []
      case .loop(let loop):
        return (loop.name == name ? loop.items.map(\.range) : []) + loop.body.values(of: name)
      case .conditional(let conditional):
        return conditional.branches.flatMap { $0.body.values(of: name) }
          + (conditional.otherwise?.values(of: name) ?? [])
      case .definition, .attempt: return []
      }
    }
  }
}
