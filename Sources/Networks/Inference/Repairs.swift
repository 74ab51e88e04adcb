/// Changes to a refused residual or parallel block, each one tried before it is offered.
struct Repairs {
  let block: Block
  let input: Shape

  /// The path of the block.
  let path: String

  /// The changes that make the block well-shaped: paddings first, then other shortcuts.
  func offers() -> [Offer] {
    switch block.form {
    case .layer, .sequential, .repeated: return []
    case .residual(let residual): return offers(for: residual)
    case .parallel(let parallel): return offers(for: parallel)
    }
  }

  private func offers(for residual: Residual) -> [Offer] {
    let bodyParameters = learnable(of: residual.body) ?? 0
    var offers: [Offer] = []
    for kind in ShortcutKind.offered where kind != residual.kind {
      if let offer = tried(
        .shortcut(kind), form: .residual(with(residual, kind: kind)), known: bodyParameters)
      {
        offers.append(offer)
      }
    }
    let lossy = unpadded(in: residual.body, path: path + ".body")
    guard !lossy.isEmpty else { return offers }
    let ids = Set(lossy.map(\.id))
    var padded = residual
    padded.body = Self.padding(residual.body, ids: ids)
    let repair = Offer.Repair.padding(blocks: lossy.map(\.id), paths: lossy.map(\.path))
    if let offer = tried(repair, form: .residual(padded), known: bodyParameters) {
      offers.insert(offer, at: 0)
    }
    return offers
  }

  /// The offer of a changed form, if that is well-shaped; `known` are the parameters without the change.
  func tried(_ repair: Offer.Repair, form: Block.Form, known: Int) -> Offer? {
    var changed = block
    changed.form = form
    var inference = Inference(triesRepairs: false)
    guard
      let outcome = try? inference.infer(
        changed, input: input, field: .input(rank: input.spatialRank)),
      let facts = inference.facts[outcome.block.id]
    else { return nil }
    return Offer(
      repair: repair, output: outcome.output, addedParameters: facts.learnable - known,
      repaired: outcome.block)
  }

  func learnable(of body: Block) -> Int? {
    var inference = Inference(triesRepairs: false)
    _ = try? inference.infer(body, input: input, field: .input(rank: input.spatialRank))
    return inference.facts[body.id]?.learnable
  }

  private func with(_ residual: Residual, kind: ShortcutKind) -> Residual {
    var result = residual
    result.kind = kind
    return result
  }

  /// The convolutions that lose or gain positions by their padding, with their paths.
  func unpadded(in block: Block, path: String) -> [(id: BlockID, path: String)] {
    if case .layer(.convolution(let convolution)) = block.form {
      return keepsPositions(convolution) ? [] : [(block.id, path)]
    }
    return block.children.flatMap { unpadded(in: $0, path: path + "." + $0.name) }
  }

  private func keepsPositions(_ convolution: Convolution) -> Bool {
    let rank = input.spatialRank
    guard let kernel = convolution.kernel.resolved(rank: rank),
      let dilation = convolution.dilation.resolved(rank: rank),
      let sides = convolution.padding.resolved(kernel: kernel, dilation: dilation),
      let same = Padding.same.resolved(kernel: kernel, dilation: dilation)
    else { return true }
    return sides.map(\.total) == same.map(\.total)
  }

  static func padding(_ block: Block, ids: Set<BlockID>) -> Block {
    if case .layer(.convolution(var convolution)) = block.form, ids.contains(block.id) {
      convolution.padding = .same
      var result = block
      result.form = .layer(.convolution(convolution))
      return result
    }
    return block.with(children: block.children.map { padding($0, ids: ids) })
  }
}

extension ShortcutKind {
  /// The kinds that are offered in place of a refused one.
  fileprivate static let offered: [ShortcutKind] = [.projection, .zeroPadded]
}
