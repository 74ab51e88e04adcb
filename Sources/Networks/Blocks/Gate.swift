/// A gate whose layers follow from the shapes, as those of a shortcut do.
package enum Gate: Hashable, Sendable {
  /// Channels weighed by their means.
  case squeezeExcite(SqueezeExcite)

  /// How much of the transform passes: conv C 1, sigmoid, with a bias that starts below 0 so that at first
  /// little does (Srivastava et al. 2015).
  case highway(bias: Double)

  /// Throws where a number of the gate is too large.
  func check(for input: Shape) throws(ShapeFault) {
    switch self {
    case .squeezeExcite(let squeeze):
      try NetworkLimits.check(squeeze.reduction, of: "reduction", from: 1, input: input)
    case .highway: break
    }
  }

  /// The gate's layers for what it reads.
  func layers(for input: Shape) -> [Layer] {
    switch self {
    case .squeezeExcite(let squeeze): return squeeze.layers(for: input)
    case .highway(let bias):
      if input.spatialRank == 0 {
        var dense = Dense(units: input.channels)
        dense.biasStart = bias
        dense.activation = .sigmoid
        return [.dense(dense)]
      }
      var convolution = Convolution(channels: input.channels, kernel: Extents(1))
      convolution.biasStart = bias
      convolution.activation = .sigmoid
      return [.convolution(convolution)]
    }
  }

  /// How gate and body become one.
  var join: Parallel.Join {
    switch self {
    case .squeezeExcite: .multiply
    case .highway: .highway
    }
  }
}
