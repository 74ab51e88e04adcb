import Kernels
import Networks

/// Puts batches into a plan's memory: plain rows to the order of its channels, targets beside them.
struct Batch {
  let plan: Plan

  /// Gathers the inputs of some examples.
  ///
  /// - Throws: `EngineError.inputShape` where the examples have another shape than the network's input.
  func setInputs(_ inputs: InputRows, rows: some RandomAccessCollection<Int>) throws(EngineError) {
    switch inputs {
    case .memory(let tensor): try setInputs(tensor, rows: rows)
    case .stored(let stored):
      try checkShape(stored.shape)
      try read(stored, rows: rows)
    }
  }

  /// Gathers the inputs of some examples.
  ///
  /// - Throws: `EngineError.inputShape` where the examples have another shape than the network's input.
  func setInputs(_ inputs: Tensor, rows: some RandomAccessCollection<Int>) throws(EngineError) {
    try checkShape(inputs.shape)
    gather(inputs, rows: rows, plan.graph.inputOfRows, into: plan.input)
  }

  /// Copies rows in plain order one behind the other, in the order of an extent.
  private func gather(
    _ table: Tensor, rows: some RandomAccessCollection<Int>, _ extent: Extent,
    into target: UnsafeMutablePointer<Float>
  ) {
    table.values.withUnsafeBufferPointer { values in
      withUnsafeTemporaryAllocation(of: Int.self, capacity: rows.count) { places in
        let (_, count) = places.initialize(from: rows)
        guard let source = values.baseAddress, let first = places.baseAddress else { return }
        let work = GatherRowsWork(
          source: source, places: first, count: count, channels: extent.channels,
          positions: extent.positions, target: target)
        Instruction(.gatherRows(work)).run()
      }
    }
  }

  private func checkShape(_ shape: [Int]) throws(EngineError) {
    let found = Shape(Array(shape.dropFirst()))
    if found != plan.graph.inputShape {
      throw .inputShape(expected: plan.graph.inputShape, found: found)
    }
  }

  /// Reads rows into the plan's memory, a few at a time.
  private func read(
    _ stored: StoredRows, rows: some RandomAccessCollection<Int>
  ) throws(EngineError) {
    let (size, extent) = (plan.graph.inputShape.count, plan.graph.inputOfRows)
    let most = max(1, Self.valuesRead / max(size, 1))
    try Arena.check(bytes: AvailableMemory.bytes(min(most, rows.count), size, 4))
    let buffer = UnsafeMutablePointer<Float>.allocate(capacity: min(most, rows.count) * size)
    defer { buffer.deallocate() }
    var target = plan.input
    var rest = rows[...]
    while !rest.isEmpty {
      let part = rest.prefix(most)
      rest = rest.dropFirst(most)
      do throws(RowFault) { try stored.copy(part, to: buffer) } catch { throw EngineError(error) }
      let work = TransposeWork(
        x: buffer, images: part.count, rows: extent.channels, columns: extent.positions,
        y: target, accumulate: false)
      Instruction(.transpose(work)).run()
      target += part.count * size
    }
  }

  /// Values that are read at once, unless a row has more.
  private static let valuesRead = 1 << 14

  /// Gathers the targets of some examples.
  ///
  /// - Throws: `EngineError` where they are not what the loss compares the network's output with.
  func setTargets(_ targets: Examples.Targets, rows: some RandomAccessCollection<Int>)
    throws(EngineError)
  {
    let loss = plan.options.loss
    let outputs = plan.graph.outputExtent
    switch targets {
    case .classes(let labels, _):
      if !loss.comparesClasses { throw .targetKind(loss: loss) }
      var target = plan.labels
      for row in rows {
        let label = labels[row]
        if label < 0 || Int(label) >= loss.classes(of: outputs.channels) {
          throw .label(Int(label), outputs: loss.classes(of: outputs.channels))
        }
        target.pointee = label
        target += 1
      }
    case .maps(let maps):
      if !loss.comparesClasses { throw .targetKind(loss: loss) }
      try setMaps(maps, rows: rows, classes: loss.classes(of: outputs.channels))
    case .values(let values):
      if loss.comparesClasses { throw .targetKind(loss: loss) }
      try setValues(values, rows: rows)
    case .none: throw .noTargets
    }
  }

  /// Labels lie as positions do in channels-last order, one behind the other.
  private func setMaps(
    _ maps: ClassMaps, rows: some RandomAccessCollection<Int>, classes: Int
  ) throws(EngineError) {
    var target = plan.labels
    for row in rows {
      for label in maps[row] {
        if label < 0 || Int(label) >= classes { throw .label(Int(label), outputs: classes) }
        target.pointee = label
        target += 1
      }
    }
  }

  /// Numbers come in plain order and are compared channels-last; `[count]` is as good as `[count, 1]`.
  private func setValues(_ values: Tensor, rows: some RandomAccessCollection<Int>)
    throws(EngineError)
  {
    let extent = plan.graph.outputExtent
    let size = extent.positions * extent.channels
    let found = Array(values.shape.dropFirst())
    if found != plan.outputShape.extents && !(found.isEmpty && size == 1) {
      throw .targetShape(expected: plan.outputShape, found: found.isEmpty ? [1] : found)
    }
    gather(values, rows: rows, extent, into: plan.targets)
  }

  /// Mixes each example with the one as far from the end as it is from the start; it keeps a share of itself.
  ///
  /// Numbers as targets are mixed too; what classes mean of it the loss knows.
  func mix(_ share: Float) {
    plan.setShare(share)
    let rows = plan.options.batch
    let size = plan.graph.input.channels * plan.graph.input.positions
    let extent = plan.graph.outputExtent
    let width = plan.options.loss.comparesClasses ? 0 : extent.positions * extent.channels
    for (values, size) in [(plan.input, size), (plan.targets, width)] {
      let work = MixRowsWork(values: values, rows: rows, size: size, share: share)
      Instruction(.mixRows(work)).run()
    }
  }

  /// Copies the outputs of the batch in plain order to `target`.
  func copyOutputs(to target: UnsafeMutablePointer<Float>) {
    Self.copyPlain(plan.output, plan.graph.outputExtent, to: target)
  }

  /// Copies the batch that a plan of the same network and size holds to this one, whose channels come last.
  func copyInputs(of other: Plan) {
    switch other.graph.order {
    case .last: plan.input.update(from: other.input, count: plan.graph.input.count)
    case .first:
      let extent = plan.graph.input
      let work = TransposeWork(
        x: other.input, images: extent.images, rows: extent.channels, columns: extent.positions,
        y: plan.input, accumulate: false)
      Instruction(.transpose(work)).run()
    }
  }

  /// Copies channels-last activations in plain order.
  static func copyPlain(
    _ source: UnsafePointer<Float>, _ extent: Extent, to target: UnsafeMutablePointer<Float>
  ) {
    let work = TransposeWork(
      x: source, images: extent.images, rows: extent.positions, columns: extent.channels,
      y: target, accumulate: false)
    Instruction(.transpose(work)).run()
  }
}
