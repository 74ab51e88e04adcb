import Engine
import Networks

/// A random direction in the space of a network's weights, filter by filter as long as the weights themselves.
///
/// A filter is what leads to one output of a convolution or a dense layer; its part of the direction has normal
/// random numbers, scaled to the norm of the filter (Li et al. 2018, arXiv:1712.09913). Biases, factors and all of a
/// normalization stay where they are.
package struct FilterDirection: Sendable {
  /// The parameters that move, in the order of execution.
  package let keys: [ParameterKey]

  /// How far each of them moves at 1.
  package let steps: ParameterStore

  /// A direction at some weights; another `number` of the same seed is another direction.
  ///
  /// - Throws: `EngineError.memory` where there is no room for it, or `EngineError.interrupted`.
  package init(of network: Network, at weights: ParameterStore, seed: UInt64, number: Int)
    throws(EngineError)
  {
    var keys: [ParameterKey] = []
    var steps = ParameterStore()
    for (index, specification) in network.parameters.enumerated() {
      guard specification.purpose.isMatrix, let tensor = weights[specification.key] else {
        continue
      }
      try AvailableMemory.require { () throws(AvailableMemory.Shortage) in
        try AvailableMemory.check(bytes: AvailableMemory.bytes(tensor.count, 4))
      }
      if Interruption.isRequested() { throw .interrupted }
      var generator = SeededGenerator(
        seed: seed, stream: UInt64(index) &* 64 &+ UInt64(number) &+ 1)
      keys.append(specification.key)
      steps[specification.key] = Self.scaled(tensor, by: &generator)
    }
    (self.keys, self.steps) = (keys, steps)
  }

  private static func scaled(_ weights: Tensor, by generator: inout SeededGenerator) -> Tensor {
    var tensor = Tensor(shape: weights.shape)
    let filters = max(weights.shape.first ?? 1, 1)
    let size = weights.count / filters
    for filter in 0..<filters {
      let part = filter * size..<(filter + 1) * size
      let drawn = part.map { _ in generator.normal() }
      let length = drawn.reduce(0) { $0 + $1 * $1 }.squareRoot()
      let norm = weights.values[part].reduce(0) { $0 + Double($1) * Double($1) }.squareRoot()
      let factor = length > 0 ? norm / length : 0
      for (place, value) in zip(part, drawn) { tensor.values[place] = Float(value * factor) }
    }
    return tensor
  }

  /// The cosine of the angle to another direction of the same network; nothing where one has no length.
  package func cosine(to other: FilterDirection) -> Double? {
    var (product, own, others) = (0.0, 0.0, 0.0)
    for key in keys {
      guard let left = steps[key]?.values, let right = other.steps[key]?.values else { continue }
      for (a, b) in zip(left, right) {
        product += Double(a) * Double(b)
        own += Double(a) * Double(a)
        others += Double(b) * Double(b)
      }
    }
    let lengths = (own * others).squareRoot()
    return lengths > 0 ? product / lengths : nil
  }
}
