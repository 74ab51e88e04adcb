import Networks

/// Transposed convolutions, and nodes that give single values other places.
extension OnnxReader {
  /// Reads `ConvTranspose`.
  mutating func readTransposedConvolution() throws(OnnxProblem) {
    let attributes = try attributes(
      "auto_pad", "dilations", "group", "kernel_shape", "output_padding", "output_shape", "pads",
      "strides")
    try attributes.check("output_shape", attributes.integers("output_shape") == nil)
    try attributes.check(
      "auto_pad", ["", "NOTSET", "VALID"].contains(attributes.text("auto_pad", "NOTSET")))
    let value = try value(0)
    let weight = try tensor(1)
    let rank = weight.shape.count - 2
    let input = shape(value)
    guard rank == input.spatialRank, value.ones == 0, (1...2).contains(rank),
      weight.shape.allSatisfy({ (1...NetworkLimits.extent).contains($0) }),
      attributes.integers("kernel_shape") ?? Array(weight.shape.dropFirst(2))
        == Array(weight.shape.dropFirst(2))
    else { throw uncovered(.constant(input: 2)) }
    let kernel = Array(weight.shape.dropFirst(2))
    let groups = attributes.integer("group", 1)
    try attributes.check("group", (1...NetworkLimits.extent).contains(groups))
    let (channels, isTooLarge) = weight.shape[1].multipliedReportingOverflow(by: groups)
    if isTooLarge { throw attributes.uncovered("group") }
    let added = attributes.integers("output_padding") ?? kernel.map { _ in 0 }
    try attributes.check(
      "output_padding",
      added.count == rank && added.allSatisfy { (0...NetworkLimits.extent).contains($0) })
    var convolution = TransposedConvolution(channels: channels, kernel: Extents(kernel))
    convolution.stride = Extents(try sizes(attributes, "strides", rank: rank))
    convolution.dilation = Extents(try sizes(attributes, "dilations", rank: rank))
    convolution.groups = groups
    convolution.hasBias = hasInput(2)
    let sides = try sides(
      attributes, kernel: kernel, stride: kernel, dilation: kernel.map { _ in 1 }, input: input)
    let usual = try? convolution.windows(over: input)
    let cut = zip(sides, added).map { Padding.Sides(before: $0.before, after: $0.after - $1) }
    if usual?.cut != cut {
      convolution.outputPadding = Extents(added)
      convolution.padding = .explicit(
        sides.allSatisfy { $0 == sides[0] } ? Array(sides.prefix(1)) : sides)
    }
    var tensors = [
      ParameterRole.weight: Tensor(shape: weight.shape, values: try values(of: weight))
    ]
    if hasInput(2) {
      let bias = try tensor(2)
      if bias.shape.count != 1 { throw uncovered(.constant(input: 3)) }
      tensors[.bias] = try vector(bias, at: 2)
    }
    try add(.transposedConvolution(convolution), tensors, to: value)
  }

  /// Reads `DepthToSpace` that takes the channels as PyTorch's pixel shuffle does.
  mutating func readDepthToSpace() throws(OnnxProblem) {
    let attributes = try attributes("blocksize", "mode")
    try attributes.check("mode", attributes.text("mode", "DCR") == "CRD")
    let factor = attributes.integer("blocksize", 0)
    try attributes.check("blocksize", (1...NetworkLimits.extent).contains(factor))
    let value = try value(0)
    guard value.ones == 0, shape(value).spatialRank == 2 else {
      throw uncovered(.shapes([shape(value)]))
    }
    try add(.rearrangement(.pixelShuffle(PixelShuffle(factor: factor))), to: value)
  }

  /// Takes dimensions apart for a shuffle of channels, or joins them behind it; answers whether a `Reshape` did
  /// either.
  mutating func rearrange(_ value: OnnxValue, to sizes: [Int]) throws(OnnxProblem) -> Bool {
    let step = steps[value.step]
    if case .part(.takenApart(let rearrangement)) = step.form {
      guard let output = try? rearrangement.output(for: step.shape),
        Self.fits(sizes, output.extents)
      else { throw uncovered(.constant(input: 2)) }
      try add(.rearrangement(rearrangement), to: OnnxValue(step: step.inputs[0]))
      return true
    }
    guard value.ones == 0, let found = shuffle(of: shape(value), apart: sizes) else {
      return false
    }
    add(.part(.takenApart(found)), of: [value.step], shape: shape(value))
    return true
  }

  /// The shuffle that the node begins by taking dimensions apart, or nothing where the two nodes behind it are none.
  private func shuffle(of input: Shape, apart sizes: [Int]) -> Rearrangement? {
    guard let name = node.output.first, graph.uses[name] == 1, sizes.count > 2,
      let turn = graph.nodes.first(where: { $0.opType == "Transpose" && $0.input.first == name }),
      let turned = turn.output.first,
      graph.nodes.contains(where: { $0.opType == "Reshape" && $0.input.first == turned })
    else { return nil }
    let perm = turn.attribute.first { $0.name == "perm" }?.ints.map { Int($0) } ?? []
    var candidates: [Rearrangement] = []
    if (1...NetworkLimits.extent).contains(sizes[1]) {
      candidates.append(.channelShuffle(ChannelShuffle(groups: sizes[1])))
    }
    if (1...NetworkLimits.extent).contains(sizes[2]) {
      candidates.append(.pixelShuffle(PixelShuffle(factor: sizes[2])))
    }
    return candidates.first { candidate in
      guard case .regrouped(let regrouping)? = try? candidate.moves(over: input) else {
        return false
      }
      return Self.fits(sizes, regrouping.factors.flatMap { $0 })
        && perm == [0] + regrouping.order.flatMap { $0 }.map { $0 + 1 }
    }
  }

  /// Whether sizes, that of the batch included, are these, of which one may be left open.
  private static func fits(_ sizes: [Int], _ extents: [Int]) -> Bool {
    sizes.count == extents.count + 1 && sizes.count { $0 == -1 } <= 1
      && zip(sizes.dropFirst(), extents).allSatisfy { $0 == $1 || $0 == -1 }
  }

  /// Keeps a range of channels or of positions; answers whether a `Slice` did.
  mutating func keep(
    _ value: OnnxValue, from starts: [Int], to ends: [Int], axes: [Int], steps: [Int]
  ) throws(OnnxProblem) -> Bool {
    let input = shape(value)
    let rank = rank(value)
    guard steps.allSatisfy({ $0 == 1 }), !isGateNext else { return false }
    var ranges = input.extents.map { 0..<$0 }
    for index in axes.indices {
      let axis = axis(axes[index], rank: rank)
      guard axis >= 1, axis < rank else { return false }
      let extent = input.extents[axis - 1]
      let from = min(max(Self.place(starts[index], of: extent), 0), extent)
      let to = min(max(Self.place(ends[index], of: extent), 0), extent)
      guard from < to else { throw uncovered(.constant(input: 2)) }
      ranges[axis - 1] = from..<to
    }
    if zip(ranges, input.extents).allSatisfy({ $0.count == $1 }) {
      give(value)
      return true
    }
    let kept = zip(ranges, input.extents).map { range, extent in
      range == 0..<extent
        ? SliceRange() : SliceRange(from: range.lowerBound, to: range.upperBound)
    }
    if ranges.dropFirst().elementsEqual(input.spatial.map { 0..<$0 }) {
      try add(.rearrangement(.slice(Slicing([kept[0]]))), to: value)
    } else {
      guard ranges[0].count == input.channels else { throw uncovered(.constant(input: 2)) }
      let isUniform = kept.dropFirst().allSatisfy { $0 == kept[1] }
      let positions = Array(isUniform ? kept[1...1] : kept[1...])
      try add(.rearrangement(.slice(Slicing(positions, of: .positions))), to: value)
    }
    return true
  }

  private static func place(_ place: Int, of extent: Int) -> Int {
    place < 0 ? max(place, -extent) + extent : place
  }

  /// Whether the node takes one of two parts of a value, of which one is multiplied and the other put behind a
  /// sigmoid, as a gated unit does.
  private var isGateNext: Bool {
    let parts = graph.nodes.filter { $0.opType == "Slice" && $0.input.first == node.input.first }
    let next = parts.compactMap { part in
      let users = graph.nodes.filter { $0.input.contains(part.output.first ?? "") }
      return users.count == 1 ? users[0].opType : nil
    }
    return parts.count == 2 && Set(next) == ["Mul", "Sigmoid"]
  }
}
