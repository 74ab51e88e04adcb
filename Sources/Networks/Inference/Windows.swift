/// A sliding window with a number for each spatial dimension.
package struct Windows: Hashable, Sendable {
  package let kernel: [Int]
  package let stride: [Int]
  package let padding: [Padding.Sides]
  package let dilation: [Int]

  /// Resolves sizes against the dimensions of an input.
  ///
  /// - Throws: A fault where a size is given for other dimensions than the input has, or out of bounds.
  init(
    kernel: Extents, called kernelName: String = "kernel", stride: Extents, padding: Padding,
    dilation: Extents, input: Shape
  ) throws(ShapeFault) {
    let rank = input.spatialRank
    guard let kernels = kernel.resolved(rank: rank) else {
      throw .dimensions(parameter: kernelName, given: "\(kernel)", input: input)
    }
    guard let strides = stride.resolved(rank: rank) else {
      throw .dimensions(parameter: "stride", given: "\(stride)", input: input)
    }
    guard let dilations = dilation.resolved(rank: rank) else {
      throw .dimensions(parameter: "dilation", given: "\(dilation)", input: input)
    }
    for value in kernels { try NetworkLimits.check(value, of: kernelName, from: 1, input: input) }
    for value in strides { try NetworkLimits.check(value, of: "stride", from: 1, input: input) }
    for value in dilations { try NetworkLimits.check(value, of: "dilation", from: 1, input: input) }
    if padding == .causal, rank != 1 { throw .causalPadding(input: input) }
    guard let sides = padding.resolved(kernel: kernels, dilation: dilations) else {
      throw .dimensions(parameter: "pad", given: "\(padding)", input: input)
    }
    for side in sides {
      try NetworkLimits.check(side.before, of: "pad", from: 0, input: input)
      try NetworkLimits.check(side.after, of: "pad", from: 0, input: input)
    }
    self.kernel = kernels
    self.stride = strides
    self.padding = sides
    self.dilation = dilations
  }

  /// How many windows fit along each spatial dimension: ⌊(n + padding − k_eff) / stride⌋ + 1.
  ///
  /// With `roundsUp` the quotient is rounded up, so that a last, partial window counts, unless it would lie in
  /// the padding alone, as in PyTorch.
  ///
  /// - Throws: A fault where a window is wider than the padded input.
  func positions(over input: Shape, roundsUp: Bool) throws(ShapeFault) -> [Int] {
    var positions: [Int] = []
    for (axis, extent) in input.spatial.enumerated() {
      let slack = extent + padding[axis].total - ((kernel[axis] - 1) * dilation[axis] + 1)
      if slack < 0, !(roundsUp && slack > -stride[axis]) {
        throw .window(
          kernel: kernel[axis], dilation: dilation[axis], extent: extent, padding: padding[axis],
          input: input)
      }
      let whole = slack < 0 ? 0 : slack / stride[axis] + 1
      let next = whole * stride[axis]
      let countsPart =
        roundsUp && next < slack + stride[axis] && next < extent + padding[axis].before
      positions.append(countsPart ? whole + 1 : whole)
    }
    return positions
  }
}
