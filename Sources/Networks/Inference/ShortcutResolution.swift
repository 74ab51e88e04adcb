/// Which layers a shortcut needs so that its output can be added to that of the body.
struct ShortcutResolution {
  let kind: ShortcutKind
  let input: Shape
  let output: Shape

  /// The strides of the body, which those of the shortcut follow where they lead to the output.
  var bodyStrides: [Int]?

  /// Whether the batch normalizations of the body use running statistics, as that of the shortcut then does.
  var usesRunningStatistics = false

  /// Whether they take statistics over all processes, as that of the shortcut then does.
  var isSynchronized = false

  /// The shortcut's layers; none where the input is added as it is.
  ///
  /// - Throws: `ShapeFault.sum` where no layers of this kind lead from the input to the output.
  func layers() throws(ShapeFault) -> [Layer] {
    let agrees = input == output
    switch kind {
    case .identity:
      if agrees { return [] }
      throw mismatch
    case .automatic, .projection:
      return agrees ? [] : try projection(poolsFirst: false)
    case .projectionAlways: return try projection(poolsFirst: false)
    case .pooled: return agrees ? [] : try projection(poolsFirst: true)
    case .zeroPadded:
      if agrees { return [] }
      guard output.channels >= input.channels else { throw mismatch }
      return [.subsample(Subsample(channels: output.channels, stride: try strides()))]
    case .given: return []
    }
  }

  private var mismatch: ShapeFault {
    .sum(body: output, shortcut: input, input: input, kind: kind)
  }

  private func projection(poolsFirst: Bool) throws(ShapeFault) -> [Layer] {
    var batchNormalization = BatchNormalization()
    batchNormalization.usesRunningStatistics = usesRunningStatistics
    batchNormalization.isSynchronized = isSynchronized
    let normalization = Layer.batchNormalization(batchNormalization)
    if input.spatialRank == 0, output.spatialRank == 0 {
      var dense = Dense(units: output.channels)
      dense.hasBias = false
      return [.dense(dense), normalization]
    }
    let stride = try strides()
    var convolution = Convolution(channels: output.channels, kernel: Extents(1))
    convolution.hasBias = false
    if poolsFirst, stride != Extents(1) {
      var pooling = Pooling(reduction: .average, size: stride)
      pooling.roundsUp = true
      return [.pooling(pooling), .convolution(convolution), normalization]
    }
    convolution.stride = stride
    return [.convolution(convolution), normalization]
  }

  /// The strides that take each spatial extent n of the input to ⌈n / stride⌉ of the output.
  private func strides() throws(ShapeFault) -> Extents {
    guard input.spatialRank == output.spatialRank else { throw mismatch }
    if input.spatialRank == 0 { return Extents(1) }
    var strides: [Int] = []
    for (axis, (from, to)) in zip(input.spatial, output.spatial).enumerated() {
      let candidates = [bodyStrides?[axis], (from + to - 1) / to].compactMap { $0 }
      guard let stride = candidates.first(where: { $0 > 0 && (from - 1) / $0 + 1 == to }) else {
        throw mismatch
      }
      strides.append(stride)
    }
    return Extents(strides)
  }
}
