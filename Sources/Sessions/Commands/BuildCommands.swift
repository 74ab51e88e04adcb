import Language
import Networks

extension CommandTable {
  /// The command that also stands for a container or definition typed without it.
  static let addRow = CommandRow(
    "add", .build, usage: "add KIND … [name=NAME] [{ … }]",
    "puts a layer, a container or a defined block at the end",
    details: [
      "Inside braces the kinds stand without add: add residual { conv 10 3; bn; relu }.",
      "A container or a defined block may be typed without add: residual { … }, basicblock 16.",
    ],
    slots: [.kind], run: { try $0.add($1, interpreter: $2) })

  /// Commands that make networks.
  static let buildRows: [CommandRow] = [
    CommandRow(
      "input", .build, usage: "input SHAPE",
      "sets the shape of one example: channels, then length or height and width",
      details: [
        "input 1x64 is one channel of 64 positions, input 3x32x32 an image, input 10 are features.",
        "A network that is there already is kept if it takes the new shape.",
      ],
      slots: [.words(["1x64", "1x8x8", "3x32x32"])],
      run: { session, invocation, _ in try session.input(invocation) }),
    addRow,
    CommandRow(
      "insert", .build, usage: "insert KIND … before|after PATH",
      "puts a block beside another",
      slots: [.kind], repeats: .path, run: { try $0.insert($1, interpreter: $2) }),
  ]
}

extension Session {
  /// Answers `input SHAPE`.
  func input(_ invocation: Invocation) throws -> Report {
    let row = invocation.row
    try invocation.expectWords(atMost: 1, row)
    let word = try invocation.word(0, "SHAPE", row)
    guard let extents = word.extents, (1...Shape.maximumRank).contains(extents.count),
      extents.allSatisfy({ $0 >= 1 })
    else {
      throw Diagnostic(
        .argument, "input expects a shape such as 1x64 or 3x32x32, found \(word.text)",
        at: word.range)
    }
    let shape = Shape(extents)
    let before = state.current?.network
    let network = try refusing(at: word.range) { () throws(EditError) in
      if let before { return try before.with(input: shape) }
      do throws(ShapeError) { return try Network(input: shape) } catch { throw .shape(error) }
    }
    adopt(network)
    var line = StyledText("input \(shape.displayText)")
    if !network.isEmpty { line.append("; \(summary(of: network))") }
    return Report([line])
  }

  /// `add SPEC`, or a container or definition without `add`.
  func add(_ invocation: Invocation, interpreter: Interpreter) throws -> Report {
    let network = try networkInHand(at: invocation.range)
    let blocks = try blocks(
      of: invocation, among: network.root.children.map(\.name), interpreter: interpreter)
    let changed = try refusing(
      at: invocation.range, { () throws(EditError) in try network.appending(blocks) },
      offers: { self.offers(adding: blocks, for: $0) })
    return adopted(changed, added: blocks.map(\.id))
  }

  /// Answers `insert SPEC before|after PATH`.
  func insert(_ invocation: Invocation, interpreter: Interpreter) throws -> Report {
    let row = invocation.row
    let network = try networkInHand(at: invocation.range)
    let words = invocation.words
    guard words.count >= 3, ["before", "after"].contains(words[words.count - 2].text) else {
      throw Diagnostic(
        .argument, "insert needs a place: before PATH or after PATH", at: invocation.range.end,
        notes: [.init("usage: \(row.usage)")])
    }
    let anchor = words[words.count - 1]
    let place = try refusing(at: anchor.range) { () throws(PathFault) in
      try network.block(at: anchor.text)
    }
    let siblings = network.children(of: place.parent).map(\.name)
    let specification = try interpreter.specification(
      kind: words[0], words: Array(words[1..<words.count - 2]), options: invocation.options,
      blocks: invocation.blocks, range: invocation.range, facts: facts,
      isCancelled: { self.isInterrupted })
    let blocks = try builder.blocks(of: [specification], among: siblings)
    let index = words[words.count - 2].text == "before" ? place.index : place.index + 1
    let changed = try refusing(
      at: invocation.range,
      { () throws(EditError) in try network.inserting(blocks, in: place.parent, at: index) },
      offers: { self.offers(adding: blocks, for: $0) })
    return adopted(changed, added: blocks.map(\.id))
  }

  private func blocks(
    of invocation: Invocation, among siblings: [String], interpreter: Interpreter
  ) throws -> [Networks.Block] {
    let specification = try interpreter.specification(
      of: invocation, facts: facts, isCancelled: { self.isInterrupted })
    return try builder.blocks(of: [specification], among: siblings)
  }

  /// Makes blocks with the session's defaults.
  var builder: BlockBuilder { BlockBuilder(defaults: state.defaults) }
}
