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
    examples: [
      "add conv 10 3 stride=2", "add residual act=relu { conv 16 3; bn; relu; conv 16 3; bn }",
      "add resnet20 10 shortcut=B",
    ], slots: [.kind], words: nil, traits: [.anyKeys, .blocks, .buildsNetwork],
    run: { try $0.add($1) }
  )

  /// Commands that make networks.
  static let buildRows: [CommandRow] = [
    CommandRow(
      "input", .build, usage: "input SHAPE",
      "sets the shape of one example: channels, then length or height and width",
      details: [
        "input 1x64 is one channel of 64 positions, input 3x32x32 an image, input 10 are features.",
        "A network that is there already is kept if it takes the new shape.",
      ],
      examples: ["input 1x64"], slots: [.words(["1x64", "1x8x8", "3x32x32"])],
      words: 1, traits: [.buildsNetwork],
      run: { try $0.input($1) }),
    addRow,
    CommandRow(
      "insert", .build, usage: "insert KIND … before|after PATH",
      "puts a block beside another",
      examples: [
        "insert dropout 0.2 before conv2", "insert residual { conv 8 3; bn } after relu1",
      ], slots: [.kind], repeats: .path, words: nil, traits: [.anyKeys, .blocks],
      run: { try $0.insert($1) }),
  ]
}

extension CommandScope {
  /// Answers `input SHAPE`.
  mutating func input(_ invocation: Invocation) throws -> Report {
    let word = try invocation.word(0, "SHAPE", invocation.row)
    if let file = state.unread[state.currentName] { throw UnknownInCheck(file: file) }
    guard let extents = word.extents, (1...Shape.maximumRank).contains(extents.count),
      extents.allSatisfy({ $0 >= 1 })
    else {
      throw Diagnostic(
        .argument, "input expects a shape such as 1x64 or 3x32x32, found \(word.text)",
        at: word.range, offers: ["input 1x64", "input 3x32x32"])
    }
    let shape = Shape(extents)
    let before = state.current?.network
    let network = try refusing(
      at: word.range,
      { () throws(EditError) in
        if let before { return try before.with(input: shape) }
        do throws(ShapeError) { return try Network(input: shape) } catch { throw .shape(error) }
      },
      repair: { error in
        guard let before else { return [] }
        return error.offers.compactMap { offer in
          preparation(offer, error, in: before).map {
            "\($0); input \(shape)" + Self.price(of: offer)
          }
        } + ["net \(freshNetworkName); input \(shape)"]
      })
    replaceNetwork(with: network)
    var line = StyledText("input \(shape.displayText)")
    if !network.isEmpty { line.append("; \(summary(of: network))") }
    return Report([line])
  }

  /// `add SPEC`, or a container or definition without `add`.
  mutating func add(_ invocation: Invocation) throws -> Report {
    let network = try currentNetwork(at: invocation.range)
    let context = context
    let specification = try withFacts { facts in
      try context.interpreter.specification(
        of: invocation, facts: facts, isCancelled: context.isCancelled)
    }
    let made: BlockBuilder.Made
    do { made = try builder.blocks(of: [specification], among: network.names) } catch {
      var diagnostic = error
      if diagnostic.code == .argument, let kind = Kind(word: specification.kind.text),
        let layer = typed(asPyTorchHas: kind, specification.words, specification.options)
      {
        diagnostic.offers = working(["add \(layer)"]) + diagnostic.offers
      }
      if let whole = Self.braced(specification) {
        diagnostic.offers = working([whole]) + diagnostic.offers
      }
      throw diagnostic
    }
    let changed = try refusing(
      { made.place(of: $0) ?? Place(range: invocation.range) },
      { () throws(EditError) in try network.appending(made.blocks) },
      repair: { error in
        repairs(of: error, invocation, putting: made.blocks, in: network) { blocks in
          let siblings = network.root.children.map(\.name)
          return blocks.map { "add " + Self.line(of: $0, among: siblings) }.joined(separator: "; ")
        }
      })
    var report = adopted(changed, added: made.blocks.map(\.id))
    if let note = noteOnClasses(specification, invocation, outputs: changed.output.count) {
      report.lines.append(note)
    }
    return report
  }

  /// A container typed without braces, `repeat 2 dense 64`, with them; nothing where it is something else.
  private static func braced(_ specification: Specification) -> String? {
    guard let kind = Kind(word: specification.kind.text), kind.row.blocks != nil,
      specification.blocks.isEmpty
    else { return nil }
    let count = kind.row.parameters.count(where: \.isPositional)
    guard specification.words.count > count else { return nil }
    let words = specification.words.map(\.text)
    let body = words[count...] + specification.options.map(\.range.text)
    let head = [kind.rawValue] + words[..<count]
    return "\(head.joined(separator: " ")) { \(body.joined(separator: " ")) }"
  }

  /// A line on a definition that has as many outputs as it has by itself, and not one for each class of the data.
  private func noteOnClasses(
    _ specification: Specification, _ invocation: Invocation, outputs: Int
  ) -> StyledText? {
    let definition = state.environment.definitions[specification.kind.text]
    guard let definition, definition.parameters.contains(where: { $0.name == "classes" }),
      !specification.options.contains(where: { $0.name == "classes" }),
      let data = state.data, let names = data.train.classNames, names.count < outputs
    else { return nil }
    let count = Numbers.count(names.count, "class", "classes")
    var line = StyledText(
      "  \(data.name) has \(count), \(definition.name) has \(outputs) outputs: ")
    line.append(
      "undo; \(invocation.typed(with: ("classes", String(names.count))))", .typable)
    return line
  }

  /// Answers `insert SPEC before|after PATH`.
  mutating func insert(_ invocation: Invocation) throws -> Report {
    let row = invocation.row
    let network = try currentNetwork(at: invocation.range)
    let words = invocation.words
    guard words.count >= 3, ["before", "after"].contains(words[words.count - 2].text) else {
      if words.count >= 3, ["before", "after"].contains(words[0].text) {
        let blocks = words.dropFirst(2).map(\.text) + invocation.options.map(\.range.text)
        let whole = "insert \(blocks.joined(separator: " ")) \(words[0].text) \(words[1].text)"
        throw Diagnostic(
          .argument, "insert takes its place last: before PATH or after PATH", at: words[0].range,
          offers: working([whole]) + ["help insert"])
      }
      throw row.refusal(
        "insert needs a place: before PATH or after PATH", at: invocation.range.end)
    }
    let anchor = words[words.count - 1]
    let place = try refusing(at: anchor.range) { () throws(PathFault) in
      try network.block(at: anchor.text)
    }
    let siblings = network.children(of: place.parent).map(\.name)
    let context = context
    let specification = try withFacts { facts in
      try context.interpreter.specification(
        of: Phrase(
          kind: words[0], words: Array(words[1..<words.count - 2]), options: invocation.options,
          blocks: invocation.blocks, range: invocation.range), facts: facts,
        isCancelled: context.isCancelled)
    }
    let made = try builder.blocks(of: [specification], among: NameSupply(siblings))
    let index = words[words.count - 2].text == "before" ? place.index : place.index + 1
    let changed = try refusing(
      { made.place(of: $0) ?? Place(range: invocation.range) },
      { () throws(EditError) in try network.inserting(made.blocks, in: place.parent, at: index) },
      repair: { error in
        repairs(of: error, invocation, putting: made.blocks, in: network) { blocks in
          blocks.map {
            "insert \(Self.line(of: $0, among: siblings)) "
              + "\(words[words.count - 2].text) \(anchor.text)"
          }.joined(separator: "; ")
        }
      })
    return adopted(changed, added: made.blocks.map(\.id))
  }

  /// A block on one line, with its name where it has one that it would not get by itself.
  static func line(of block: Networks.Block, among siblings: [String]) -> String {
    let automatic = Naming.fresh(block.kind.nameStem, among: siblings)
    return NetworkScript.line(of: block, unlessNamed: block.name.isEmpty ? nil : automatic)
  }

  /// Makes blocks with the session's defaults.
  var builder: BlockBuilder {
    BlockBuilder(defaults: state.defaults, environment: state.environment)
  }
}
