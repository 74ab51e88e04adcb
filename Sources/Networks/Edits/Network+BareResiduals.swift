extension Network {
  /// A pattern that fits residual blocks, and no others, in whose bodies nothing is normalized or starts at 0.
  ///
  /// Their sums grow from block to block: each doubles the variance of what passes. Nothing where there are no
  /// such blocks, or no pattern fits those at one depth alone.
  package var bareResiduals: String? {
    var depths: [Int: [[String]]] = [:]
    walk { block, path in
      guard case .residual(let residual) = block.form, residual.isBare else { return }
      let parts = path.split(separator: ".").map(String.init)
      depths[parts.count, default: []].append(parts)
    }
    guard
      let (depth, paths) = depths.max(by: { ($0.value.count, $1.key) < ($1.value.count, $0.key) })
    else { return nil }
    let pattern = (0..<depth).map { place in PathPattern.common(paths.map { $0[place] }) }
      .joined(separator: ".")
    let fitting = blocks(matching: pattern).map(\.path)
    return fitting == paths.map { $0.joined(separator: ".") } ? pattern : nil
  }
}

extension Residual {
  /// Whether nothing in the body is normalized and it does not end in a factor.
  fileprivate var isBare: Bool {
    guard scale == 1, !body.normalizes else { return false }
    if case .layer(.scale) = body.children.last(where: { !$0.isDropout })?.form { return false }
    return !body.children.isEmpty
  }
}

extension Block {
  /// Whether there is a normalization inside.
  fileprivate var normalizes: Bool {
    switch form {
    case .layer(let layer): layer.isNormalization
    case .sequential, .repeated, .shared, .residual, .parallel:
      children.contains(where: \.normalizes)
    }
  }
}
