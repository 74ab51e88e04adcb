extension Repairs {
  /// Changes that make branches agree which are multiplied or mixed: other paddings, or as many channels as
  /// the others have.
  func offers(for parallel: Parallel) -> [Offer] {
    guard parallel.join == .multiply || parallel.join == .highway else { return [] }
    let known = parallel.branches.reduce(0) { $0 + (learnable(of: $1) ?? 0) }
    var offers: [Offer] = []
    let lossy = parallel.branches.flatMap { unpadded(in: $0, path: path + "." + $0.name) }
    if !lossy.isEmpty {
      let ids = Set(lossy.map(\.id))
      var padded = parallel
      padded.branches = parallel.branches.map { Self.padding($0, ids: ids) }
      let repair = Offer.Repair.padding(blocks: lossy.map(\.id), paths: lossy.map(\.path))
      if let offer = tried(repair, form: .parallel(padded), known: known) { offers.append(offer) }
    }
    return offers + channelOffers(for: parallel, known: known)
  }

  /// The last weights of each branch that deviates, with the channels that are wanted.
  private func channelOffers(for parallel: Parallel, known: Int) -> [Offer] {
    let outputs = parallel.branches.map { output(of: $0) }
    let widest = outputs.compactMap { $0 }.first { $0.spatialRank > 0 }
    let wanted = parallel.join == .highway ? input : widest ?? outputs.first ?? nil
    guard let count = wanted?.channels else { return [] }
    var changed = parallel
    var places: [(id: BlockID, path: String)] = []
    for index in parallel.branches.indices where outputs[index]?.channels != count {
      let branch = parallel.branches[index]
      guard let last = branch.lastWeights(path: path + "." + branch.name) else { return [] }
      places.append(last)
      changed.branches[index] = branch.editing(last.id) { $0.with(outputs: count) }
    }
    if places.isEmpty { return [] }
    let repair = Offer.Repair.channels(
      count, blocks: places.map(\.id), paths: places.map(\.path))
    return tried(repair, form: .parallel(changed), known: known).map { [$0] } ?? []
  }

  private func output(of branch: Block) -> Shape? {
    var inference = Inference(triesRepairs: false)
    return try? inference.infer(branch, input: input, field: .input(rank: input.spatialRank))
      .output
  }
}

extension Block {
  /// The convolution or dense layer of a chain from which its channels follow, if that is not inside another
  /// block.
  fileprivate func lastWeights(path: String) -> (id: BlockID, path: String)? {
    for child in children.reversed() {
      guard case .layer(let layer) = child.form else { return nil }
      switch layer {
      case .convolution, .dense: return (child.id, path + "." + child.name)
      case .batchNormalization, .activation, .pooling, .globalPooling, .dropout, .scale, .identity:
        continue
      case .flatten, .subsample: return nil
      }
    }
    return nil
  }

  /// A convolution or dense layer with so many outputs.
  package func with(outputs count: Int) -> Block {
    var result = self
    switch form {
    case .layer(.convolution(var convolution)):
      convolution.channels = count
      result.form = .layer(.convolution(convolution))
    case .layer(.dense(var dense)):
      dense.units = count
      result.form = .layer(.dense(dense))
    default: break
    }
    return result
  }
}
