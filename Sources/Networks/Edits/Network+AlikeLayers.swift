extension Network {
  /// A pattern that fits dense layers and convolutions whose outputs have the shape of their inputs, and no other
  /// blocks; nothing where there are fewer than three of them, or no pattern fits those at one depth alone.
  ///
  /// Layers in the body of a residual block are left out.
  package var alikeLayers: String? {
    var depths: [Int: [[String]]] = [:]
    func descend(_ block: Block, _ parts: [String]) {
      for child in block.children {
        let path = parts + [child.name]
        switch child.form {
        case .residual, .parallel, .join: break
        case .sequential, .repeated, .shared: descend(child, path)
        case .layer:
          guard child.kind == .dense || child.kind.nameStem == Kind.convolution.rawValue,
            let facts = facts[child.id], facts.input == facts.output
          else { continue }
          depths[path.count, default: []].append(path)
        }
      }
    }
    descend(root, [])
    guard
      let (depth, paths) = depths.max(by: { ($0.value.count, $1.key) < ($1.value.count, $0.key) }),
      paths.count >= 3
    else { return nil }
    let pattern = (0..<depth).map { place in PathPattern.common(paths.map { $0[place] }) }
      .joined(separator: ".")
    let fitting = blocks(matching: pattern).map(\.path)
    return fitting == paths.map { $0.joined(separator: ".") } ? pattern : nil
  }
}
