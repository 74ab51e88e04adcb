/// Changes to a refused layer, residual, parallel or shared block, each one tried before it is offered.
///
/// What was typed is kept as far as that can be: few changes of layers' arguments come first, then other
/// shortcuts.
struct Repairs {
  let block: Block
  let input: Shape

  /// The path of the block.
  let path: String

  /// The values that are tapped before the block.
  let taps: TapScope<TappedValue>

  /// The changes that make the block well-shaped after a fault.
  func offers(after fault: ShapeFault) -> [Offer] {
    switch block.form {
    case .layer(let layer):
      return layer.definition.repairs(of: fault).compactMap { values in
        tried([Setting(blocks: [block.id], paths: [path], values: values)], known: 0)
      }
    case .sequential, .repeated: return []
    case .shared(let children, passes: _): return offers(forShared: children)
    case .residual(let residual):
      return residual.kind == .given ? offers(forGiven: residual) : offers(for: residual)
    case .parallel(let parallel): return offers(for: parallel)
    case .join(let join): return offers(for: join)
    }
  }

  /// Changes of the body, as its shortcut follows; then other kinds of shortcut.
  private func offers(for residual: Residual) -> [Offer] {
    guard let body = outcome(of: residual.body) else { return [] }
    let isExact = residual.kind == .identity
    let search = RepairSearch(
      branch: residual.body, path: path + ".body", input: input, output: body.output,
      wanted: isExact ? input : nil, changesChannels: false)
    let settings = search.changes { changed in
      var tried = residual
      tried.body = changed
      return isWellShaped(.residual(tried))
    }
    let known = body.learnable
    return settings.prefix(Self.mostSettings).compactMap { tried($0, known: known) }
      + shortcutOffers(for: residual, known: known)
  }

  /// Changes of the body or of the shortcut, so that one leads where the other does; only then other kinds of
  /// shortcut in place of the given one.
  private func offers(forGiven residual: Residual) -> [Offer] {
    guard let body = outcome(of: residual.body), let shortcut = outcome(of: residual.shortcut)
    else { return [] }
    let known = body.learnable + shortcut.learnable
    let ofBody = RepairSearch(
      branch: residual.body, path: path + ".body", input: input, output: body.output,
      wanted: shortcut.output, changesChannels: true
    ).changes { outcome(of: $0)?.output == shortcut.output }
    let ofShortcut = RepairSearch(
      branch: residual.shortcut, path: path + ".shortcut", input: input,
      output: shortcut.output, wanted: body.output, changesChannels: true
    ).changes { outcome(of: $0)?.output == body.output }
    let all = (ofBody.prefix(2) + ofShortcut.prefix(2)).enumerated().sorted {
      (RepairSearch.count($0.element), $0.offset) < (RepairSearch.count($1.element), $1.offset)
    }
    return all.prefix(Self.mostSettings).compactMap { tried($0.element, known: known) }
      + shortcutOffers(for: residual, known: known)
  }

  /// Changes of a shared body, so that it keeps the shape of its input; then copies instead.
  private func offers(forShared children: BlockList) -> [Offer] {
    let body = Block(name: block.name, form: .sequential(children))
    guard let found = outcome(of: body) else { return [] }
    let settings = RepairSearch(
      branch: body, path: path, input: input, output: found.output, wanted: input,
      changesChannels: true
    ).changes { outcome(of: $0)?.output == input }
    let separate = Setting(
      blocks: [block.id], paths: [path], values: [Setting.Value("shared", .flag(false))])
    return (settings.prefix(Self.mostSettings) + [[separate]]).compactMap {
      tried($0, known: found.learnable)
    }
  }

  /// Layers on the way of the tapped value.
  private func offers(for join: TapJoin) -> [Offer] {
    guard let tapped = taps[join.tap]?.shape, let path = outcome(of: join.path, over: tapped)
    else { return [] }
    let ways = TapRepairs(join: join.join, tapped: path.output, input: input).paths
    return ways.compactMap { layers in
      var changed = join
      var names = NameSupply(join.path.children.map(\.name))
      let added = layers.map { layer in
        let name = names.fresh(layer.kind.nameStem)
        names.insert(name)
        return Block(name: name, form: .layer(layer))
      }
      changed.path = join.path.with(children: Array(join.path.children) + added)
      return tried(.path(layers), form: .join(changed), known: path.learnable)
    }
  }

  private func shortcutOffers(for residual: Residual, known: Int) -> [Offer] {
    ShortcutKind.offered.filter { $0 != residual.kind }.compactMap { kind in
      var changed = residual
      changed.kind = kind
      return tried(.shortcut(kind), form: .residual(changed), known: known)
    }
  }

  /// The most changes of arguments that are offered.
  static let mostSettings = 3

  /// The offer of changed arguments, if the block is well-shaped with them; `known` are the parameters
  /// without the change.
  func tried(_ settings: [Setting], known: Int) -> Offer? {
    tried(.settings(settings), form: block.with(settings).form, known: known)
  }

  private func tried(_ repair: Offer.Repair, form: Block.Form, known: Int) -> Offer? {
    guard let (outcome, facts) = inferred(form) else { return nil }
    return Offer(
      repair: repair, output: outcome.output, addedParameters: facts.learnable - known,
      repaired: outcome.block)
  }

  private func isWellShaped(_ form: Block.Form) -> Bool { inferred(form) != nil }

  private func inferred(_ form: Block.Form) -> (Inference.Outcome, BlockFacts)? {
    var changed = block
    changed.form = form
    var inference = Inference(triesRepairs: false, taps: taps)
    guard
      let outcome = try? inference.infer(
        changed, input: input, field: .input(rank: input.spatialRank)),
      let facts = inference.facts[outcome.block.id]
    else { return nil }
    return (outcome, facts)
  }

  /// What a branch leads to by itself, and its learnable parameters.
  func outcome(of branch: Block) -> (output: Shape, learnable: Int)? {
    outcome(of: branch, over: input)
  }

  private func outcome(of branch: Block, over input: Shape) -> (output: Shape, learnable: Int)? {
    var inference = Inference(triesRepairs: false, taps: taps)
    guard
      let outcome = try? inference.infer(
        branch, input: input, field: .input(rank: input.spatialRank)),
      let facts = inference.facts[outcome.block.id]
    else { return nil }
    return (outcome.output, facts.learnable)
  }
}

extension ShortcutKind {
  /// The kinds that are offered in place of a refused one.
  fileprivate static let offered: [ShortcutKind] = [.projection, .zeroPadded]
}
