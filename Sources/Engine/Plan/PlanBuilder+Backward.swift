import Kernels
import Networks

extension PlanBuilder {
  /// Where the gradient of a value goes and whether something is there already; nothing where none is needed.
  ///
  /// The caller must write or add to it.
  func gradientTarget(_ id: ValueID) -> (buffer: BufferID, accumulate: Bool)? {
    guard needsGradient[id] else { return nil }
    if let known = gradients[id] { return (known, true) }
    let result = buffer(graph.counts[id], for: .gradient)
    gradients[id] = result
    return (result, false)
  }

  /// Emits the loss, with the output's gradient where a backward pass follows.
  func emitLoss(_ output: BufferID) {
    let wantsGradient = options.isDifferentiated && needsGradient[graph.output]
    let gradient = wantsGradient ? gradientTarget(graph.output)?.buffer : nil
    let loss = options.loss
    let extent = graph.outputExtent
    // Classes are told apart at each position, numbers of an example are compared together.
    let rows = loss.comparesClasses ? extent.rows : options.batch
    let elements = extent.count / max(rows, 1)
    let terms = options.terms
    let isSoft = terms != nil || options.mixes
    if let terms { cells.setWeights(terms.weights, classes: elements) }
    emit(
      StepDraft(
        kernel: "loss \(loss.name)", block: BlockID(), path: "loss", reads: [output],
        writes: gradient.map { [$0] } ?? [],
        takeOvers: gradient.map { [(output, $0)] } ?? []
      ) { [cells, targets] memory in
        let target = gradient.map { memory[$0] }
        func regression(_ kind: RegressionLoss) -> Instruction.Work {
          .regression(
            RegressionWork(
              kind: kind, prediction: memory[output], target: memory[targets], rows: rows,
              elements: elements, gradient: target, cell: cells.loss))
        }
        let work: Instruction.Work =
          switch loss {
          case .crossEntropy where isSoft:
            .softCrossEntropy(
              SoftCrossEntropyWork(
                batch: SoftCrossEntropy.Rows(
                  logits: memory[output], labels: memory.integers(targets), rows: rows,
                  classes: elements, positions: extent.positions),
                smoothing: Float(terms?.smoothing ?? 0),
                weights: cells.classWeights.map { UnsafePointer($0) }, share: cells.share,
                gradient: target, cell: cells.loss))
          case .crossEntropy:
            .crossEntropy(
              CrossEntropyWork(
                logits: memory[output], labels: memory.integers(targets), rows: rows,
                classes: elements, gradient: target, cell: cells.loss))
          case .binaryCrossEntropy:
            .binaryCrossEntropy(
              BinaryCrossEntropyWork(
                logits: memory[output], labels: memory.integers(targets), rows: rows,
                gradient: target, cell: cells.loss))
          case .multiLabel:
            .multiLabel(
              MultiLabelWork(
                logits: memory[output], targets: memory[targets], rows: rows, elements: elements,
                gradient: target, cell: cells.loss))
          case .l2: regression(.squared)
          case .l1: regression(.absolute)
          case .huber: regression(.huber)
          }
        return [Instruction(work)]
      })
  }

  /// Emits the backward steps of a node, where anything wants its gradient.
  func emitBackward(_ node: Node) {
    guard let dy = gradients[node.output] else { return }
    let earlier = setAsideGradients(of: node)
    defer { addGradients(earlier, node) }
    switch node.operation {
    case .convolution(let operation) where operation.isTransposed:
      emitTransposedConvolutionGradient(operation, node, dy: dy)
    case .convolution(let operation): emitConvolutionGradient(operation, node, dy: dy)
    case .dense(let operation): emitDenseGradient(operation, node, dy: dy)
    case .normalization(let operation): emitNormalizationGradient(operation, node, dy: dy)
    case .activation(let activation, let extent):
      emitActivationGradient(activation, extent, node, dy: dy)
    case .sum(let factor, let relu, let count):
      emitSumGradient(node, factor: factor, relu: relu, count: count, dy: dy)
    case .concatenation(let rows, let channels):
      emitConcatenationGradient(node, rows: rows, channels: channels, dy: dy)
    case .unary(let operation): operation.emitBackward(node, dy: dy, to: self)
    case .product(let extent, let isBroadcast):
      emitProductGradient(extent, isBroadcast: isBroadcast, node, dy: dy)
    case .highway(let extent, let isBroadcast):
      emitHighwayGradient(extent, isBroadcast: isBroadcast, node, dy: dy)
    }
  }

  /// What a step from a node's output gradient to its one input's needs besides the two.
  struct ReverseDraft {
    let kernel: String

    /// What it reads besides the output's gradient.
    let also: [BufferID]
    let parts: Int

    /// Whether the input's gradient may be the memory of the output's.
    let inPlace: Bool

    /// Floats of scratch for each part.
    let scratch: Int

    init(
      _ kernel: String, also: [BufferID] = [], parts: Int, inPlace: Bool = false, scratch: Int = 0
    ) {
      self.kernel = kernel
      self.also = also
      self.parts = parts
      self.inPlace = inPlace
      self.scratch = scratch
    }
  }

  /// Emits a step from a node's output gradient to its one input's.
  func emitReverse(
    _ node: Node, dy: BufferID, _ draft: ReverseDraft,
    _ work:
      @escaping (UnsafePointer<Float>, UnsafeMutablePointer<Float>, Bool, Binding) ->
      Instruction.Work
  ) {
    guard let (dx, accumulate) = gradientTarget(node.inputs[0]) else { return }
    emit(
      StepDraft(
        kernel: draft.kernel, block: node.block, path: node.path,
        reads: [dy] + draft.also + (accumulate ? [dx] : []), writes: [dx],
        takeOvers: draft.inPlace ? [(dy, dx)] : [], scratch: draft.scratch, parts: draft.parts
      ) { memory in
        [Instruction(work(memory[dy], memory[dx], accumulate, memory), parts: draft.parts)]
      })
  }

  private func emitActivationGradient(
    _ activation: Activation, _ extent: Extent, _ node: Node, dy: BufferID
  ) {
    let parts = parts(extent.count)
    guard let function = ActivationKernel(activation) else {
      let y = value(node.output)
      emitReverse(
        node, dy: dy, ReverseDraft("softmax gradient", also: [y], parts: parts, inPlace: true)
      ) {
        dy, dx, add, memory in
        .softmaxGradient(
          SoftmaxGradientWork(
            y: memory[y], dy: dy, dx: dx, rows: extent.rows, channels: extent.channels,
            accumulate: add))
      }
      return
    }
    let saved = value(function.savesOutput ? node.output : node.inputs[0])
    emitReverse(
      node, dy: dy,
      ReverseDraft(
        "\(activation.function.rawValue) gradient", also: [saved], parts: parts, inPlace: true)
    ) { dy, dx, add, memory in
      .activationGradient(
        ActivationGradientWork(
          function: function, saved: memory[saved], dy: dy, dx: dx, count: extent.count,
          accumulate: add))
    }
  }

  private func emitSumGradient(
    _ node: Node, factor: Float, relu: Bool, count: Int, dy: BufferID
  ) {
    var share = dy
    if relu {
      let y = value(node.output)
      let masked = buffer(count, for: .gradient)
      let parts = parts(count)
      emit(
        StepDraft(
          kernel: "relu gradient", block: node.block, path: node.path, reads: [y, dy],
          writes: [masked], takeOvers: [(dy, masked)], parts: parts
        ) { memory in
          let work = ActivationGradientWork(
            function: .relu, saved: memory[y], dy: memory[dy], dx: memory[masked], count: count,
            accumulate: false)
          return [Instruction(.activationGradient(work), parts: parts)]
        })
      share = masked
    }
    let route = options.routes[node.block]
    let other = route != .body && needsGradient[node.inputs[1]]
    if route != .shortcut {
      emitShare(
        of: share, to: node.inputs[0], factor: factor, count: count, node, mayMove: !other)
    }
    if other { emitShare(of: share, to: node.inputs[1], factor: 1, count: count, node) }
  }

  /// Passes a gradient on to a value: moved where the value has none yet and nobody else wants it.
  func emitShare(
    of dy: BufferID, to id: ValueID, factor: Float, count: Int, _ node: Node, mayMove: Bool = true
  ) {
    if needsGradient[id], gradients[id] == nil, factor == 1, mayMove {
      gradients[id] = dy
      return
    }
    guard let (dx, accumulate) = gradientTarget(id) else { return }
    let parts = parts(count)
    emit(
      StepDraft(
        kernel: accumulate ? "gradient add" : "gradient copy", block: node.block, path: node.path,
        reads: accumulate ? [dy, dx] : [dy], writes: [dx],
        takeOvers: accumulate ? [] : [(dy, dx)], parts: parts
      ) { memory in
        let work = CopyWork(
          x: memory[dy], factor: factor, accumulate: accumulate, y: memory[dx], count: count)
        return [Instruction(.copy(work), parts: parts)]
      })
  }

  private func emitConcatenationGradient(
    _ node: Node, rows: Int, channels: [Int], dy: BufferID
  ) {
    let width = channels.reduce(0, +)
    var first = 0
    for (id, count) in zip(node.inputs, channels) {
      let offset = first
      first += count
      guard let (dx, accumulate) = gradientTarget(id) else { continue }
      let parts = parts(rows * count)
      emit(
        StepDraft(
          kernel: "concat gradient", block: node.block, path: node.path,
          reads: accumulate ? [dy, dx] : [dy], writes: [dx], parts: parts
        ) { memory in
          let work = ColumnsWork(
            x: memory[dy] + offset, xStride: width, y: memory[dx], yStride: count, rows: rows,
            channels: count, accumulate: accumulate)
          return [Instruction(.columns(work), parts: parts)]
        })
    }
  }
}
