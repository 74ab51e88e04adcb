import Networks

/// The places of a network's layers, read off its structure.
///
/// Layers in `seq` and `repeat` count as if they stood there alone. A stage is a container at the top with more
/// than one residual block, or residual blocks at the top, one after another, of the same number of channels.
struct LayerPlaces {
  /// By the block of the layer; layers inside of branches have none.
  private(set) var places: [BlockID: LayerPlace] = [:]
  private let network: Network
  private var stages = 0

  /// The next place among the stages and layers of the network.
  private var position = 0

  /// The stage that goes on with further residual blocks at the top, how many it has, and their channels.
  private var open: (stage: LayerPlace.Stage, blocks: Int, channels: Int)?

  /// Layers of a kind so far, in a chain, and in a stage or outside of all of them.
  private var inChain: [LayerPlace.Chain: [LayerPlace.Kind: Int]] = [:]
  private var inStage: [Int: [LayerPlace.Kind: Int]] = [:]

  /// Finds all places.
  init(_ network: Network) {
    self.network = network
    var top = network.root
    while top.children.count == 1, case .sequential = top.children[0].form { top = top.children[0] }
    for block in top.children { add(block) }
  }

  /// Adds a block that stands at the top, or in a container there that is no stage.
  private mutating func add(_ block: Block) {
    let residuals = Self.residuals(in: block)
    switch block.form {
    case .layer(let layer):
      open = nil
      place(block.id, layer, at: position, in: stages == 0 ? .stem : .head)
      position += 1
    case .parallel, .join:
      open = nil
      position += 1
    case .sequential, .repeated, .shared, .residual:
      if residuals.isEmpty {
        for child in block.children { add(child) }
      } else if residuals.count == 1 {
        addSingle(residuals[0])
      } else {
        open = nil
        let stage = nextStage()
        for (index, residual) in residuals.enumerated() { add(residual, stage, index) }
      }
    }
  }

  /// Adds a residual block that is alone in its container, to the stage before it where that has as many channels.
  private mutating func addSingle(_ block: Block) {
    let channels = network.facts[block.id]?.output.channels ?? 0
    if let known = open, known.channels == channels {
      add(block, known.stage, known.blocks)
      open = (known.stage, known.blocks + 1, channels)
    } else {
      let stage = nextStage()
      add(block, stage, 0)
      open = (stage, 1, channels)
    }
  }

  private mutating func nextStage() -> LayerPlace.Stage {
    stages += 1
    defer { position += 1 }
    return LayerPlace.Stage(number: stages, position: position)
  }

  private mutating func add(_ block: Block, _ stage: LayerPlace.Stage, _ index: Int) {
    guard case .residual(let residual) = block.form else { return }
    var next = 0
    add(residual.body, to: .body(stage, block: index), &next)
    next = 0
    add(residual.shortcut, to: .shortcut(stage, block: index), &next)
  }

  /// Adds the layers of a chain in a residual block.
  private mutating func add(_ block: Block, to chain: LayerPlace.Chain, _ next: inout Int) {
    switch block.form {
    case .layer(let layer):
      place(block.id, layer, at: next, in: chain)
      next += 1
    case .sequential(let children), .repeated(let children), .shared(let children, passes: _):
      for child in children { add(child, to: chain, &next) }
    case .residual, .parallel, .join: next += 1
    }
  }

  private mutating func place(
    _ block: BlockID, _ layer: Layer, at position: Int, in chain: LayerPlace.Chain
  ) {
    guard let kind = LayerPlace.Kind(layer) else { return }
    let stage =
      switch chain {
      case .stem, .head: 0
      case .body(let stage, block: _), .shortcut(let stage, block: _): stage.number
      }
    places[block] = LayerPlace(
      chain: chain, kind: kind, position: position,
      ordinal: inChain[chain, default: [:]][kind, default: 0],
      ordinalInStage: inStage[stage, default: [:]][kind, default: 0])
    inChain[chain, default: [:]][kind, default: 0] += 1
    inStage[stage, default: [:]][kind, default: 0] += 1
  }

  /// The residual blocks in a container, or the block itself where it is one.
  private static func residuals(in block: Block) -> [Block] {
    switch block.form {
    case .residual: [block]
    case .sequential(let children), .repeated(let children), .shared(let children, passes: _):
      children.flatMap { residuals(in: $0) }
    case .layer, .parallel, .join: []
    }
  }
}
