/// A sliding window with a number for each spatial dimension.
package struct Windows: Hashable, Sendable {
  package let kernel: [Int]
  package let stride: [Int]
  package let padding: [Padding.Sides]
  package let dilation: [Int]

  /// Resolves sizes against the dimensions of an input.
  ///
  /// - Throws: A fault where a size is given for other dimensions than the input has.
  init(kernel: Extents, stride: Extents, padding: Padding, dilation: Extents, input: Shape)
    throws(ShapeFault)
  {
    let rank = input.spatialRank
    guard let kernels = kernel.resolved(rank: rank) else {
      throw .dimensions(parameter: "kernel", given: "\(kernel)", input: input)
    }
    guard let strides = stride.resolved(rank: rank) else {
      throw .dimensions(parameter: "stride", given: "\(stride)", input: input)
    }
    guard let dilations = dilation.resolved(rank: rank) else {
      throw .dimensions(parameter: "dilation", given: "\(dilation)", input: input)
    }
    for value in kernels + strides + dilations where value > Limits.extent {
      throw .tooLarge(quantity: .extent, limit: Limits.extent)
    }
    guard let sides = padding.resolved(kernel: kernels, dilation: dilations) else {
      throw .dimensions(parameter: "pad", given: "\(padding)", input: input)
    }
    for side in sides where side.before > Limits.extent || side.after > Limits.extent {
      throw .tooLarge(quantity: .extent, limit: Limits.extent)
    }
    self.kernel = kernels
    self.stride = strides
    self.padding = sides
    self.dilation = dilations
  }

  /// How many windows fit along each spatial dimension: ⌊(n + padding − k_eff) / stride⌋ + 1.
  ///
  /// With `roundsUp` a last, partial window counts unless it would lie in the padding alone, as in PyTorch.
  ///
  /// - Throws: A fault where a window is wider than the padded input.
  func positions(over input: Shape, roundsUp: Bool) throws(ShapeFault) -> [Int] {
    var positions: [Int] = []
    for (axis, extent) in input.spatial.enumerated() {
      let slack = extent + padding[axis].total - ((kernel[axis] - 1) * dilation[axis] + 1)
      if slack < 0 {
        throw .window(
          kernel: kernel[axis], dilation: dilation[axis], extent: extent, padding: padding[axis],
          input: input)
      }
      var count = slack / stride[axis] + 1
      if roundsUp, slack % stride[axis] != 0,
        count * stride[axis] < extent + padding[axis].before
      {
        count += 1
      }
      positions.append(count)
    }
    return positions
  }
}
