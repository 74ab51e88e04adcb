/// The windows of a transposed convolution, with a number for each spatial dimension.
///
/// Input position i is spread over output positions i · stride − before + k · dilation for each tap k.
package struct TransposedWindows: Hashable, Sendable {
  package let kernel: [Int]
  package let stride: [Int]
  package let dilation: [Int]

  /// Positions left out before and after; below 0 after stands for positions added.
  package let cut: [Padding.Sides]

  /// Resolves sizes against the dimensions of an input.
  ///
  /// - Throws: A fault where a size is given for other dimensions than the input has, or out of bounds.
  init(_ layer: TransposedConvolution, input: Shape) throws(ShapeFault) {
    let windows = try Windows(
      kernel: layer.kernel, stride: layer.stride, padding: layer.padding,
      dilation: layer.dilation, input: input)
    guard let added = layer.outputPadding.resolved(rank: input.spatialRank) else {
      throw .dimensions(parameter: "outpad", given: "\(layer.outputPadding)", input: input)
    }
    (kernel, stride, dilation) = (windows.kernel, windows.stride, windows.dilation)
    for (axis, added) in added.enumerated() {
      try NetworkLimits.check(added, of: "outpad", from: 0, input: input)
      if added > 0, added >= max(stride[axis], dilation[axis]) {
        throw .outputPadding(outpad: added, stride: stride[axis], dilation: dilation[axis])
      }
    }
    var cut: [Padding.Sides] = []
    for (axis, added) in added.enumerated() {
      // As far as a window reaches beyond the positions that its stride makes of one.
      let overlap =
        (kernel[axis] - 1) * dilation[axis] + 1 - stride[axis]
      let before: Int
      let after: Int
      switch layer.padding {
      case .same:
        before = max(0, (overlap + 1) / 2)
        after = overlap - before
      case .causal: (before, after) = (0, overlap)
      case .explicit: (before, after) = (windows.padding[axis].before, windows.padding[axis].after)
      }
      // Behind the last window no more is added than strides and dilation leave room for.
      if added - after >= max(stride[axis], dilation[axis]) {
        throw .outputPadding(outpad: added, stride: stride[axis], dilation: dilation[axis])
      }
      cut.append(Padding.Sides(before: before, after: after - added))
    }
    self.cut = cut
  }

  /// How many positions are left along each spatial dimension:
  /// (n − 1) · stride + k_eff − before − after.
  ///
  /// - Throws: A fault where none are.
  func positions(over input: Shape) throws(ShapeFault) -> [Int] {
    var positions: [Int] = []
    for (axis, extent) in input.spatial.enumerated() {
      let whole = (extent - 1) * stride[axis] + (kernel[axis] - 1) * dilation[axis] + 1
      let left = whole - cut[axis].before - cut[axis].after
      if left < 1 { throw .nothingLeft(extent: whole, padding: cut[axis]) }
      positions.append(left)
    }
    return positions
  }
}

extension ReceptiveField {
  /// What is seen through the windows of a transposed convolution: between the positions of its input lie as many
  /// zeros as the stride leaves room for, and the window slides over all of them.
  func through(_ windows: TransposedWindows) -> ReceptiveField {
    let room = windows.stride.map { $0 - 1 }
    let reach = windows.kernel.indices.map {
      (windows.kernel[$0] - 1) * windows.dilation[$0] - room[$0]
    }
    return upsampled(by: windows.stride, isLinear: false).through(
      kernel: reach.map { max(0, $0) + 1 }, stride: reach.map { _ in 1 },
      dilation: reach.map { _ in 1 },
      padding: reach.indices.map {
        Padding.Sides(before: reach[$0] - windows.cut[$0].before, after: 0)
      })
  }
}
