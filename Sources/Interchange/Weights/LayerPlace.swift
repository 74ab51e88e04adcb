import Networks

/// Where a layer stands in a residual network, counted as the frameworks count that name layers by their places.
struct LayerPlace: Equatable {
  /// What a layer is to those who name it.
  enum Kind: Hashable {
    case convolution
    case normalization
    case dense
  }

  /// The chain that a layer belongs to.
  enum Chain: Hashable {
    /// What stands before the first residual block.
    case stem

    /// The body of a block, counted from 0, of a stage.
    case body(Stage, block: Int)

    /// The shortcut of a block, counted from 0, of a stage.
    case shortcut(Stage, block: Int)

    /// What stands behind the last residual block.
    case head
  }

  /// Residual blocks that belong together.
  struct Stage: Hashable {
    /// Counted from 1.
    let number: Int

    /// Its place among the stages and layers of the network, from 0.
    let position: Int
  }

  let chain: Chain
  let kind: Kind

  /// Its place among all layers of its chain, from 0; those of stem and head stand among the stages.
  let position: Int

  /// Its place among the layers of its kind in the chain, from 0.
  let ordinal: Int

  /// Its place among the layers of its kind in the stage, bodies before shortcuts, or outside of all stages, from 0.
  let ordinalInStage: Int

  /// Whether it is the first dense layer of its chain.
  var isFirstDense: Bool { kind == .dense && ordinal == 0 }
}

extension LayerPlace.Kind {
  /// What a layer is; nothing for layers that others give no name.
  init?(_ layer: Layer) {
    if layer.isNormalization {
      self = .normalization
    } else if case .convolution = layer {
      self = .convolution
    } else if case .dense = layer {
      self = .dense
    } else {
      return nil
    }
  }
}
