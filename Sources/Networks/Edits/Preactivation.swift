extension Residual {
  /// A residual without final activation whose body is in full pre-activation order.
  ///
  /// After He et al. 2016.
  /// Normalizations and activations at the end of the body, the activation of its last layer and that of the
  /// residual go to the front; what is still missing there is new.
  package var preactivated: Residual {
    var result = self
    let order = Preactivation(Array(body.children), then: activation)
    result.body = body.with(children: order.blocks)
    result.activation = nil
    return result
  }
}

/// Some blocks in the order normalization, activation, weights.
private struct Preactivation {
  private(set) var blocks: [Block]

  private var front: [Block] = []

  init(_ blocks: [Block], then activation: Activation?) {
    self.blocks = blocks
    var end: [Block] = []
    while let last = self.blocks.last, last.isDropout {
      end.insert(self.blocks.removeLast(), at: 0)
    }
    defer { self.blocks += end }
    while let last = self.blocks.last, last.isNormalization || last.isActivation {
      front.insert(self.blocks.removeLast(), at: 0)
    }
    if hasFrontActivation { self.prepend() } else { takeActivation(activation) }
  }

  private var hasFrontActivation: Bool { front.contains(where: \.isActivation) }

  /// Moves the activation of the last layer, or of the residual, to the front.
  private mutating func takeActivation(_ activation: Activation?) {
    var taken = activation
    if let last = blocks.indices.last, let own = blocks[last].removeActivation() { taken = own }
    if let taken { front.append(new(.activation(taken))) }
    prepend()
  }

  /// Puts the front before the blocks, with what it lacks.
  private mutating func prepend() {
    if front.isEmpty, blocks.first?.isNormalization == true { return }
    if !front.contains(where: \.isNormalization) {
      front.insert(new(.batchNormalization(BatchNormalization())), at: 0)
    }
    if !hasFrontActivation { front.append(new(.activation(.relu))) }
    blocks = front + blocks
  }

  private func new(_ layer: Layer) -> Block {
    let name = Naming.fresh(layer.kind.nameStem, among: (front + blocks).map(\.name))
    return Block(name: name, form: .layer(layer))
  }
}

extension Block {
  fileprivate var isNormalization: Bool {
    if case .layer(let layer) = form { layer.isNormalization } else { false }
  }

  fileprivate var isActivation: Bool {
    if case .layer(.activation(let activation)) = form { activation != .softmax } else { false }
  }

  /// Takes the activation off a convolution or dense layer and gives it back.
  fileprivate mutating func removeActivation() -> Activation? {
    switch form {
    case .layer(.convolution(var convolution)):
      let taken = convolution.activation
      convolution.activation = nil
      form = .layer(.convolution(convolution))
      return taken
    case .layer(.transposedConvolution(var convolution)):
      let taken = convolution.activation
      convolution.activation = nil
      form = .layer(.transposedConvolution(convolution))
      return taken
    case .layer(.dense(var dense)):
      let taken = dense.activation
      dense.activation = nil
      form = .layer(.dense(dense))
      return taken
    default: return nil
    }
  }
}
