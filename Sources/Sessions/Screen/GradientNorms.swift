import Networks

/// Norms of gradients by block, those of containers among them.
package struct GradientNorms: Sendable, Hashable {
  /// The norms, a container's over all that lies in it.
  package private(set) var blocks: [BlockID: Double] = [:]

  /// Those of the copies of a repeat, also of copies that stand in one row of the tree.
  package private(set) var copies: [BlockID: [Double]] = [:]

  /// Those of the shortcuts of residual blocks.
  package private(set) var shortcuts: [BlockID: Double] = [:]

  /// The norms of a network whose layers' are known.
  package init(_ layers: [BlockID: Double], in network: Network) {
    blocks = layers
    guard !layers.isEmpty else { return }
    for child in network.root.children { _ = add(child, network) }
  }

  /// Adds what lies in a block and gives the block's norm.
  private mutating func add(_ block: Block, _ network: Network) -> Double? {
    var norms: [Double?] = []
    for child in block.children { norms.append(add(child, network)) }
    if case .residual(let residual) = block.form {
      shortcuts[block.id] = blocks[residual.shortcut.id]
    }
    if case .repeated(let children) = block.form {
      copies[block.id] = norms.compactMap { $0 }
      for group in network.likeCopies(of: children) where group.count > 1 {
        guard group.count < children.count else { continue }
        copies[children[group.lowerBound].id] = norms[group].compactMap { $0 }
      }
    }
    let known = norms.compactMap { $0 }
    if blocks[block.id] == nil, !known.isEmpty {
      blocks[block.id] = known.reduce(0) { $0 + $1 * $1 }.squareRoot()
    }
    return blocks[block.id]
  }
}

/// Norms that were measured at rest.
struct MeasuredGradients: Sendable {
  let norms: [BlockID: Double]

  /// The weights that they are of.
  let version: UInt64

  /// Tells this measurement from any other of the process.
  let number = Stamp.next()
}

extension Overview {
  /// Norms of the current network's blocks, containers among them, from those of its layers.
  package func gradientNorms(_ layers: [OutlineRow.ID: Double]) -> GradientNorms? {
    network.map { GradientNorms(layers, in: $0) }
  }
}

extension Session {
  /// The norms that `gradients` has found in the current network, as long as its weights are the same, and a number
  /// that is another for each measurement.
  package var measuredGradients: (norms: [OutlineRow.ID: Double], number: Int)? {
    guard let current = state.current, let measured = current.gradients,
      measured.version == current.weights.version
    else { return nil }
    return (measured.norms, measured.number)
  }
}
