import Engine
import Networks
import Training

/// A layer with what entered and left it, and the gradient of what it learns.
struct ObservedLayer: Sendable {
  let path: String
  let layer: Layer
  let block: BlockID
  let source: BlockTrace?
  let trace: BlockTrace?
  let gradient: Double?

  /// Whether it is in a residual body that adds nothing yet, such as that of `rezero`.
  let isSilent: Bool
  let isFrozen: Bool
}

extension ObservedLayer {
  /// The function that the layer is or ends in.
  var activation: Activation? {
    if case .activation(let activation) = layer { return activation }
    return layer.ownActivation
  }
}

/// Reads a network with its traces layer by layer.
struct LayerReader {
  private let traces: [BlockID: BlockTrace]
  private let gradients: [BlockID: Double]
  private var taps = TapScope<BlockTrace>()
  private(set) var layers: [ObservedLayer] = []

  /// The layers of a network, for what left its blocks and for the norms of their gradients.
  init(_ network: Network, _ traces: [BlockTrace], _ gradients: [BlockID: Double]) {
    self.traces = Dictionary(traces.map { ($0.block, $0) }, uniquingKeysWith: { first, _ in first })
    self.gradients = gradients
    _ = read(network.root, path: "", source: nil, isSilent: false, isFrozen: false)
  }

  /// Reads a block, and tells what leaves it.
  private mutating func read(
    _ block: Networks.Block, path: String, source: BlockTrace?, isSilent: Bool, isFrozen: Bool
  ) -> BlockTrace? {
    let isFrozen = isFrozen || block.isFrozen
    let inner = { (child: Networks.Block) in path.isEmpty ? child.name : path + "." + child.name }
    switch block.form {
    case .layer(let layer):
      if case .tap(let tap) = layer { taps[tap.name] = source }
      layers.append(
        ObservedLayer(
          path: path, layer: layer, block: block.id, source: source, trace: traces[block.id],
          gradient: gradients[block.id], isSilent: isSilent, isFrozen: isFrozen))
      return traces[block.id]
    case .sequential, .repeated, .shared:
      var last = source
      for child in block.children {
        last = read(child, path: inner(child), source: last, isSilent: isSilent, isFrozen: isFrozen)
      }
      return last
    case .residual(let residual):
      let adds = !isMute(residual.body)
      for child in block.children {
        _ = read(
          child, path: inner(child), source: source, isSilent: isSilent || !adds,
          isFrozen: isFrozen)
      }
      return traces[block.id]
    case .parallel:
      for child in block.children {
        _ = read(
          child, path: inner(child), source: source, isSilent: isSilent, isFrozen: isFrozen)
      }
      return traces[block.id]
    case .join(let join):
      _ = read(
        join.path, path: inner(join.path), source: taps[join.tap], isSilent: isSilent,
        isFrozen: isFrozen)
      return traces[block.id]
    }
  }

  /// Whether a body puts out zeros by its last factor or gamma, so that the block begins as its shortcut.
  private func isMute(_ body: Networks.Block) -> Bool {
    guard let last = Self.tail(of: body) else { return false }
    switch last.form {
    case .layer(.scale), .layer(.batchNormalization), .layer(.exampleNormalization):
      return traces[last.id].map { $0.minimum == 0 && $0.maximum == 0 } ?? false
    case .layer, .sequential, .repeated, .shared, .residual, .parallel, .join: return false
    }
  }

  /// The last block of a chain that is neither an activation nor dropout.
  private static func tail(of block: Networks.Block) -> Networks.Block? {
    switch block.form {
    case .layer(.activation), .layer(.dropout): return nil
    case .sequential, .repeated, .shared:
      for child in block.children.reversed() {
        if let tail = tail(of: child) { return tail }
      }
      return nil
    case .layer, .residual, .parallel, .join: return block
    }
  }
}
