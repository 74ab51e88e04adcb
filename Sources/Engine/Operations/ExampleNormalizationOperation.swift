import Kernels
import Networks

/// Normalization of each example by itself, over sets of its values.
///
/// The forward pass leaves mean and 1 / √(variance + eps) of each set for the backward one.
struct ExampleNormalizationOperation: UnaryOperation {
  let layer: ExampleNormalization
  let extent: Extent

  /// Weight and bias, where there are any.
  let weight: ParameterKey?
  let bias: ParameterKey?

  init(_ layer: ExampleNormalization, block: BlockID, extent: Extent) {
    self.layer = layer
    self.extent = extent
    weight = layer.isAffine ? ParameterKey(block: block, role: .weight) : nil
    bias = layer.isAffine && layer.isCentred ? ParameterKey(block: block, role: .bias) : nil
  }

  var parameters: [ParameterKey] { [weight, bias].compactMap { $0 } }

  func emitForward(_ node: Node, to plan: PlanBuilder) {
    let statistics = plan.buffer(2 * setCount)
    let ordered = [weight, bias].map { key in key.flatMap { order($0, node, plan) } }
    plan.normalizationBuffers[node.output] = [statistics] + ordered.compactMap { $0 }
    let x = plan.value(node.inputs[0])
    let y = plan.output(of: node)
    let parts = parts(plan)
    let places = places(plan, ordered)
    plan.emit(
      StepDraft(
        kernel: layer.kind.rawValue, block: node.block, path: node.path,
        reads: [x] + ordered.compactMap { $0 }, writes: [y, statistics], takeOvers: [(x, y)],
        scratch: scratchCount, parts: parts
      ) { memory in
        let pass = ExampleNormalizationWork.Pass.forward(
          statistics: memory[statistics], y: memory[y])
        let work = work(pass, memory[x], places(memory), memory.scratch)
        return [Instruction(.exampleNormalization(work), parts: parts)]
      })
  }

  func emitBackward(_ node: Node, dy: BufferID, to plan: PlanBuilder) {
    guard let saved = plan.normalizationBuffers[node.output], let statistics = saved.first else {
      return
    }
    let ordered: [BufferID?] =
      saved.count > 1 ? [saved[1], saved.count > 2 ? saved[2] : nil] : [nil, nil]
    let places = places(plan, ordered)
    let x = plan.value(node.inputs[0])
    let sums = emitSums(node, dy: dy, statistics: statistics, plan)
    let also = [x, statistics] + [ordered[0]].compactMap { $0 } + (sums ?? [])
    plan.emitReverse(
      node, dy: dy,
      PlanBuilder.ReverseDraft(
        "\(layer.kind.rawValue) gradient", also: also, parts: parts(plan), inPlace: true,
        scratch: scratchCount)
    ) { dy, dx, add, memory in
      let pass = ExampleNormalizationWork.Pass.gradient(
        dy: dy, statistics: memory[statistics], sums: sums.map { (memory[$0[0]], memory[$0[1]]) },
        dx: dx, accumulate: add)
      return .exampleNormalization(work(pass, memory[x], places(memory), memory.scratch))
    }
  }

  // MARK: - Sums over the batch

  /// Emits the sums of dy and of dy times the normalized values, from which weight and bias have their gradients;
  /// answers their buffers where the gradient of the input is made of them too.
  private func emitSums(
    _ node: Node, dy: BufferID, statistics: BufferID, _ plan: PlanBuilder
  ) -> [BufferID]? {
    let (toWeight, toBias) = (plan.gradient(of: weight), plan.gradient(of: bias))
    if toWeight == nil, toBias == nil, !isGrouped { return nil }
    let x = plan.value(node.inputs[0])
    let pieces = pieces
    let sums = [0, 1].map { _ in plan.buffer(pieces.count * width) }
    let parts = isGrouped ? parts(plan) : min(plan.parts(extent.count), max(pieces.count, 1))
    plan.emit(
      StepDraft(
        kernel: "\(layer.kind.rawValue) sums", block: node.block, path: node.path,
        reads: [x, dy, statistics], writes: sums, scratch: scratchCount, parts: parts
      ) { memory in
        let pass = ExampleNormalizationWork.Pass.sums(
          dy: memory[dy], statistics: memory[statistics], plain: memory[sums[0]],
          turned: memory[sums[1]])
        let work = work(
          pass, memory[x], SetNorm.Places(weight: nil, bias: nil), memory.scratch)
        let ends = [(toBias, sums[0]), (toWeight, sums[1])].compactMap { target, partials in
          target.map { end(memory[partials], count: pieces.count, target: $0) }
        }
        return [Instruction(.exampleNormalization(work), parts: parts)] + ends
      })
    return isGrouped ? sums : nil
  }

  /// What makes a parameter's gradient of the sums of all pieces.
  private func end(
    _ partials: UnsafePointer<Float>, count: Int, target: UnsafeMutablePointer<Float>
  ) -> Instruction {
    if isOrdered {
      return Instruction(
        .transpose(
          TransposeWork(
            x: partials, images: 1, rows: extent.positions, columns: extent.channels, y: target,
            accumulate: false)))
    }
    return Instruction(
      .total(TotalWork(partials: partials, count: count, width: width, target: target)))
  }

  // MARK: - Weights in the order of the values

  /// Whether weights, channels first, lie in another order than the values that they belong to.
  private var isOrdered: Bool {
    layer.sets == .example && extent.positions > 1 && extent.channels > 1
  }

  /// Emits the values of a parameter in the order of the activations; nothing where they lie so.
  private func order(_ key: ParameterKey, _ node: Node, _ plan: PlanBuilder) -> BufferID? {
    guard isOrdered, let values = plan.slabs.values(of: key)?.baseAddress else { return nil }
    let result = plan.preparedBuffer(width)
    plan.emitPreparation(
      StepDraft(
        kernel: "order \(key.role.rawValue)", block: node.block, path: node.path, reads: [],
        writes: [result]
      ) { memory in
        let work = TransposeWork(
          x: values, images: 1, rows: extent.channels, columns: extent.positions,
          y: memory[result], accumulate: false)
        return [Instruction(.transpose(work))]
      })
    return result
  }

  /// Weight and bias as the kernels read them.
  private func places(_ plan: PlanBuilder, _ ordered: [BufferID?]) -> (Binding) -> SetNorm.Places {
    let values = [weight, bias].map { key in
      key.flatMap { plan.slabs.values(of: $0)?.baseAddress }
    }
    return { memory in
      let pointers = zip(values, ordered).map { value, buffer in
        buffer.map { UnsafePointer(memory[$0]) } ?? value.map { UnsafePointer($0) }
      }
      return SetNorm.Places(weight: pointers[0], bias: pointers[1])
    }
  }

  // MARK: - Sizes

  /// Whether the values of a set do not lie one behind the other.
  private var isGrouped: Bool { groups != nil }

  private var groups: Int? {
    switch layer.sets {
    case .channels, .example, .rootMeanSquare: nil
    case .groups(let groups): groups
    case .positions: extent.channels
    }
  }

  /// Values with a weight of their own.
  private var width: Int {
    layer.sets == .example ? extent.positions * extent.channels : extent.channels
  }

  private var setCount: Int { groups.map { $0 * extent.images } ?? extent.count / width }

  /// The rows or images of which each piece has sums of its own.
  private var pieces: RowPieces {
    if isGrouped { return RowPieces(rows: extent.images, size: 1) }
    return layer.sets == .example
      ? RowPieces(rows: extent.images, size: extent.images)
      : RowPieces(rows: extent.rows, width: width)
  }

  private var form: ExampleNormalizationWork.Form {
    if let groups {
      return .groups(
        GroupNorm(
          positions: extent.positions, channels: extent.channels, groups: groups,
          epsilon: layer.epsilon))
    }
    return .sets(
      SetNorm(count: width, epsilon: layer.epsilon, isCentred: layer.isCentred))
  }

  private var scratchCount: Int {
    if case .groups(let kernel) = form { kernel.scratchCount } else { 0 }
  }

  private func parts(_ plan: PlanBuilder) -> Int {
    min(plan.parts(extent.count), isGrouped ? extent.images : setCount)
  }

  private func work(
    _ pass: ExampleNormalizationWork.Pass, _ x: UnsafePointer<Float>, _ places: SetNorm.Places,
    _ scratch: Scratch
  ) -> ExampleNormalizationWork {
    ExampleNormalizationWork(
      pass: pass, form: form, x: x, places: places, extent: extent, pieces: pieces,
      setCount: setCount, scratch: scratch)
  }
}
