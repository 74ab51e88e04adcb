/// Batch normalization over activations `[rows, channels]` (Ioffe and Szegedy, 2015).
///
/// Work over rows comes in range forms: give each thread its rows (pointers moved by the caller) and
/// its own scratch, then combine the partial results in order of the parts. A fixed partition gives
/// the same bits. Training forward: `statistics` per part, `mergeStatistics`, `finishStatistics`,
/// then one of the `apply` forms per part. Backward: `gradientSums` per part, `mergeSums`,
/// `finishGradients`, then `applyGradient` per part.
///
/// Where channels come first, `[examples, channels, span]`, rows are examples times positions still; `span` is 1 where
/// they come last.
package enum BatchNorm {
  /// Floats of scratch that each thread needs for any kernel here.
  package static func scratchCount(channels: Int, span: Int = 1) -> Int {
    ChannelPeriod(channels: channels, span: span).lanes &* 8
  }

  /// What a training step does to the running variance.
  package enum VarianceEstimate: Sendable {
    /// The mean square deviation, as in Gluon.
    case biased
    /// That times rows / (rows − 1), as in PyTorch.
    case unbiased
  }

  /// What a layer learns, one value per channel each; absent gamma is 1, absent beta 0.
  package struct Parameters {
    let gamma: UnsafePointer<Float>?
    let beta: UnsafePointer<Float>?
    let epsilon: Float

    /// Joins what a normalization is scaled and shifted by, and what is added to its variance.
    package init(gamma: UnsafePointer<Float>?, beta: UnsafePointer<Float>?, epsilon: Float) {
      self.gamma = gamma
      self.beta = beta
      self.epsilon = epsilon
    }
  }

  /// Running statistics, one value per channel each: running = momentum · running + (1 − momentum) · batch.
  package struct Running {
    let mean: UnsafeMutablePointer<Float>
    let variance: UnsafeMutablePointer<Float>
    let momentum: Float
    let estimate: VarianceEstimate

    /// Joins running statistics and how a step moves them.
    package init(
      mean: UnsafeMutablePointer<Float>, variance: UnsafeMutablePointer<Float>, momentum: Float,
      estimate: VarianceEstimate = .biased
    ) {
      self.mean = mean
      self.variance = variance
      self.momentum = momentum
      self.estimate = estimate
    }
  }

  /// What the other kernels read, one value per channel each.
  package struct Results {
    let mean: UnsafeMutablePointer<Float>

    /// What is left of the mean beyond its rounding.
    let meanRest: UnsafeMutablePointer<Float>

    /// 1/√(variance + epsilon).
    let inverseDeviation: UnsafeMutablePointer<Float>

    /// With y = (x − mean)·scale + shift.
    let scale: UnsafeMutablePointer<Float>
    let shift: UnsafeMutablePointer<Float>

    /// Joins the memory that results go to.
    package init(
      mean: UnsafeMutablePointer<Float>, meanRest: UnsafeMutablePointer<Float>,
      inverseDeviation: UnsafeMutablePointer<Float>, scale: UnsafeMutablePointer<Float>,
      shift: UnsafeMutablePointer<Float>
    ) {
      self.mean = mean
      self.meanRest = meanRest
      self.inverseDeviation = inverseDeviation
      self.scale = scale
      self.shift = shift
    }
  }

  /// Turns merged statistics of some rows into what the other kernels read, and moves running statistics where
  /// they are given.
  package static func finishStatistics(
    _ partial: UnsafePointer<Float>, rows: Int, channels: Int, _ parameters: Parameters,
    running: Running?, into results: Results
  ) {
    let (mean, meanRest) = (results.mean, results.meanRest)
    let (scale, shift) = (results.scale, results.shift)
    let rests = partial + channels
    let deviations = partial + channels &* 2
    let share = 1 / Float(rows)
    for channel in 0..<channels {
      let average = partial[channel] + rests[channel]
      let rest = (partial[channel] - average) + rests[channel]
      let inverse = 1 / (deviations[channel] * share + parameters.epsilon).squareRoot()
      mean[channel] = average
      meanRest[channel] = rest
      results.inverseDeviation[channel] = inverse
      scale[channel] = inverse
      shift[channel] = -rest * inverse
    }
    affine(parameters.gamma, parameters.beta, channels: channels, scale: scale, shift: shift)
    guard let running else { return }
    let unbiased = running.estimate == .unbiased && rows > 1
    let runningShare = unbiased ? 1 / Float(rows - 1) : share
    let novelty = 1 - running.momentum
    for channel in 0..<channels {
      running.mean[channel] = running.momentum * running.mean[channel] + novelty * mean[channel]
      running.variance[channel] =
        running.momentum * running.variance[channel] + novelty
        * (deviations[channel] * runningShare)
    }
  }

  /// Folds running statistics and the affine parameters into y = (x − mean)·scale + shift.
  ///
  /// `inverseDeviation`, where wanted, is what a backward pass through fixed statistics needs.
  package static func foldRunning(
    variance: UnsafePointer<Float>, channels: Int, _ parameters: Parameters,
    inverseDeviation: UnsafeMutablePointer<Float>?,
    scale: UnsafeMutablePointer<Float>, shift: UnsafeMutablePointer<Float>
  ) {
    for channel in 0..<channels {
      let inverse = 1 / (variance[channel] + parameters.epsilon).squareRoot()
      scale[channel] = inverse
      shift[channel] = 0
    }
    inverseDeviation?.update(from: scale, count: channels)
    affine(parameters.gamma, parameters.beta, channels: channels, scale: scale, shift: shift)
  }

  /// Applies gamma and beta to a scale and shift that standardise.
  private static func affine(
    _ gamma: UnsafePointer<Float>?, _ beta: UnsafePointer<Float>?, channels: Int,
    scale: UnsafeMutablePointer<Float>, shift: UnsafeMutablePointer<Float>
  ) {
    if let gamma {
      for channel in 0..<channels {
        scale[channel] *= gamma[channel]
        shift[channel] *= gamma[channel]
      }
    }
    if let beta {
      for channel in 0..<channels { shift[channel] += beta[channel] }
    }
  }
}
