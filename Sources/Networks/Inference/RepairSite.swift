/// A layer whose arguments a repair may change, with its copies where it stands in a repeat.
///
/// Layers that follow from shapes, in shortcuts and gates, are no such sites.
struct RepairSite {
  let blocks: [BlockID]
  let paths: [String]
  let layer: Layer

  /// The layers of a branch in the order of the tree.
  static func all(in branch: Block, path: String) -> [RepairSite] {
    var sites: [RepairSite] = []
    visit([(branch, path)], into: &sites)
    return sites
  }

  /// Visits blocks that are copies of each other.
  private static func visit(
    _ copies: [(block: Block, path: String)], into sites: inout [RepairSite]
  ) {
    guard let first = copies.first?.block else { return }
    let count: Int
    switch first.form {
    case .layer(let layer):
      sites.append(
        RepairSite(blocks: copies.map(\.block.id), paths: copies.map(\.path), layer: layer))
      return
    case .repeated:
      visit(
        copies.flatMap { copy in
          copy.block.children.map { ($0, copy.path + "." + $0.name) }
        }, into: &sites)
      return
    case .sequential(let children), .shared(let children, passes: _): count = children.count
    case .residual(let residual): count = residual.kind == .given ? 2 : 1
    case .parallel(let parallel): count = parallel.ownBranches.count
    case .join: count = 1
    }
    for index in 0..<count {
      visit(
        copies.compactMap { copy in
          let children = copy.block.children
          guard index < children.count else { return nil }
          return (children[index], copy.path + "." + children[index].name)
        }, into: &sites)
    }
  }

  /// Other values for its arguments.
  func setting(_ values: [Setting.Value]) -> Setting {
    Setting(blocks: blocks, paths: paths, values: values)
  }

  /// Whether it makes positions fewer or more, over an input of so many spatial dimensions.
  func changesPositions(rank: Int) -> Bool {
    guard let window = window(rank: rank) else { return false }
    return window.stride.contains { $0 != 1 } || !window.keepsPositions
  }

  /// Whether channels follow from it alone: a convolution or dense layer.
  var hasOutputs: Bool { layer.definition.widthParameter != nil }

  /// The argument that gives so many outputs.
  func outputs(_ count: Int) -> Setting.Value? {
    layer.definition.widthParameter.map { Setting.Value($0, .count(count)) }
  }
}

extension RepairSite {
  /// The window of a layer as far as positions depend on it.
  private struct Window {
    let kernel: [Int]
    let stride: [Int]
    let sides: [Padding.Sides]
    let same: [Padding.Sides]

    /// Whether at a stride of 1 as many positions come out as go in.
    var keepsPositions: Bool { sides.map(\.total) == same.map(\.total) }
  }

  private func window(rank: Int) -> Window? {
    guard let extents = layer.definition.window else { return nil }
    guard let kernel = extents.kernel.resolved(rank: rank),
      let stride = extents.stride.resolved(rank: rank),
      let dilation = extents.dilation.resolved(rank: rank),
      let sides = extents.padding.resolved(kernel: kernel, dilation: dilation),
      let same = Padding.same.resolved(kernel: kernel, dilation: dilation)
    else { return nil }
    return Window(kernel: kernel, stride: stride, sides: sides, same: same)
  }

  /// The padding with which a convolution keeps its positions, or nothing where it has that.
  func samePadding(rank: Int) -> [Setting.Value]? {
    guard case .convolution = layer, let window = window(rank: rank), !window.keepsPositions
    else { return nil }
    return [Setting.Value("pad", .padding(.same))]
  }

  /// Other values that may lead from some positions to others, those that change one argument first.
  func positionChanges(from found: [Int], to wanted: [Int]?, rank: Int) -> [[Setting.Value]] {
    guard let window = window(rank: rank) else { return [] }
    var changes: [[Setting.Value]] = []
    let unstrided = Setting.Value("stride", .extents(Extents(1)))
    let isStrided = window.stride.contains { $0 != 1 }
    if isStrided { changes.append([unstrided]) }
    if let stride = Self.stride(window.stride, from: found, to: wanted) {
      changes.append([Setting.Value("stride", .extents(stride))])
    }
    if let same = samePadding(rank: rank) {
      changes.append(same)
      if isStrided { changes.append([unstrided] + same) }
    }
    if case .pooling(let pooling) = layer {
      if !pooling.roundsUp { changes.append([Setting.Value("ceil", .flag(true))]) }
      if !window.keepsPositions {
        let same = Setting.Value("pad", .padding(Self.folded(window.same)))
        changes.append([same])
        if isStrided { changes.append([unstrided, same]) }
      }
    }
    return changes
  }

  /// The stride with which the positions would come near to those wanted.
  private static func stride(_ now: [Int], from found: [Int], to wanted: [Int]?) -> Extents? {
    guard let wanted, found.count == wanted.count, found.count == now.count, found != wanted
    else { return nil }
    var strides: [Int] = []
    for (axis, stride) in now.enumerated() {
      let (from, to) = (found[axis], wanted[axis])
      guard from > 0, to > 0 else { return nil }
      if from >= to {
        let (product, isTooLarge) = stride.multipliedReportingOverflow(by: (from + to - 1) / to)
        if isTooLarge { return nil }
        strides.append(product)
      } else {
        strides.append(max(1, stride / ((to + from - 1) / from)))
      }
    }
    return strides == now || strides.allSatisfy { $0 == 1 } ? nil : Extents(strides)
  }

  /// One number for all sides where that is the same as `same`.
  private static func folded(_ sides: [Padding.Sides]) -> Padding {
    let isUniform = sides.allSatisfy { $0 == sides[0] && $0.before == $0.after }
    return isUniform ? .explicit(Array(sides.prefix(1))) : .same
  }
}
