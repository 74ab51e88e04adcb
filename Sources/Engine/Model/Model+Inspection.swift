import Kernels
import Networks

/// What a block put out for one batch, in numbers.
package struct BlockTrace: Sendable {
  package let block: BlockID
  package let path: String

  /// The shape of the output for one example.
  package let mean: Double
  package let deviation: Double
  package let minimum: Float
  package let maximum: Float

  /// The share of values that are exactly zero.
  package let zeros: Double

  /// Whether every value is a number.
  package let isFinite: Bool

  /// The share of channels that are zero everywhere in the batch: dead after a ReLU.
  package let deadChannels: Double
}

extension Model {
  /// Runs some examples forward once and looks at every block's output.
  ///
  /// With `training` it is the pass of a training step, with the batch's statistics; running statistics stay
  /// as they are.
  package func trace(_ examples: Examples, rows: some RandomAccessCollection<Int>, training: Bool)
    throws(EngineError) -> [BlockTrace]
  {
    let plan = try lookPlan(batch: rows.count, training: training)
    try Batch(plan: plan).setInputs(examples.rows, rows: rows)
    try plan.forward(version: version, step: steps)
    return plan.graph.blockOutputs.compactMap { output in
      plan.pointer(to: output.value).map {
        BlockTrace(block: output.block, path: output.path, values: $0, extent: output.extent)
      }
    }
  }

  /// The output of every block for some examples, in plain order, `[count, output…]`, by block.
  package func outputs(
    _ inputs: Tensor, rows: some RandomAccessCollection<Int>, training: Bool = false
  ) throws(EngineError) -> [BlockID: Tensor] {
    let plan = try lookPlan(batch: rows.count, training: training)
    try Batch(plan: plan).setInputs(inputs, rows: rows)
    try plan.forward(version: version, step: steps)
    var result: [BlockID: Tensor] = [:]
    for output in plan.graph.blockOutputs {
      guard let pointer = plan.pointer(to: output.value),
        let shape = network.facts[output.block]?.output
      else { continue }
      try Arena.check(bytes: AvailableMemory.bytes(rows.count, shape.count, 4))
      var tensor = Tensor(shape: [rows.count] + shape.extents)
      tensor.values.withUnsafeMutableBufferPointer { values in
        guard let base = values.baseAddress else { return }
        Batch.copyPlain(pointer, output.extent, to: base)
      }
      result[output.block] = tensor
    }
    return result
  }

  /// Mean and variance of each channel of a block's output for some examples, as a training step would see
  /// them; nothing where the network has no such block.
  package func channelStatistics(
    of block: BlockID, _ inputs: Tensor, rows: some RandomAccessCollection<Int>
  ) throws(EngineError) -> (mean: [Float], variance: [Float])? {
    let plan = try lookPlan(batch: rows.count, training: true)
    try Batch(plan: plan).setInputs(inputs, rows: rows)
    try plan.forward(version: version, step: steps)
    guard let output = plan.graph.blockOutputs.first(where: { $0.block == block }),
      let values = plan.pointer(to: output.value)
    else { return nil }
    let (count, channels) = (output.extent.rows, output.extent.channels)
    var (sums, squares) = (
      Array(repeating: 0.0, count: channels), Array(repeating: 0.0, count: channels)
    )
    for index in 0..<count * channels { sums[index % channels] += Double(values[index]) }
    let means = sums.map { $0 / Double(count) }
    for index in 0..<count * channels {
      let distance = Double(values[index]) - means[index % channels]
      squares[index % channels] += distance * distance
    }
    return (means.map { Float($0) }, squares.map { Float($0 / Double(count)) })
  }

  /// The path of the first block whose output on the last training batch is no number; nothing where all are,
  /// so that the loss alone is not, or where nothing was trained.
  package func firstNonFinite() throws(EngineError) -> (block: BlockID, path: String)? {
    guard let last = lastTrainingPlan else { return nil }
    let plan = try lookPlan(batch: last.options.batch, training: true)
    Batch(plan: plan).copyInputs(of: last)
    try plan.forward(version: version, step: steps)
    for node in plan.graph.nodes {
      guard let pointer = plan.pointer(to: node.output) else { continue }
      let count = plan.graph.counts[node.output]
      if Elementwise.firstNonFinite(pointer, count: count) != nil { return (node.block, node.path) }
    }
    return nil
  }

  private func lookPlan(batch: Int, training: Bool) throws(EngineError) -> Plan {
    try plan(
      PlanOptions(
        mode: training ? .training : .inference, batch: batch, loss: loss, threads: threads,
        precision: precision, keepsValues: true, leavesStatistics: true,
        isLook: true, choices: choices, allowsLibrary: allowsLibrary,
        prefersDirect: prefersDirect))
  }
}

extension BlockTrace {
  /// The statistics of activations.
  fileprivate init(
    block: BlockID, path: String, values: UnsafePointer<Float>, extent: Extent
  ) {
    let count = extent.count
    var sum = 0.0
    var zeros = 0
    var least = Float.infinity
    var greatest = -Float.infinity
    var isFinite = true
    var isAlive = Array(repeating: false, count: extent.channels)
    for row in 0..<extent.rows {
      for channel in 0..<extent.channels {
        let value = values[row * extent.channels + channel]
        sum += Double(value)
        if value == 0 { zeros += 1 } else { isAlive[channel] = true }
        least = min(least, value)
        greatest = max(greatest, value)
        isFinite = isFinite && value.isFinite
      }
    }
    let mean = sum / Double(count)
    var squares = 0.0
    for index in 0..<count {
      let distance = Double(values[index]) - mean
      squares += distance * distance
    }
    self.init(
      block: block, path: path, mean: mean, deviation: (squares / Double(count)).squareRoot(),
      minimum: least, maximum: greatest, zeros: Double(zeros) / Double(count), isFinite: isFinite,
      deadChannels: Double(isAlive.filter { !$0 }.count) / Double(max(extent.channels, 1)))
  }
}
