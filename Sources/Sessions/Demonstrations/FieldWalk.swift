import Networks

/// How the receptive field grows block by block.
struct FieldWalk {
  /// A block that changes what one output position sees.
  struct Step {
    let path: String
    let block: Networks.Block
    let before: ReceptiveField
    let after: ReceptiveField

    /// Whether branches come together here.
    let isJoin: Bool

    /// How many passes of a shared body lead here, the first of which is told block by block.
    var passes: Int?
  }

  private let network: Network

  /// What the tapped values see.
  private var taps = TapScope<ReceptiveField>()

  /// The blocks with fields of their own, in the order of execution; joins behind their branches.
  private(set) var steps: [Step] = []

  /// Walks through a network.
  init(_ network: Network) {
    self.network = network
    _ = pass(network.root, "", .input(rank: network.input.spatialRank))
  }

  private mutating func pass(_ block: Networks.Block, _ path: String, _ before: ReceptiveField)
    -> ReceptiveField
  {
    let after = network.facts[block.id]?.receptiveField ?? before
    let join = { (name: String) in path.isEmpty ? name : path + "." + name }
    switch block.form {
    case .layer(.tap(let tap)): taps[tap.name] = before
    case .layer:
      if after != before {
        steps.append(Step(path: path, block: block, before: before, after: after, isJoin: false))
      }
    case .sequential(let children), .repeated(let children):
      var field = before
      for child in children { field = pass(child, join(child.name), field) }
    case .shared(let children, let passes):
      var field = before
      for child in children { field = pass(child, join(child.name), field) }
      if after != field {
        steps.append(
          Step(
            path: path, block: block, before: field, after: after, isJoin: false, passes: passes))
      }
    case .residual, .parallel:
      for child in block.children { _ = pass(child, join(child.name), before) }
      addJoin(block, path, before, after)
    case .join(let tapJoin):
      _ = pass(tapJoin.path, join(tapJoin.path.name), taps[tapJoin.tap] ?? before)
      addJoin(block, path, before, after)
    }
    return after
  }

  private mutating func addJoin(
    _ block: Networks.Block, _ path: String, _ before: ReceptiveField, _ after: ReceptiveField
  ) {
    if after == before { return }
    steps.append(Step(path: path, block: block, before: before, after: after, isJoin: true))
  }
}

extension FieldWalk.Step {
  /// The sum behind the field: `7 + 2·2 = 11` of a layer, `the wider of its branches` of a join.
  func formula(_ glyphs: Glyphs) -> String {
    guard let old = before.spans, let new = after.spans, old.count == new.count else { return "" }
    if isJoin { return "the widest branch" }
    if let passes { return "all \(passes) passes" }
    let sums = zip(old, new).map { old, new in
      if old.isSplit || new.isSplit { return "at most \(new.size)" }
      let reach = old.jump > 0 ? (new.size - old.size) / old.jump : 0
      return "\(old.size) + \(reach)\(glyphs == .unicode ? "·" : "*")\(old.jump) = \(new.size)"
    }
    return Set(sums).count == 1 ? sums[0] : sums.joined(separator: " \(glyphs.times) ")
  }
}

extension ReceptiveField {
  /// The size, `11` or `3×5`; nothing where it is the whole input.
  func sizeText(_ glyphs: Glyphs) -> String? {
    guard let size, !size.isEmpty else { return nil }
    return Self.text(of: size, glyphs)
  }

  /// Extents as one number where all are equal.
  static func text(of extents: [Int], _ glyphs: Glyphs) -> String {
    Set(extents).count == 1 && !extents.isEmpty
      ? "\(extents[0])" : extents.map(String.init).joined(separator: glyphs.times)
  }
}
