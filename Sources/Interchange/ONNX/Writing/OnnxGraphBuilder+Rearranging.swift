import Networks

/// Transposed convolutions, and layers that give single values other places.
extension OnnxGraphBuilder {
  mutating func add(
    _ convolution: TransposedConvolution, path: String, _ x: String, _ input: Shape
  ) -> String {
    guard let windows = try? convolution.windows(over: input) else { return x }
    let value = add(
      "ConvTranspose", path,
      [x, path + ".weight"] + (convolution.hasBias ? [path + ".bias"] : []),
      [
        .integers("kernel_shape", windows.kernel), .integers("strides", windows.stride),
        .integers("dilations", windows.dilation), .integer("group", convolution.groups),
        .integers("pads", windows.cut.map(\.before) + windows.cut.map { max(0, $0.after) }),
        .integers("output_padding", windows.cut.map { max(0, -$0.after) }),
      ])
    return add(convolution.activation, path: path, value)
  }

  mutating func add(
    _ rearrangement: Rearrangement, path: String, _ x: String, _ input: Shape
  ) -> String {
    guard let moves = try? rearrangement.moves(over: input),
      let output = try? rearrangement.output(for: input)
    else { return x }
    switch rearrangement {
    case .pixelShuffle(let shuffle) where input.spatialRank == 2:
      return add(
        "DepthToSpace", path, [x], [.integer("blocksize", shuffle.factor), .text("mode", "CRD")])
    case .pixelShuffle, .channelShuffle, .permute, .slice, .reshape: break
    }
    switch moves {
    case .kept(let ranges):
      return add(
        "Slice", path,
        [
          x, constant(path + ".starts", ranges.map(\.lowerBound)),
          constant(path + ".ends", ranges.map(\.upperBound)),
          constant(path + ".axes", ranges.indices.map { $0 + 1 }),
        ])
    case .reshaped:
      return add("Reshape", path, [x, constant(path + ".shape", [0] + output.extents)])
    case .regrouped(let regrouping):
      let perm = [0] + regrouping.order.flatMap { $0 }.map { $0 + 1 }
      if case .permute = rearrangement {
        return add("Transpose", path, [x], [.integers("perm", perm)])
      }
      let factors = constant(path + ".factors", [0] + regrouping.factors.flatMap { $0 })
      let apart = add("Reshape", path + ".apart", [x, factors])
      let turned = add("Transpose", path + ".turned", [apart], [.integers("perm", perm)])
      return add("Reshape", path, [turned, constant(path + ".shape", [0] + output.extents)])
    }
  }
}
