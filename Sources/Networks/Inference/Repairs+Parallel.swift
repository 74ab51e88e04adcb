extension Repairs {
  /// Changes of the branches that deviate, so that all agree with most of them or with what the join wants.
  func offers(for parallel: Parallel) -> [Offer] {
    let outcomes = parallel.branches.map { outcome(of: $0) }
    let outputs = outcomes.compactMap { $0?.output }
    guard outputs.count == parallel.branches.count else { return [] }
    let known = outcomes.reduce(0) { $0 + ($1?.learnable ?? 0) }
    var repairs: [[Setting]] = []
    for wanted in targets(for: parallel, outputs).prefix(Self.mostTargets) {
      repairs += self.repairs(of: parallel, outputs, to: wanted)
    }
    let ranked = repairs.enumerated().sorted {
      (RepairSearch.count($0.element), $0.offset) < (RepairSearch.count($1.element), $1.offset)
    }
    return ranked.prefix(Self.mostSettings).compactMap { tried($0.element, known: known) }
  }

  private static let mostTargets = 3

  /// The most branches that a repair changes.
  private static let mostChanged = 8

  /// The shapes that branches may be led to, the likeliest first.
  private func targets(for parallel: Parallel, _ outputs: [Shape]) -> [Shape] {
    let candidates: [Shape]
    switch parallel.join {
    case .highway: return [input]
    case .multiply: candidates = outputs.filter { $0.spatialRank > 0 }
    case .add, .concatenate: candidates = outputs
    }
    let isAlike = { (left: Shape, right: Shape) in
      parallel.join == .concatenate ? left.spatial == right.spatial : left == right
    }
    var groups: [(shape: Shape, count: Int)] = []
    for shape in candidates {
      if let index = groups.firstIndex(where: { isAlike($0.shape, shape) }) {
        groups[index].count += 1
      } else {
        groups.append((shape, 1))
      }
    }
    return groups.enumerated().sorted {
      ($1.element.count, $0.offset) < ($0.element.count, $1.offset)
    }.map(\.element.shape)
  }

  /// Changes after which all branches agree with a shape: of one branch in several ways, of several in one.
  private func repairs(of parallel: Parallel, _ outputs: [Shape], to wanted: Shape)
    -> [[Setting]]
  {
    let agrees = { (index: Int, shape: Shape) in
      switch parallel.join {
      case .add: return shape == wanted
      case .concatenate: return shape.spatial == wanted.spatial
      case .multiply: return shape == wanted || shape.holds(forAllOf: wanted)
      case .highway: return shape == wanted || index == 1 && shape.holds(forAllOf: wanted)
      }
    }
    let deviating = outputs.indices.filter { !agrees($0, outputs[$0]) }
    let own = parallel.ownBranches.count
    guard !deviating.isEmpty, deviating.count <= Self.mostChanged,
      deviating.allSatisfy({ $0 < own })
    else { return [] }
    var found: [[[Setting]]] = []
    for index in deviating {
      let branch = parallel.branches[index]
      let search = RepairSearch(
        branch: branch, path: path + "." + branch.name, input: input, output: outputs[index],
        wanted: wanted, changesChannels: parallel.join != .concatenate)
      let changes = search.changes { changed in
        outcome(of: changed).map { agrees(index, $0.output) } ?? false
      }
      if changes.isEmpty { return [] }
      found.append(changes)
    }
    if found.count == 1 { return Array(found[0].prefix(2)) }
    return [found.flatMap { $0[0] }]
  }
}
