import Language
import Networks

/// What build and edit commands share.
extension CommandScope {
  /// The current network.
  ///
  /// - Throws: A diagnostic where no input was given yet.
  mutating func currentNetwork(at range: SourceRange?) throws -> Network {
    if let network = state.current?.network { return network }
    if let file = state.unread[state.currentName] ?? state.unread[""] {
      throw UnknownInCheck(file: file)
    }
    if let shape = state.data?.train.shape, let network = try? Network(input: shape) {
      replaceNetwork(with: network)
      return network
    }
    throw Diagnostic(
      .shape, "no input yet: a network begins with the shape of one example", at: range,
      offers: ["input 1x64", "input 3x32x32", "data digits"])
  }

  /// Puts a network in place of the current one; weights stay with their blocks.
  mutating func replaceNetwork(with network: Network) {
    if state.current == nil {
      state.current = NetworkState(network: network)
    } else {
      state.current?.network = network
    }
  }

  /// Turns a refused edit into a diagnostic; `repair` are commands that may do it after all, which are tried.
  func refusing<Result>(
    at range: SourceRange?, _ edit: () throws(EditError) -> Result,
    repair: (ShapeError) -> [String] = { _ in [] }
  ) throws(Diagnostic) -> Result {
    try refusing({ _ in range.map { Place(range: $0) } }, edit, repair: repair)
  }

  /// Turns a refused edit into a diagnostic at the place of the block at fault.
  func refusing<Result>(
    _ place: (EditError) -> Place?, _ edit: () throws(EditError) -> Result,
    repair: (ShapeError) -> [String] = { _ in [] }
  ) throws(Diagnostic) -> Result {
    do throws(EditError) { return try edit() } catch {
      let place = place(error)
      guard case .shape(let shape) = error else { throw Diagnostic(error, at: place?.range) }
      var diagnostic = Diagnostic(shape, at: place?.range, offers: working(repair(shape)))
      if let call = place?.call { diagnostic.trace(to: call) }
      throw diagnostic
    }
  }

  /// Turns a path that leads nowhere into a diagnostic.
  func refusing<Result>(at range: SourceRange?, _ look: () throws(PathFault) -> Result)
    throws(Diagnostic) -> Result
  {
    do throws(PathFault) { return try look() } catch { throw Diagnostic(error, at: range) }
  }

  /// Adopts a network and answers what was added.
  mutating func adopted(_ network: Network, added: [BlockID]) -> Report {
    let before = state.current.flatMap { $0.network.isEmpty ? nil : $0.network.output.count }
    replaceNetwork(with: network)
    var lines: [StyledText] = []
    var addsTap = false
    for id in added {
      guard let (block, path) = Self.found(id, in: network) else { continue }
      lines.append(line(for: block, path: path, in: network))
      lines += shortcutLines(below: block, path: path, in: network)
      if case .layer(.tap) = block.form { addsTap = true }
    }
    // To find the joins of a tap is to walk over the whole network, which would have every line take longer.
    if addsTap { lines += unjoinedTaps(of: network, among: added) }
    if lines.isEmpty { lines = ["nothing added"] }
    if let data = state.data, let classes = data.train.classNames?.count, before == classes,
      network.output.count != classes
    {
      lines.append(
        StyledText(
          "  \(data.name) has \(Numbers.count(classes, "class", "classes")), the network "
            + "\(Numbers.count(network.output.count, "output")) now", .warning))
    }
    return Report(lines)
  }

  /// A block and its path; those at the end are found at once.
  private static func found(_ id: BlockID, in network: Network) -> (Networks.Block, String)? {
    if let last = network.root.children.last, last.id == id { return (last, last.name) }
    guard let block = network.block(id), let path = network.path(of: id) else { return nil }
    return (block, path)
  }

  /// Which taps no join takes; only those among some blocks, where they are given.
  func unjoinedTaps(of network: Network, among blocks: [BlockID]? = nil) -> [StyledText] {
    let lines = network.tapLines.filter { line in
      line.joins.isEmpty && blocks?.contains(line.tap) != false
    }
    return lines.prefix(Self.mostTapLines).map { line in
      var text = StyledText("  \(line.path): not joined yet; ", .dim)
      text.append("join \(line.name)", .typable)
      text.append(" or ", .dim)
      text.append("join \(line.name) concat", .typable)
      return text
    }
  }

  private static let mostTapLines = 4

  /// Name, kind, shapes and price of a block: `conv1  conv 10 3 stride=2  1×64 → 10×32  40 parameters`.
  func line(for block: Networks.Block, path: String, in network: Network) -> StyledText {
    var line = StyledText(path, .typable)
    line.append("  " + Self.words(for: block), .kind(block.kind.family))
    guard let facts = network.facts[block.id] else { return line }
    line.append("  \(facts.input.displayText) → \(facts.output.displayText)")
    if facts.learnable > 0 {
      line.append("  \(Numbers.count(facts.learnable, "parameter"))", .dim)
    }
    return line
  }

  /// The kind with its arguments, names left out.
  static func words(for block: Networks.Block) -> String {
    NetworkScript.words(of: block, unlessNamed: block.name)
  }

  /// Which shortcuts were projected, and why.
  func shortcutLines(below block: Networks.Block, path: String, in network: Network)
    -> [StyledText]
  {
    var lines: [StyledText] = []
    func visit(_ block: Networks.Block, path: String) {
      if case .residual(let residual) = block.form, residual.kind != .given,
        !residual.shortcut.children.isEmpty, lines.count < Self.mostShortcutLines,
        let facts = network.facts[block.id]
      {
        let price = network.facts[residual.shortcut.id]?.learnable ?? 0
        let layers = residual.shortcut.children.map { Self.words(for: $0) }
        lines.append(
          StyledText(
            "  \(path): shortcut \(Self.verb(for: residual)): \(facts.input.displayText) → "
              + "\(facts.output.displayText) needs \(layers.joined(separator: " + ")) "
              + "(+\(Numbers.count(price, "parameter")))", .dim))
      }
      for child in block.children { visit(child, path: path + "." + child.name) }
    }
    visit(block, path: path)
    return lines
  }

  private static let mostShortcutLines = 8

  private static func verb(for residual: Residual) -> String {
    switch residual.kind {
    case .zeroPadded: "padded with zeros"
    case .pooled: "pooled and projected"
    case .automatic, .identity, .projection, .projectionAlways, .given: "projected"
    }
  }

  /// Input, output and parameters of a network.
  func summary(of network: Network) -> String {
    "\(network.input.displayText) → \(network.output.displayText), "
      + Numbers.count(network.learnableCount, "parameter")
  }

}
