/// Means and squared deviations of this part's rows.
package struct StatisticsWork {
  let x: UnsafePointer<Float>
  let rows: Int
  let channels: Int

  /// Values of a channel that lie side by side: 1 where channels come last, all positions where they come first.
  let span: Int

  /// Three rows of channels for each part.
  let partials: UnsafeMutablePointer<Float>
  let scratch: Scratch

  /// The work on this memory, which a plan owns.
  package init(
    x: UnsafePointer<Float>, rows: Int, channels: Int, span: Int = 1,
    partials: UnsafeMutablePointer<Float>, scratch: Scratch
  ) {
    self.x = x
    self.rows = rows
    self.channels = channels
    self.span = span
    self.partials = partials
    self.scratch = scratch
  }

  func run(_ part: Part) {
    let range = part.range(of: rows, unit: span)
    BatchNorm.statistics(
      x + range.lowerBound &* channels, rows: range.count, channels: channels, span: span,
      into: partials + part.index &* channels &* 3, scratch: scratch.of(part))
  }
}

/// Joins the parts' statistics, updates the running ones, and prepares scale and shift.
package struct FinishStatisticsWork {
  let partials: UnsafeMutablePointer<Float>
  let parts: Int
  let rows: Int
  let channels: Int
  let span: Int
  let gamma: UnsafePointer<Float>?
  let beta: UnsafePointer<Float>?
  let epsilon: Float
  let momentum: Float

  /// Where running statistics are updated, unless the pass is only a look.
  let runningMean: UnsafeMutablePointer<Float>?
  let runningVariance: UnsafeMutablePointer<Float>?
  let memory: NormalizationMemory

  /// The work on this memory, which a plan owns.
  package init(
    partials: UnsafeMutablePointer<Float>, parts: Int, rows: Int, channels: Int, span: Int = 1,
    gamma: UnsafePointer<Float>?, beta: UnsafePointer<Float>?, epsilon: Float, momentum: Float,
    runningMean: UnsafeMutablePointer<Float>?, runningVariance: UnsafeMutablePointer<Float>?,
    memory: NormalizationMemory
  ) {
    self.partials = partials
    self.parts = parts
    self.rows = rows
    self.channels = channels
    self.span = span
    self.gamma = gamma
    self.beta = beta
    self.epsilon = epsilon
    self.momentum = momentum
    self.runningMean = runningMean
    self.runningVariance = runningVariance
    self.memory = memory
  }

  func run() {
    if parts > 1 {
      withUnsafeTemporaryAllocation(of: Int.self, capacity: parts) { counts in
        for index in 0..<parts {
          counts[index] = Part(index: index, count: parts).range(of: rows, unit: span).count
        }
        guard let base = counts.baseAddress else { return }
        BatchNorm.mergeStatistics(partials, rows: base, parts: parts, channels: channels)
      }
    }
    var running: BatchNorm.Running?
    if let runningMean, let runningVariance {
      running = BatchNorm.Running(
        mean: runningMean, variance: runningVariance, momentum: momentum)
    }
    BatchNorm.finishStatistics(
      partials, rows: rows, channels: channels,
      BatchNorm.Parameters(gamma: gamma, beta: beta, epsilon: epsilon), running: running,
      into: memory.results)
  }
}

/// Scale and shift from running statistics, for inference and for layers that train with them.
package struct FoldStatisticsWork {
  let mean: UnsafePointer<Float>
  let variance: UnsafePointer<Float>
  let channels: Int
  let gamma: UnsafePointer<Float>?
  let beta: UnsafePointer<Float>?
  let epsilon: Float

  /// Whether a backward pass will want mean and deviation too.
  let isForGradient: Bool
  let memory: NormalizationMemory

  /// The work on this memory, which a plan owns.
  package init(
    mean: UnsafePointer<Float>, variance: UnsafePointer<Float>, channels: Int,
    gamma: UnsafePointer<Float>?, beta: UnsafePointer<Float>?, epsilon: Float, isForGradient: Bool,
    memory: NormalizationMemory
  ) {
    self.mean = mean
    self.variance = variance
    self.channels = channels
    self.gamma = gamma
    self.beta = beta
    self.epsilon = epsilon
    self.isForGradient = isForGradient
    self.memory = memory
  }

  func run() {
    memory.mean.update(from: mean, count: channels)
    BatchNorm.foldRunning(
      variance: variance, channels: channels,
      BatchNorm.Parameters(gamma: gamma, beta: beta, epsilon: epsilon),
      inverseDeviation: isForGradient ? memory.inverseDeviation : nil,
      scale: memory.scale, shift: memory.shift)
  }
}

/// Applies one or two normalizations, an addition and ReLU in one sweep.
package struct NormalizeWork {
  let x: UnsafePointer<Float>
  let memory: NormalizationMemory

  /// The other operand: normalized where there is memory for it, else added as it is.
  let other: UnsafePointer<Float>?
  let otherMemory: NormalizationMemory?
  let rows: Int
  let channels: Int
  let span: Int
  let relu: Bool
  let y: UnsafeMutablePointer<Float>
  let scratch: Scratch

  /// The work on this memory, which a plan owns.
  package init(
    x: UnsafePointer<Float>, memory: NormalizationMemory, other: UnsafePointer<Float>?,
    otherMemory: NormalizationMemory?, rows: Int, channels: Int, span: Int = 1, relu: Bool,
    y: UnsafeMutablePointer<Float>, scratch: Scratch
  ) {
    self.x = x
    self.memory = memory
    self.other = other
    self.otherMemory = otherMemory
    self.rows = rows
    self.channels = channels
    self.span = span
    self.relu = relu
    self.y = y
    self.scratch = scratch
  }

  func run(_ part: Part) {
    let range = part.range(of: rows, unit: span)
    let offset = range.lowerBound &* channels
    if let other, let otherMemory {
      BatchNorm.applyAddingNormalized(
        x + offset, by: memory.factors, second: other + offset, by: otherMemory.factors,
        rows: range.count, channels: channels, span: span, relu: relu, into: y + offset,
        scratch: scratch.of(part))
    } else if let other {
      BatchNorm.applyAdding(
        x + offset, by: memory.factors, residual: other + offset,
        rows: range.count, channels: channels, span: span, relu: relu, into: y + offset,
        scratch: scratch.of(part))
    } else {
      BatchNorm.apply(
        x + offset, by: memory.factors, rows: range.count,
        channels: channels, span: span, relu: relu, into: y + offset, scratch: scratch.of(part))
    }
  }
}

/// The sums over this part's rows that gradients of a normalization need.
package struct GradientSumsWork {
  let x: UnsafePointer<Float>

  /// The output, where a ReLU ended it.
  let y: UnsafePointer<Float>?
  let dy: UnsafePointer<Float>
  let mean: UnsafePointer<Float>
  let rows: Int
  let channels: Int
  let span: Int

  /// Two rows of channels for each part.
  let partials: UnsafeMutablePointer<Float>
  let scratch: Scratch

  /// The work on this memory, which a plan owns.
  package init(
    x: UnsafePointer<Float>, y: UnsafePointer<Float>?, dy: UnsafePointer<Float>,
    mean: UnsafePointer<Float>, rows: Int, channels: Int, span: Int = 1,
    partials: UnsafeMutablePointer<Float>, scratch: Scratch
  ) {
    self.x = x
    self.y = y
    self.dy = dy
    self.mean = mean
    self.rows = rows
    self.channels = channels
    self.span = span
    self.partials = partials
    self.scratch = scratch
  }

  func run(_ part: Part) {
    let range = part.range(of: rows, unit: span)
    let offset = range.lowerBound &* channels
    BatchNorm.gradientSums(
      x + offset, y: y.map { $0 + offset }, dy: dy + offset, mean: mean, rows: range.count,
      channels: channels, span: span, into: partials + part.index &* channels &* 2,
      scratch: scratch.of(part))
  }
}

/// Joins the parts' sums into gradients of gamma and beta and coefficients of the input's gradient.
package struct FinishGradientsWork {
  let partials: UnsafeMutablePointer<Float>
  let parts: Int
  let rows: Int
  let channels: Int
  let gamma: UnsafePointer<Float>?
  let memory: NormalizationMemory

  /// Whether mean and deviation depend on the batch, so that gradients flow through them.
  let usesBatchStatistics: Bool
  let gammaGradient: UnsafeMutablePointer<Float>?
  let betaGradient: UnsafeMutablePointer<Float>?

  /// Three rows of channels.
  let coefficients: UnsafeMutablePointer<Float>

  /// The work on this memory, which a plan owns.
  package init(
    partials: UnsafeMutablePointer<Float>, parts: Int, rows: Int, channels: Int,
    gamma: UnsafePointer<Float>?, memory: NormalizationMemory, usesBatchStatistics: Bool,
    gammaGradient: UnsafeMutablePointer<Float>?, betaGradient: UnsafeMutablePointer<Float>?,
    coefficients: UnsafeMutablePointer<Float>
  ) {
    self.partials = partials
    self.parts = parts
    self.rows = rows
    self.channels = channels
    self.gamma = gamma
    self.memory = memory
    self.usesBatchStatistics = usesBatchStatistics
    self.gammaGradient = gammaGradient
    self.betaGradient = betaGradient
    self.coefficients = coefficients
  }

  func run() {
    BatchNorm.mergeSums(partials, parts: parts, count: channels &* 2)
    BatchNorm.finishGradients(
      partials, rows: rows, channels: channels, gamma: gamma,
      meanRest: usesBatchStatistics ? memory.meanRest : nil,
      inverseDeviation: memory.inverseDeviation, batchStatistics: usesBatchStatistics,
      gammaGradient: gammaGradient,
      betaGradient: betaGradient, coefficients: coefficients)
  }
}

/// The input gradients of a normalization, or of a sum of two.
package struct NormalizationGradientWork {
  /// Where the gradient of a plain operand goes.
  package enum Residual {
    case none
    case write(UnsafeMutablePointer<Float>)
    case add(UnsafeMutablePointer<Float>)
  }

  let x: UnsafePointer<Float>
  let y: UnsafePointer<Float>?
  let dy: UnsafePointer<Float>
  let mean: UnsafePointer<Float>
  let coefficients: UnsafePointer<Float>
  let rows: Int
  let channels: Int
  let span: Int
  let dx: UnsafeMutablePointer<Float>
  let accumulate: Bool
  let residual: Residual

  /// The operands and the gradient of another normalization in the same sum.
  package struct Second {
    let x: UnsafePointer<Float>
    let mean: UnsafePointer<Float>
    let coefficients: UnsafePointer<Float>
    let dx: UnsafeMutablePointer<Float>

    /// The other normalization of a sum.
    package init(
      x: UnsafePointer<Float>, mean: UnsafePointer<Float>, coefficients: UnsafePointer<Float>,
      dx: UnsafeMutablePointer<Float>
    ) {
      self.x = x
      self.mean = mean
      self.coefficients = coefficients
      self.dx = dx
    }
  }

  var second: Second?
  let scratch: Scratch

  /// The work on this memory, which a plan owns.
  package init(
    x: UnsafePointer<Float>, y: UnsafePointer<Float>?, dy: UnsafePointer<Float>,
    mean: UnsafePointer<Float>, coefficients: UnsafePointer<Float>, rows: Int, channels: Int,
    span: Int = 1, dx: UnsafeMutablePointer<Float>, accumulate: Bool, residual: Residual,
    second: Second? = nil, scratch: Scratch
  ) {
    self.x = x
    self.y = y
    self.dy = dy
    self.mean = mean
    self.coefficients = coefficients
    self.rows = rows
    self.channels = channels
    self.span = span
    self.dx = dx
    self.accumulate = accumulate
    self.residual = residual
    self.second = second
    self.scratch = scratch
  }

  func run(_ part: Part) {
    let range = part.range(of: rows, unit: span)
    let offset = range.lowerBound &* channels
    if let second {
      BatchNorm.applyGradientPair(
        x + offset, second: second.x + offset, y: y.map { $0 + offset }, dy: dy + offset,
        mean: mean, coefficients: coefficients, mean2: second.mean,
        coefficients2: second.coefficients, rows: range.count, channels: channels,
        span: span, into: dx + offset, second: second.dx + offset,
        scratch: scratch.of(part))
      return
    }
    let target: BatchNorm.ResidualGradient =
      switch residual {
      case .none: .none
      case .write(let pointer): .write(pointer + offset)
      case .add(let pointer): .add(pointer + offset)
      }
    BatchNorm.applyGradient(
      x + offset, y: y.map { $0 + offset }, dy: dy + offset, mean: mean,
      coefficients: coefficients, rows: range.count, channels: channels, span: span,
      into: dx + offset, accumulate: accumulate,
      residual: target, scratch: scratch.of(part))
  }
}
