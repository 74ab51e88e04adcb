/// What is known of a block without running it.
package struct BlockFacts: Hashable, Sendable {
  package let input: Shape
  package let output: Shape

  /// Values learned by gradients.
  package let learnable: Int

  /// Those of them that training leaves as they are.
  package internal(set) var frozen = 0

  /// How many blocks are run through, this one included: those of a shared body once for each pass.
  package internal(set) var executed = 1

  /// Whether there are parameters, and training leaves all of them as they are.
  package var isFrozen: Bool { learnable > 0 && frozen == learnable }

  /// Running statistics, gathered but not learned.
  package let running: Int

  /// Multiply-adds of convolutions and dense layers for one example.
  package private(set) var multiplyAdds: Int

  /// Positions of the block's own input from one output position to the next, along each dimension; nothing
  /// where positions do not go through.
  package let strides: [Int]?

  /// What one output position sees of the network's input.
  package let receptiveField: ReceptiveField
}

extension BlockFacts {
  /// The same with the multiply-adds of all passes through a shared body in which the block lies.
  package func counting(passes: Int) -> BlockFacts {
    var result = self
    result.multiplyAdds = saturatingProduct(multiplyAdds, passes)
    return result
  }

  /// The facts of a layer.
  ///
  /// - Throws: A fault where the layer cannot take the input or asks for too much.
  init(_ layer: Layer, input: Shape, field: ReceptiveField) throws(ShapeFault) {
    let layer = layer.definition
    let windows = try layer.slidingWindows(over: input)
    let output = try layer.output(for: input, windows: windows)
    try output.checkBounds()
    var learnable = 0
    var running = 0
    for need in layer.parameterNeeds(for: input) {
      guard let count = need.count else {
        throw .tooLarge(quantity: .parameters, limit: NetworkLimits.parameters)
      }
      if need.role.isLearnable { learnable += count } else { running += count }
    }
    guard let multiplyAdds = layer.multiplyAdds(input: input, output: output) else {
      throw .tooLarge(quantity: .multiplyAdds, limit: NetworkLimits.multiplyAdds)
    }
    self.init(
      input: input, output: output, learnable: learnable, running: running,
      multiplyAdds: multiplyAdds, strides: layer.strides(over: input, windows: windows),
      receptiveField: layer.receptiveField(field, input: input, windows: windows))
  }
}
