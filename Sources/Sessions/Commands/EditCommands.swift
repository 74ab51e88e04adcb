import Language
import Networks

extension CommandTable {
  /// Commands that change networks.
  static let editRows: [CommandRow] = [
    CommandRow(
      "wrap", .edit, usage: "wrap KIND [PATH|PATH..PATH|last=N|each PATTERN] [key=value …]",
      "puts blocks into a new container",
      details: [
        "Without a path: all blocks after the last residual or parallel one, as the tree marks them.",
        "each wraps every match on its own; of a repeat's copy what it holds is wrapped.",
        "se, rezero and preact change a residual that is wrapped alone, instead of wrapping it.",
      ],
      examples: [
        "wrap residual act=relu", "wrap seq conv1..relu1 name=stem", "wrap repeat last=3 copies=4",
        "wrap residual each conv* shortcut=C", "wrap se res1 reduction=4", "wrap rezero",
        "wrap highway conv2..relu2 bias=-1", "wrap preact conv1..relu1 shortcut=C",
      ], slots: [.words(Kind.allCases.filter(\.wraps).map(\.rawValue))],
      repeats: .path,
      words: 3, traits: [.anyKeys], run: { try $0.wrap($1) }),
    CommandRow(
      "unwrap", .edit, usage: "unwrap PATH", "puts what a container holds in its place",
      details: [
        "Shortcuts, the gate of se and highway and a scale at the end of a body go with the container."
      ],
      examples: ["unwrap res1"], slots: [.path], words: 1,
      run: { try $0.unwrap($1) }),
    CommandRow(
      "set", .edit, usage: "set PATH key=value …", "gives other values to the keys of blocks",
      details: [
        "A path with * sets all that fit.",
        "Weights that fit stay: where a scale or a bias starts counts when it is drawn anew (init).",
      ],
      examples: ["set conv1 stride=2 pad=1", "set bn* eps=0.001", "set res1 shortcut=A"],
      slots: [.path], words: 1, traits: [.anyKeys],
      run: { try $0.set($1) }),
    CommandRow(
      "replace", .edit, usage: "replace PATH|PATH..PATH KIND … [{ … }]",
      "puts a new block in the place of others",
      examples: ["replace relu1 gelu", "replace conv1..relu1 cnn 8 5"], slots: [.path, .kind],
      words: nil, traits: [.anyKeys, .blocks],
      run: { try $0.replace($1) }),
    CommandRow(
      "remove", .edit, usage: "remove PATH|PATH..PATH", "takes blocks out",
      examples: ["remove relu2", "remove conv2..relu2"], slots: [.path], words: 1,
      run: { try $0.remove($1) }),
    CommandRow(
      "move", .edit, usage: "move PATH|PATH..PATH before|after PATH",
      "puts blocks at another place; their weights go with them",
      examples: ["move bn1 after relu1"], slots: [.path, .words(["before", "after"]), .path],
      words: 3, run: { try $0.move($1) }),
    CommandRow(
      "rename", .edit, usage: "rename PATH NAME", "gives a block another name",
      examples: ["rename conv1 stem"], slots: [.path], words: 2,
      run: { try $0.rename($1) }),
    CommandRow(
      "undo", .edit, usage: "undo [N]", "takes back the last command, or the last N",
      details: ["Everything but written files comes back: networks, weights, data, settings."],
      examples: ["undo", "undo 3"], words: 1,
      run: { try $0.undo($1) }),
    CommandRow(
      "redo", .edit, usage: "redo [N]", "does again what undo took back",
      examples: ["redo"], words: 1,
      run: { try $0.redo($1) }),
  ]
}

extension CommandScope {
  /// Answers `wrap KIND [RANGE] key=value…`.
  mutating func wrap(_ invocation: Invocation) throws -> Report {
    let row = invocation.row
    let network = try currentNetwork(at: invocation.range)
    let word = try invocation.word(0, "KIND", row)
    guard let kind = Kind(word: word.text), kind.wraps else {
      let kinds = Kind.allCases.filter(\.wraps).map(\.rawValue)
      throw Diagnostic(
        .argument, "wrap expects one of \(kinds.joined(separator: ", ")), found \(word.text)",
        at: word.range, guessing: DidYouMean.nearest(word.text, among: kinds),
        offers: DidYouMean.nearest(word.text, among: kinds) == nil ? ["wrap residual"] : [])
    }
    let arguments = try containerArguments(kind, invocation)
    let each = invocation.words.count > 1 && invocation.words[1].text == "each"
    if invocation.words.count > (each ? 3 : 2) {
      throw row.refusal(
        "wrap takes one range, found \(invocation.words[2].text) too",
        at: invocation.words[2].range)
    }
    let repair = { (error: ShapeError) in self.repairs(of: error, wrapping: invocation) }
    if each {
      let pattern = try invocation.word(2, "PATTERN", row)
      let targets = try refusing(at: pattern.range) { () throws(PathFault) in
        try network.someBlocks(matching: pattern.text)
      }
      let (changed, containers) = try refusing(
        at: invocation.range,
        { () throws(EditError) in try network.wrapping(each: targets, in: arguments) },
        repair: repair)
      return wrapped(changed, containers.map(\.id), kind, count: targets.count)
    }
    let run = try wrapRun(invocation, in: network)
    let name = invocation.option("name")
    let (changed, container) = try refusing(
      { error in
        switch error {
        case .invalidName, .nameTaken: Place(range: name?.value.range ?? invocation.range)
        default: Place(range: invocation.range)
        }
      },
      { () throws(EditError) in try network.wrapping(run, in: arguments, name: name?.value.text) },
      repair: repair)
    return wrapped(changed, [container.id], kind, count: run.blocks.count)
  }

  private func containerArguments(_ kind: Kind, _ invocation: Invocation) throws -> Arguments {
    let options = invocation.options.filter { !["name", "last"].contains($0.name) }
    let typed = options.map { (key: $0.name, text: $0.value.text) }
    var assumed = state.defaults[kind] ?? [:]
    if kind == .repeated { assumed["copies"] = assumed["copies"] ?? "1" }
    let given = typed.map { kind.row.parameter(called: $0.key)?.name ?? $0.key }
    let others = assumed.filter { key, _ in !given.contains(key) }
      .sorted { $0.key < $1.key }.map { (key: $0.key, text: $0.value) }
    do throws(ArgumentFault) {
      return try Arguments(kind, words: [], options: others + typed)
    } catch {
      throw Diagnostic(error, at: error.range(in: options) ?? invocation.range)
    }
  }

  private mutating func wrapRun(_ invocation: Invocation, in network: Network) throws -> Run {
    if let last = invocation.option("last") {
      let count = try last.value.integer("last", in: 1...Int.max)
      let children = network.root.children.count
      if count > children {
        throw Diagnostic(
          EditError.tooFew(asked: count, found: children), at: last.value.range,
          replacement: children > 0 ? "\(children)" : nil)
      }
      return network.rootRun(children - count..<children)
    }
    guard invocation.words.count > 1 else { return network.openRun }
    let path = invocation.words[1]
    do { return try network.run(path.text) } catch {
      var diagnostic = Diagnostic(error, at: path.range)
      if case .several = error {
        let words = invocation.words.map(\.text)
        let each = "wrap \(words[0]) each \(words[1])"
        let options = invocation.options.map { " \($0.range.text)" }.joined()
        diagnostic.offers = working([each + options]) + diagnostic.offers
      }
      throw diagnostic
    }
  }

  private mutating func wrapped(
    _ network: Network, _ containers: [BlockID], _ kind: Kind, count: Int
  )
    -> Report
  {
    replaceNetwork(with: network)
    let paths = network.paths(of: containers)
    var line = StyledText("wrapped \(Numbers.count(count, "block")) in ")
    line.append(kind.rawValue, .kind(.container))
    line.append(": " + Self.listed(paths), .typable)
    var lines = [line]
    for id in containers.prefix(3) {
      guard let block = network.block(id), let path = network.path(of: id) else { continue }
      lines.append(StyledText("  ") + self.line(for: block, path: path, in: network))
      lines += shortcutLines(below: block, path: path, in: network)
    }
    return Report(lines)
  }

  /// The first few of a list, and how many more there are.
  static func listed(_ texts: [String], atMost count: Int = 5) -> String {
    let shown = texts.prefix(count).joined(separator: ", ")
    return texts.count > count ? "\(shown) and \(texts.count - count) more" : shown
  }

  /// Commands that make a refused wrap possible: with another shortcut, or after other paddings.
  private func repairs(of error: ShapeError, wrapping invocation: Invocation) -> [String] {
    error.offers.compactMap { offer in
      switch offer.repair {
      case .shortcut(let kind):
        return invocation.typed(with: ("shortcut", kind.rawValue)) + Self.price(of: offer)
      case .path: return nil
      case .settings(let settings):
        return state.current.flatMap { Self.commands(for: settings, in: $0.network) }
          .map { "\($0); \(invocation.typed())\(Self.price(of: offer))" }
      }
    }
  }

  /// Answers `unwrap PATH`.
  mutating func unwrap(_ invocation: Invocation) throws -> Report {
    let (network, located) = try target(of: invocation)
    let changed: Network
    do {
      changed = try refusing(
        at: invocation.range, { () throws(EditError) in try network.unwrapping(located) },
        repair: repairing(invocation, network))
    } catch {
      var diagnostic = error
      let inner = located.block.children.filter { !$0.children.isEmpty }
      diagnostic.offers =
        working(inner.map { "unwrap \(located.path).\($0.name)" }) + diagnostic.offers
      throw diagnostic
    }
    replaceNetwork(with: changed)
    let dropped = located.block.droppedByUnwrapping.map { " without \($0.name)" } ?? ""
    return Report(
      "unwrapped \(located.path)\(dropped): "
        + "\(Numbers.count(changed.root.children.count, "block")) at the top, "
        + summary(of: changed))
  }

  /// Answers `set PATH key=value …`.
  mutating func set(_ invocation: Invocation) throws -> Report {
    let row = invocation.row
    let network = try currentNetwork(at: invocation.range)
    let path = try invocation.word(0, "PATH", row)
    let targets = try refusing(at: path.range) { () throws(PathFault) in
      try network.someBlocks(matching: path.text)
    }
    guard let first = invocation.options.first else {
      throw Diagnostic(
        .argument, "set needs key=value", at: invocation.range.end,
        notes: [.init("\(targets[0].path) is: \(Self.words(for: targets[0].block))")],
        offers: ["help \(targets[0].block.kind.rawValue)"])
    }
    let options = invocation.options.map { (key: $0.name, text: $0.value.text) }
    let changed = try refusing(
      { error in
        if case .argument(let fault, _) = error {
          return fault.range(in: invocation.options).map { Place(range: $0) }
        }
        return Place(range: invocation.options.count == 1 ? first.range : invocation.range)
      },
      { () throws(EditError) in try network.setting(options, on: targets) },
      repair: repairing(invocation, network))
    if changed.root == network.root {
      return Report("nothing changed: \(Self.listed(targets.map(\.path))) had these values already")
    }
    replaceNetwork(with: changed)
    if targets.count > 1 {
      return Report("set \(Numbers.count(targets.count, "block")); \(summary(of: changed))")
    }
    guard let block = changed.block(targets[0].block.id) else {
      return Report(summary(of: changed))
    }
    return Report([line(for: block, path: targets[0].path, in: changed)])
  }

  /// Answers `replace RANGE SPEC`.
  mutating func replace(_ invocation: Invocation) throws -> Report {
    let row = invocation.row
    let network = try currentNetwork(at: invocation.range)
    let path = try invocation.word(0, "PATH", row)
    let kind = try invocation.word(1, "KIND", row)
    let run = try refusing(at: path.range) { () throws(PathFault) in try network.run(path.text) }
    let context = context
    let specification = try withFacts { facts in
      try context.interpreter.specification(
        of: Phrase(
          kind: kind, words: Array(invocation.words.dropFirst(2)), options: invocation.options,
          blocks: invocation.blocks, range: invocation.range), facts: facts,
        isCancelled: context.isCancelled)
    }
    let siblings = network.children(of: run.parent).enumerated()
      .filter { !run.indices.contains($0.offset) }.map(\.element.name)
    let made = try builder.blocks(of: [specification], among: NameSupply(siblings))
    let changed = try refusing(
      { made.place(of: $0) ?? Place(range: invocation.range) },
      { () throws(EditError) in try network.replacing(run, with: made.blocks) },
      repair: { error in
        repairs(of: error, invocation, putting: made.blocks, in: network) { blocks in
          blocks.map { "replace \(path.text) \(Self.line(of: $0, among: siblings))" }
            .joined(separator: "; ")
        }
      })
    return adopted(changed, added: made.blocks.map(\.id))
  }

  /// Answers `remove RANGE`.
  mutating func remove(_ invocation: Invocation) throws -> Report {
    let row = invocation.row
    let network = try currentNetwork(at: invocation.range)
    let path = try invocation.word(0, "PATH", row)
    let run = try refusing(at: path.range) { () throws(PathFault) in try network.run(path.text) }
    let changed = try refusing(
      at: path.range, { () throws(EditError) in try network.removing(run) },
      repair: repairing(invocation, network))
    replaceNetwork(with: changed)
    return Report("removed \(Self.listed(run.blocks.map(\.path))); \(summary(of: changed))")
  }

  /// Answers `move RANGE before|after PATH`.
  mutating func move(_ invocation: Invocation) throws -> Report {
    let row = invocation.row
    let network = try currentNetwork(at: invocation.range)
    let path = try invocation.word(0, "PATH", row)
    let side = try invocation.word(1, "before or after", row).choice(
      "the place", among: ["before", "after"])
    let anchor = try invocation.word(2, "PATH", row)
    let run = try refusing(at: path.range) { () throws(PathFault) in try network.run(path.text) }
    let place = try refusing(at: anchor.range) { () throws(PathFault) in
      try network.block(at: anchor.text)
    }
    if run.blocks.contains(where: { $0.block.id == place.block.id }) {
      throw Diagnostic(
        .edit, "\(anchor.text) is among the blocks to move", at: anchor.range, offers: ["tree"])
    }
    let siblings = network.children(of: place.parent)
    let next = side == "before" ? place.index : place.index + 1
    let moved = Set(run.blocks.map(\.block.id))
    let before = siblings[next...].first { !moved.contains($0.id) }?.id
    let changed = try refusing(
      at: invocation.range,
      { () throws(EditError) in try network.moving(run, to: place.parent, before: before) },
      repair: repairing(invocation, network))
    if changed.root == network.root {
      return Report("nothing changed: \(Self.listed(run.blocks.map(\.path))) stood there already")
    }
    replaceNetwork(with: changed)
    let paths = changed.paths(of: run.blocks.map(\.block.id))
    return Report("moved to \(Self.listed(paths)); \(summary(of: changed))")
  }

  /// Answers `rename PATH NAME`.
  mutating func rename(_ invocation: Invocation) throws -> Report {
    let (network, located) = try target(of: invocation, atMost: 2)
    let name = try invocation.word(1, "NAME", invocation.row)
    let changed = try refusing(at: name.range) { () throws(EditError) in
      try network.renaming(located, to: name.text)
    }
    if changed.root == network.root {
      return Report("nothing changed: \(located.path) had that name already")
    }
    replaceNetwork(with: changed)
    return Report("\(located.path) is now \(changed.path(of: located.block.id) ?? name.text)")
  }

  /// The block that the first word names.
  mutating func target(of invocation: Invocation, atMost count: Int = 1) throws -> (
    Network, Located
  ) {
    let network = try currentNetwork(at: invocation.range)
    let path = try invocation.word(0, "PATH", invocation.row)
    let located = try refusing(at: path.range) { () throws(PathFault) in
      try network.block(at: path.text)
    }
    return (network, located)
  }
}
