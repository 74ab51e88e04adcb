extension Parser {
  /// `NAME PARAM… PARAM=DEFAULT… { … }`, behind `def`; Python's `NAME(PARAM, PARAM=DEFAULT)` too.
  mutating func definition(_ verb: WordSyntax) throws(Diagnostic) -> Definition {
    let head = try command(verb)
    guard let first = head.words.first, let body = head.blocks.first, head.blocks.count == 1,
      head.redirect == nil, !head.isBackground
    else {
      let (what, range) = found()
      guard head.blocks.count > 1 else {
        throw SyntaxProblem.malformed(.definition, what).at(range)
      }
      let brace = head.blocks[1].range.lowerBound
      throw SyntaxProblem.malformed(.definition, .text("{")).at(source.range(brace, brace + 1))
    }
    try checkName(first.range.text, .definition, at: first.range)
    let definition = Definition(
      name: first.range.text, nameRange: first.range, parameters: try parameters(of: head),
      body: body,
      documentation: commentAbove(verb.range.lowerBound) ?? comment(beginning: body),
      range: head.range)
    return definition
  }

  private func parameters(
    of head: CommandSyntax
  ) throws(Diagnostic) -> [Definition.Parameter] {
    var parameters: [Definition.Parameter] = []
    var names: Set<String> = []
    let firstDefault = head.options.first?.nameRange.lowerBound ?? Int.max
    for word in head.words.dropFirst() {
      let name = word.range.text
      try checkName(name, .parameter, at: word.range)
      if word.range.lowerBound > firstDefault {
        throw SyntaxProblem.requiredBehindDefault(name: name).at(word.range)
      }
      guard names.insert(name).inserted else {
        throw SyntaxProblem.duplicateParameter(name: name).at(word.range)
      }
      parameters.append(.init(name: name, defaultValue: nil, range: word.range))
    }
    for option in head.options {
      try checkName(option.name, .parameter, at: option.nameRange)
      guard names.insert(option.name).inserted else {
        throw SyntaxProblem.duplicateParameter(name: option.name).at(option.nameRange)
      }
      parameters.append(
        .init(name: option.name, defaultValue: option.value, range: option.range))
    }
    return parameters
  }

  /// The comment lines directly above the line that begins at, or holds only blanks before, an
  /// offset.
  private func commentAbove(_ offset: Int) -> String? {
    var line = source.line(at: offset)
    guard isBlank(source.bytes(ofLine: line).lowerBound..<offset) else { return nil }
    var lines: [String] = []
    while line > 0 {
      line -= 1
      guard let text = commentText(of: source.bytes(ofLine: line)), line > 0 || !isShebang else {
        break
      }
      lines.append(text)
    }
    return lines.isEmpty ? nil : lines.reversed().joined(separator: "\n")
  }

  /// The comment lines that a body begins with.
  private func comment(beginning body: Block) -> String? {
    var line = source.line(at: body.range.lowerBound)
    var lines: [String] = []
    if let text = commentText(of: body.range.lowerBound + 1..<source.bytes(ofLine: line).upperBound)
    {
      lines.append(text)
    } else if !isBlank(body.range.lowerBound + 1..<source.bytes(ofLine: line).upperBound) {
      return nil
    }
    let last = source.line(at: body.range.upperBound)
    while line < last {
      line += 1
      let range = source.bytes(ofLine: line)
      if let text = commentText(of: range) {
        lines.append(text)
      } else if !lines.isEmpty || !isBlank(range) {
        break
      }
    }
    return lines.isEmpty ? nil : lines.joined(separator: "\n")
  }

  private var isShebang: Bool { bytes.starts(with: [0x23, 0x21]) }

  private func isBlank(_ range: Range<Int>) -> Bool {
    var offset = range.lowerBound
    while offset < range.upperBound {
      let blank = Lexical.blank(in: bytes, at: offset)
      if blank == 0 { return false }
      offset += blank
    }
    return true
  }

  /// The text behind `#` and one blank when the bytes hold nothing but a comment.
  private func commentText(of range: Range<Int>) -> String? {
    var offset = range.lowerBound
    while offset < range.upperBound, Lexical.blank(in: bytes, at: offset) > 0 {
      offset += Lexical.blank(in: bytes, at: offset)
    }
    guard offset < range.upperBound, bytes[offset] == UInt8(ascii: "#") else { return nil }
    offset += 1
    if offset < range.upperBound, bytes[offset] == UInt8(ascii: " ") { offset += 1 }
    return source.text(in: offset..<range.upperBound)
  }
}
