import Kernels
import Networks

extension PlanBuilder {
  /// Statistics of each term, then one sweep that normalizes, adds and cuts.
  func emitNormalization(_ operation: NormalizationOperation, _ node: Node) throws(EngineError) {
    if isRecomputing, let known = normalizationBuffers[node.output] {
      emitNormalize(operation, node, known)
      return
    }
    var memories: [BufferID] = []
    for (index, term) in operation.terms.enumerated() {
      let memory: BufferID
      if options.mode == .training, !term.layer.usesRunningStatistics {
        if operation.extent.rows == 1, !sharesStatistics(of: term) {
          throw .singleValueNormalization(path: term.path, block: term.block)
        }
        memory = emitStatistics(term, operation.extent, of: value(node.inputs[index]))
      } else {
        memory = emitFold(term, operation.extent)
      }
      memories.append(memory)
    }
    normalizationBuffers[node.output] = memories
    emitNormalize(operation, node, memories)
  }

  /// Whether a term takes its statistics over all processes.
  private func sharesStatistics(of term: NormalizationOperation.Term) -> Bool {
    options.sharesStatistics && term.layer.isSynchronized && !term.layer.usesRunningStatistics
  }

  private func emitStatistics(
    _ term: NormalizationOperation.Term, _ extent: Extent, of x: BufferID
  ) -> BufferID {
    let (rows, channels, span) = (extent.rows, extent.channels, graph.span(of: extent))
    let parts = parts(extent.count)
    let result = buffer(channels * NormalizationMemory.rows)
    let partials = buffer(channels * 3 * parts)
    let gamma = pointer(term.weight)
    let beta = pointer(term.bias)
    let runningMean = options.leavesStatistics ? nil : mutablePointer(term.runningMean)
    let runningVariance = options.leavesStatistics ? nil : mutablePointer(term.runningVariance)
    let isShared = sharesStatistics(of: term)
    func finish(_ memory: Binding, rows: Int, parts: Int, updates: Bool) -> Instruction {
      Instruction(
        .finishStatistics(
          FinishStatisticsWork(
            partials: memory[partials], parts: parts, rows: rows, channels: channels, span: span,
            gamma: gamma, beta: beta, epsilon: Float(term.layer.epsilon),
            momentum: Float(term.layer.momentum),
            runningMean: updates ? runningMean : nil,
            runningVariance: updates ? runningVariance : nil,
            memory: NormalizationMemory(memory[result], channels: channels))))
    }
    var step = StepDraft(
      kernel: "bn statistics", block: term.block, path: term.path, reads: [x],
      writes: [result, partials], scratch: scratchCount(extent),
      parts: parts
    ) { memory in
      let statistics = StatisticsWork(
        x: memory[x], rows: rows, channels: channels, span: span, partials: memory[partials],
        scratch: memory.scratch)
      return [
        Instruction(.statistics(statistics), parts: parts),
        finish(memory, rows: rows, parts: parts, updates: !isShared),
      ]
    }
    if isShared {
      step.exchange = ExchangeDraft(channels: channels) { memory in
        StatisticsExchange(
          sums: .batch, channels: channels, rows: rows, values: memory[partials], path: term.path,
          block: term.block
        ) { finish(memory, rows: $0, parts: 1, updates: true) }
      }
    }
    emit(step)
    return result
  }

  private func emitFold(_ term: NormalizationOperation.Term, _ extent: Extent) -> BufferID {
    let channels = extent.channels
    let isForGradient = options.mode == .training
    let size = channels * NormalizationMemory.rows
    let result = isForGradient ? buffer(size) : preparedBuffer(size)
    guard let mean = mutablePointer(term.runningMean),
      let variance = mutablePointer(term.runningVariance)
    else { return result }
    let gamma = pointer(term.weight)
    let beta = pointer(term.bias)
    emitPreparation(
      StepDraft(
        kernel: "bn fold", block: term.block, path: term.path, reads: [], writes: [result]
      ) { memory in
        let fold = FoldStatisticsWork(
          mean: mean, variance: variance, channels: channels, gamma: gamma, beta: beta,
          epsilon: Float(term.layer.epsilon), isForGradient: isForGradient,
          memory: NormalizationMemory(memory[result], channels: channels))
        return [Instruction(.foldStatistics(fold))]
      })
    return result
  }

  private func emitNormalize(
    _ operation: NormalizationOperation, _ node: Node, _ memories: [BufferID]
  ) {
    let inputs = node.inputs.map { value($0) }
    let y = output(of: node)
    let (rows, channels) = (operation.extent.rows, operation.extent.channels)
    let span = graph.span(of: operation.extent)
    let parts = parts(operation.extent.count)
    let kernel =
      (operation.terms.count == 2 ? "bn bn add" : operation.hasPlainOperand ? "bn add" : "bn")
      + (operation.relu ? " relu" : "")
    emit(
      StepDraft(
        kernel: kernel, block: node.block, path: node.path, reads: inputs + memories, writes: [y],
        takeOvers: inputs.map { ($0, y) },
        scratch: scratchCount(operation.extent), parts: parts
      ) { memory in
        let work = NormalizeWork(
          x: memory[inputs[0]],
          memory: NormalizationMemory(memory[memories[0]], channels: channels),
          other: inputs.count > 1 ? UnsafePointer(memory[inputs[1]]) : nil,
          otherMemory: memories.count > 1
            ? NormalizationMemory(memory[memories[1]], channels: channels) : nil,
          rows: rows, channels: channels, span: span, relu: operation.relu, y: memory[y],
          scratch: memory.scratch)
        return [Instruction(.normalize(work), parts: parts)]
      })
  }

  /// Parameter gradients of each term, then the gradients of all operands.
  func emitNormalizationGradient(
    _ operation: NormalizationOperation, _ node: Node, dy: BufferID
  ) {
    let y = operation.relu ? values[node.output] : nil
    let needs = operation.terms.indices.map { needsGradient[node.inputs[$0]] }
    let coefficients = operation.terms.indices.map { index -> BufferID? in
      let term = operation.terms[index]
      if !needs[index], gradient(of: term.weight) == nil, gradient(of: term.bias) == nil {
        return nil
      }
      return emitParameterGradients(operation, index, node, y: y, dy: dy)
    }
    if operation.terms.count == 2, let first = coefficients[0], let second = coefficients[1],
      needs[0], needs[1], node.inputs[0] != node.inputs[1],
      gradients[node.inputs[0]] == nil, gradients[node.inputs[1]] == nil
    {
      emitPairGradient(operation, node, y: y, dy: dy, coefficients: [first, second])
      return
    }
    for index in operation.terms.indices.reversed() where needs[index] {
      let plain = operation.hasPlainOperand ? node.inputs[1] : nil
      guard let own = coefficients[index] else { continue }
      emitInputGradient(
        operation, index, node, InputGradient(plain: plain, y: y, dy: dy, coefficients: own))
    }
    if operation.hasPlainOperand, !needs[0] {
      emitMaskedGradient(operation, node, to: node.inputs[1], y: y, dy: dy)
    }
  }

  private func emitParameterGradients(
    _ operation: NormalizationOperation, _ index: Int, _ node: Node, y: BufferID?, dy: BufferID
  ) -> BufferID {
    let term = operation.terms[index]
    let x = value(node.inputs[index])
    let saved = statisticsBuffer(of: node, index)
    let (rows, channels) = (operation.extent.rows, operation.extent.channels)
    let span = graph.span(of: operation.extent)
    let parts = parts(operation.extent.count)
    let partials = buffer(channels * 2 * parts)
    let coefficients = buffer(channels * 3)
    let gamma = pointer(term.weight)
    let gammaGradient = gradient(of: term.weight)
    let betaGradient = gradient(of: term.bias)
    let usesBatchStatistics = !term.layer.usesRunningStatistics
    let isShared = sharesStatistics(of: term)
    var step = StepDraft(
      kernel: "bn gradient sums", block: term.block, path: term.path,
      reads: [x, dy, saved] + (y.map { [$0] } ?? []), writes: [partials, coefficients],
      scratch: scratchCount(operation.extent), parts: parts
    ) { memory in
      let kept = NormalizationMemory(memory[saved], channels: channels)
      let sums = GradientSumsWork(
        x: memory[x], y: y.map { UnsafePointer(memory[$0]) }, dy: memory[dy], mean: kept.mean,
        rows: rows, channels: channels, span: span, partials: memory[partials],
        scratch: memory.scratch)
      let finish = FinishGradientsWork(
        partials: memory[partials], parts: parts, rows: rows, channels: channels, gamma: gamma,
        memory: kept, usesBatchStatistics: usesBatchStatistics, gammaGradient: gammaGradient,
        betaGradient: betaGradient,
        coefficients: memory[coefficients])
      return [
        Instruction(.gradientSums(sums), parts: parts), Instruction(.finishGradients(finish)),
      ]
    }
    if isShared {
      // Gamma and beta follow the own examples; only the input's gradient hangs on those of all.
      step.exchange = ExchangeDraft(channels: channels) { memory in
        StatisticsExchange(
          sums: .gradients, channels: channels, rows: rows, values: memory[partials],
          path: term.path, block: term.block
        ) { rows in
          Instruction(
            .finishGradients(
              FinishGradientsWork(
                partials: memory[partials], parts: 1, rows: rows, channels: channels, gamma: gamma,
                memory: NormalizationMemory(memory[saved], channels: channels),
                usesBatchStatistics: true, gammaGradient: nil, betaGradient: nil,
                coefficients: memory[coefficients])))
        }
      }
    }
    emit(step)
    return coefficients
  }

  /// Floats of scratch that each part of a step of a normalization needs.
  private func scratchCount(_ extent: Extent) -> Int {
    BatchNorm.scratchCount(channels: extent.channels, span: graph.span(of: extent))
  }

  /// Where the forward pass left what it knows of a term.
  private func statisticsBuffer(of node: Node, _ index: Int) -> BufferID {
    normalizationBuffers[node.output]?[index] ?? input
  }

  private func emitPairGradient(
    _ operation: NormalizationOperation, _ node: Node, y: BufferID?, dy: BufferID,
    coefficients: [BufferID]
  ) {
    guard let (dx, _) = gradientTarget(node.inputs[0]),
      let (dx2, _) = gradientTarget(node.inputs[1])
    else { return }
    let (x, x2) = (value(node.inputs[0]), value(node.inputs[1]))
    let (rows, channels) = (operation.extent.rows, operation.extent.channels)
    let span = graph.span(of: operation.extent)
    let parts = parts(operation.extent.count)
    let saved = [0, 1].map { statisticsBuffer(of: node, $0) }
    emit(
      StepDraft(
        kernel: "bn bn add gradient", block: node.block, path: node.path,
        reads: [x, x2, dy] + coefficients + saved + (y.map { [$0] } ?? []), writes: [dx, dx2],
        takeOvers: [(dy, dx)], scratch: scratchCount(operation.extent), parts: parts
      ) { memory in
        let work = NormalizationGradientWork(
          x: memory[x], y: y.map { UnsafePointer(memory[$0]) }, dy: memory[dy],
          mean: NormalizationMemory(memory[saved[0]], channels: channels).mean,
          coefficients: memory[coefficients[0]], rows: rows, channels: channels, span: span,
          dx: memory[dx], accumulate: false, residual: .none,
          second: NormalizationGradientWork.Second(
            x: memory[x2], mean: NormalizationMemory(memory[saved[1]], channels: channels).mean,
            coefficients: memory[coefficients[1]], dx: memory[dx2]),
          scratch: memory.scratch)
        return [Instruction(.normalizationGradient(work), parts: parts)]
      })
  }

  /// What an input's gradient is made of, and the plain operand of the sum, which gets dy.
  private struct InputGradient {
    let plain: ValueID?
    let y: BufferID?
    let dy: BufferID
    let coefficients: BufferID
  }

  private func emitInputGradient(
    _ operation: NormalizationOperation, _ index: Int, _ node: Node, _ gradient: InputGradient
  ) {
    let (plain, y, dy) = (gradient.plain, gradient.y, gradient.dy)
    let coefficients = gradient.coefficients
    guard let (dx, accumulate) = gradientTarget(node.inputs[index]) else { return }
    let residual = plain.flatMap { gradientTarget($0) }
    let x = value(node.inputs[index])
    let (rows, channels) = (operation.extent.rows, operation.extent.channels)
    let span = graph.span(of: operation.extent)
    let parts = parts(operation.extent.count)
    let saved = statisticsBuffer(of: node, index)
    var reads = [x, dy, coefficients, saved] + (y.map { [$0] } ?? []) + (accumulate ? [dx] : [])
    var writes = [dx]
    var takeOvers = [(source: dy, target: dx)]
    if let residual {
      if residual.accumulate { reads.append(residual.buffer) }
      writes.append(residual.buffer)
      takeOvers.insert((dy, residual.buffer), at: 0)
    }
    emit(
      StepDraft(
        kernel: residual == nil ? "bn gradient" : "bn add gradient", block: node.block,
        path: node.path, reads: reads, writes: writes, takeOvers: takeOvers,
        scratch: scratchCount(operation.extent), parts: parts
      ) { memory in
        let target: NormalizationGradientWork.Residual =
          switch residual {
          case nil: .none
          case let residual?:
            residual.accumulate ? .add(memory[residual.buffer]) : .write(memory[residual.buffer])
          }
        let work = NormalizationGradientWork(
          x: memory[x], y: y.map { UnsafePointer(memory[$0]) }, dy: memory[dy],
          mean: NormalizationMemory(memory[saved], channels: channels).mean,
          coefficients: memory[coefficients], rows: rows, channels: channels, span: span,
          dx: memory[dx], accumulate: accumulate, residual: target, scratch: memory.scratch)
        return [Instruction(.normalizationGradient(work), parts: parts)]
      })
  }

  /// The gradient of a plain operand alone: dy, counted only where the ReLU let pass.
  private func emitMaskedGradient(
    _ operation: NormalizationOperation, _ node: Node, to plain: ValueID, y: BufferID?,
    dy: BufferID
  ) {
    let count = operation.extent.count
    guard let y else {
      emitShare(of: dy, to: plain, factor: 1, count: count, node)
      return
    }
    guard let (dx, accumulate) = gradientTarget(plain) else { return }
    let parts = parts(count)
    emit(
      StepDraft(
        kernel: "relu gradient", block: node.block, path: node.path,
        reads: [y, dy] + (accumulate ? [dx] : []), writes: [dx], takeOvers: [(dy, dx)],
        parts: parts
      ) { memory in
        let work = ActivationGradientWork(
          function: .relu, saved: memory[y], dy: memory[dy], dx: memory[dx], count: count,
          accumulate: accumulate)
        return [Instruction(.activationGradient(work), parts: parts)]
      })
  }

  private func mutablePointer(_ key: ParameterKey?) -> UnsafeMutablePointer<Float>? {
    key.flatMap { slabs.values(of: $0)?.baseAddress }
  }

  private func pointer(_ key: ParameterKey?) -> UnsafePointer<Float>? {
    mutablePointer(key).map { UnsafePointer($0) }
  }
}
