import Networks

extension OnnxReader {
  /// Reads pooling over all positions that keeps extents of 1.
  mutating func readGlobalPooling(_ pooling: GlobalPooling) throws(OnnxProblem) {
    _ = try attributes()
    let value = try value(0)
    if shape(value).spatialRank == 0, value.ones > 0 { return give(value) }
    try add(.globalPooling(pooling), to: value, ones: shape(value).spatialRank)
  }

  /// Reads a mean or maximum over all positions.
  mutating func readReduction(_ pooling: GlobalPooling) throws(OnnxProblem) {
    let attributes = try attributes("axes", "keepdims", "noop_with_empty_axes")
    let value = try value(0)
    let rank = rank(value)
    let axes = try integers(attributes, "axes", or: 1) ?? []
    if axes == [1], attributes.integer("keepdims", 1) == 1, pooling == .average,
      readMeanSquare(value)
    {
      return
    }
    let given = axes.map { axis($0, rank: rank) }.sorted()
    guard value.ones == 0, rank > 2, given == Array(2..<rank) else {
      throw uncovered(.constant(input: 2))
    }
    try add(
      .globalPooling(pooling), to: value,
      ones: attributes.integer("keepdims", 1) == 0 ? 0 : rank - 2)
  }

  /// Reads `Gather` of the last position of a series, or of the first of several.
  mutating func readPosition() throws(OnnxProblem) {
    let attributes = try attributes("axis")
    let value = try value(0)
    let place = try tensor(1)
    guard value.ones == 0, shape(value).spatialRank == 1, place.shape.isEmpty,
      axis(attributes.integer("axis", 0), rank: 3) == 2
    else { throw uncovered(.constant(input: 2)) }
    let extent = shape(value).extents[1]
    switch axis(try place.integers()[0], rank: extent) {
    case extent - 1: try add(.globalPooling(.last), to: value)
    case 0: try add(.globalPooling(.first), to: value)
    default: throw uncovered(.constant(input: 2))
    }
  }

  /// Reads what gives the same values other extents.
  mutating func readView() throws(OnnxProblem) {
    let value = try value(0)
    let rank = rank(value)
    switch node.opType {
    case "Flatten":
      let attributes = try attributes("axis")
      try attributes.check("axis", axis(attributes.integer("axis", 1), rank: rank) == 1)
      try flatten(value)
    case "Reshape":
      let attributes = try attributes("allowzero")
      let sizes = try computed(1).values
      try attributes.check(
        "allowzero", attributes.integer("allowzero", 0) == 0 || !sizes.contains(0))
      try reshape(value, to: sizes)
    case "Cast":
      let attributes = try attributes("to", "saturate")
      try attributes.check("to", attributes.integer("to", 0) == Int(Onnx_TensorProto.Code.float))
      give(value)
    default:
      let attributes = try attributes("axes")
      let axes = try integers(attributes, "axes", or: 1) ?? []
      let isSqueeze = node.opType == "Squeeze"
      let after = isSqueeze ? rank : rank + axes.count
      let sorted = Set(axes.map { axis($0, rank: after) }).sorted()
      guard !axes.isEmpty, sorted.count == axes.count,
        sorted.allSatisfy({ (2..<after).contains($0) })
      else { throw uncovered(.constant(input: 2)) }
      if isSqueeze { return try squeeze(value, sorted) }
      let isBehind = sorted == Array(rank..<after)
      guard shape(value).spatialRank == 0 || isBehind else {
        throw uncovered(.shapes([shape(value)]))
      }
      give(OnnxValue(step: value.step, ones: value.ones + axes.count))
    }
  }

  private mutating func squeeze(_ value: OnnxValue, _ axes: [Int]) throws(OnnxProblem) {
    if value.ones >= axes.count,
      shape(value).spatialRank == 0 || axes == Array((rank(value) - axes.count)..<rank(value))
    {
      if case .layer(.localResponse, _) = steps[value.step].form {
        steps[value.step].name = node.name
      }
      return give(OnnxValue(step: value.step, ones: value.ones - axes.count))
    }
    guard shape(value).spatial.allSatisfy({ $0 == 1 }), axes.count == shape(value).spatialRank
    else { throw uncovered(.shapes([shape(value)])) }
    try add(.flatten, to: value)
  }

  private mutating func flatten(_ value: OnnxValue) throws(OnnxProblem) {
    if value.ones > 0 || rank(value) == 2 && !graph.isOwn {
      return give(OnnxValue(step: value.step))
    }
    try add(.flatten, to: value)
  }

  /// What `Reshape` makes of a value: features, or features followed by extents of 1.
  private mutating func reshape(_ value: OnnxValue, to sizes: [Int]) throws(OnnxProblem) {
    if try regroup(value, to: sizes) { return }
    if try rearrange(value, to: sizes) { return }
    if graph.isOwn, value.ones == 0, sizes.first == 0, sizes.allSatisfy({ $0 >= 0 }) {
      return try add(.rearrangement(.reshape(Reshape(sizes.dropFirst().map { $0 }))), to: value)
    }
    let known = [-1] + shape(value).extents + Array(repeating: 1, count: value.ones)
    let count = shape(value).count
    var extents = sizes.indices.dropFirst().map { index in
      sizes[index] == 0 && index < known.count ? known[index] : sizes[index]
    }
    let rest = extents.filter { $0 != -1 }
    if extents.filter({ $0 == -1 }).count == 1, let open = extents.firstIndex(of: -1) {
      var left = count
      for extent in rest where extent > 0 && left % extent == 0 { left /= extent }
      extents[open] = left
    }
    guard let first = sizes.first, [0, -1].contains(first) || first == 1 && known.count > 1,
      !extents.isEmpty, extents.count <= 3
    else { throw uncovered(.constant(input: 2)) }
    let tail = Array(known.dropFirst())
    if extents == tail { return give(value) }
    if extents == [count] { return try flatten(value) }
    if extents[0] == count, extents.dropFirst().allSatisfy({ $0 == 1 }),
      shape(value).spatialRank == 0
    {
      return give(OnnxValue(step: value.step, ones: extents.count - 1))
    }
    guard value.ones == 0, extents.allSatisfy({ (1...NetworkLimits.extent).contains($0) }) else {
      throw uncovered(.constant(input: 2))
    }
    try add(.rearrangement(.reshape(Reshape(extents))), to: value)
  }

  /// Reads `Slice` that keeps every so many positions, or a range of channels or positions.
  mutating func readSlice() throws(OnnxProblem) {
    let attributes = try attributes("starts", "ends", "axes")
    let value = try value(0)
    let shape = shape(value)
    let starts = try integers(attributes, "starts", or: 1) ?? []
    let ends = try integers(attributes, "ends", or: 2) ?? []
    let axes = try integers(attributes, "axes", or: 3) ?? Array(starts.indices)
    let steps = hasInput(4) ? try computed(4).values : axes.map { _ in 1 }
    guard starts.count == axes.count, ends.count == axes.count, steps.count == axes.count,
      value.ones == 0
    else { throw uncovered(.constant(input: 2)) }
    if try keep(value, from: starts, to: ends, axes: axes, steps: steps) { return }
    if axes.count == 1, steps == [1], axis(axes[0], rank: rank(value)) == 1,
      readHalf(value, from: starts[0], to: ends[0])
    {
      return
    }
    var strides = shape.spatial.map { _ in 1 }
    for index in axes.indices {
      let axis = axis(axes[index], rank: rank(value))
      guard axis >= 2, axis < rank(value), starts[index] == 0,
        ends[index] >= shape.extents[axis - 1],
        (1...NetworkLimits.extent).contains(steps[index])
      else { throw uncovered(.constant(input: 2)) }
      strides[axis - 2] = steps[index]
    }
    if strides.allSatisfy({ $0 == 1 }) { return give(value) }
    try add(.subsample(Subsample(channels: shape.channels, stride: Extents(strides))), to: value)
  }

  /// Reads `Pad`: around the positions, or zeros behind the channels.
  mutating func readPad() throws(OnnxProblem) {
    let attributes = try attributes("mode", "pads", "value")
    let modes: [String: Pad.Mode] = ["constant": .zero, "reflect": .reflect, "edge": .replicate]
    guard let mode = modes[attributes.text("mode", "constant")] else {
      throw attributes.uncovered("mode")
    }
    try attributes.check("value", attributes.number("value", 0) == 0)
    let value = try value(0)
    let rank = rank(value)
    let given = try integers(attributes, "pads", or: 1) ?? []
    if hasInput(2), try tensor(2).floats() != [0] { throw uncovered(.constant(input: 3)) }
    let axes = hasInput(3) ? try computed(3).values : Array(0..<rank)
    guard given.count == 2 * axes.count, value.ones == 0,
      given.allSatisfy({ (0...NetworkLimits.extent).contains($0) })
    else { throw uncovered(.constant(input: 2)) }
    var sides = Array(repeating: Padding.Sides(before: 0, after: 0), count: rank)
    for (index, given) in zip(axes, zip(given, given.dropFirst(axes.count))) {
      let axis = axis(index, rank: rank)
      guard (0..<rank).contains(axis) else { throw uncovered(.constant(input: 2)) }
      sides[axis] = Padding.Sides(before: given.0, after: given.1)
    }
    let positions = Array(sides.dropFirst(2))
    let hasPositions = positions.contains { $0.total > 0 }
    guard sides[0].total == 0, sides[1].before == 0,
      sides[1].after == 0 || !hasPositions && mode == .zero
    else { throw uncovered(.constant(input: 2)) }
    if hasPositions {
      let isUniform = positions.allSatisfy { $0 == positions[0] }
      var pad = Pad(isUniform ? Array(positions.prefix(1)) : positions)
      pad.mode = mode
      return try add(.pad(pad), to: value)
    }
    if sides[1].after == 0 { return give(value) }
    let channels = shape(value).channels + sides[1].after
    try add(.subsample(Subsample(channels: channels, stride: Extents(1))), to: value)
  }

  /// Reads `Resize` by whole factors.
  mutating func readResize() throws(OnnxProblem) {
    let attributes = try attributes(
      "antialias", "axes", "coordinate_transformation_mode", "cubic_coeff_a", "exclude_outside",
      "extrapolation_value", "keep_aspect_ratio_policy", "mode", "nearest_mode")
    let value = try value(0)
    let shape = shape(value)
    guard let mode = Upsample.Mode(rawValue: attributes.text("mode", "nearest")) else {
      throw attributes.uncovered("mode")
    }
    let places = attributes.text("coordinate_transformation_mode", "half_pixel")
    switch mode {
    case .nearest:
      // Of places between positions all of these take the one before.
      try attributes.check("coordinate_transformation_mode", places == "asymmetric")
      try attributes.check(
        "nearest_mode", attributes.text("nearest_mode", "round_prefer_floor") == "floor")
    case .linear:
      try attributes.check(
        "coordinate_transformation_mode", ["half_pixel", "pytorch_half_pixel"].contains(places))
    }
    try attributes.check("antialias", attributes.integer("antialias", 0) == 0)
    try attributes.check("axes", attributes.integers("axes") == nil)
    var factors: [Int] = []
    if hasInput(3) {
      let sizes = try computed(3).values
      guard sizes.count == rank(value) else { throw uncovered(.constant(input: 4)) }
      factors = zip(sizes.dropFirst(), shape.extents).map { size, extent in
        size % extent == 0 ? size / extent : 0
      }
    } else {
      factors = try tensor(2).floats().dropFirst().map { Int(exactly: $0) ?? 0 }
    }
    guard value.ones == 0, factors.count == shape.extents.count, factors.first == 1,
      factors.allSatisfy({ (1...NetworkLimits.extent).contains($0) })
    else { throw uncovered(.constant(input: hasInput(3) ? 4 : 3)) }
    var upsample = Upsample(factor: Extents(Array(factors.dropFirst())))
    upsample.mode = mode
    try add(.upsample(upsample), to: value)
  }

  /// Reads `Dropout`, which does nothing where a network is used.
  mutating func readDropout() throws(OnnxProblem) {
    let attributes = try attributes("ratio", "seed", "is_test")
    try attributes.check("is_test", attributes.integer("is_test", 1) == 1)
    var rate = attributes.number("ratio", 0.5)
    if hasInput(1), let given = try tensor(1).floats().first { rate = Double(shortest: given) }
    if hasInput(2), try !tensor(2).isZero { throw uncovered(.constant(input: 3)) }
    guard (0..<1).contains(rate) else { throw uncovered(.constant(input: 2)) }
    try add(.dropout(Dropout(rate: rate)), to: try value(0))
  }
}
