/// Batch normalization over activations `[rows, channels]` (Ioffe and Szegedy, 2015).
///
/// Work over rows comes in range forms: give each thread its rows (pointers moved by the caller) and
/// its own scratch, then combine the partial results in order of the parts. A fixed partition gives
/// the same bits. Training forward: `statistics` per part, `mergeStatistics`, `finishStatistics`,
/// then one of the `apply` forms per part. Backward: `gradientSums` per part, `mergeSums`,
/// `finishGradients`, then `applyGradient` per part.
package enum BatchNorm {
  /// Floats of scratch that each thread needs for any kernel here.
  package static func scratchCount(channels: Int) -> Int {
    ChannelPeriod(channels: channels).lanes &* 8
  }

  /// What a training step does to the running variance.
  package enum VarianceEstimate: Sendable {
    /// The mean square deviation, as in Gluon.
    case biased
    /// That times rows / (rows − 1), as in PyTorch.
    case unbiased
  }

  /// Turns merged statistics into what the other kernels read.
  ///
  /// Writes the batch `mean`, what is left of it beyond its rounding to `meanRest`, `inverseDeviation` =
  /// 1/√(variance + epsilon), and `scale` and `shift` with y = (x − mean)·scale + shift. Where running statistics are given,
  /// running = momentum · running + (1 − momentum) · batch. Absent gamma is 1, absent beta 0.
  package static func finishStatistics(
    _ partial: UnsafePointer<Float>, rows: Int, channels: Int,
    gamma: UnsafePointer<Float>?, beta: UnsafePointer<Float>?, epsilon: Float,
    momentum: Float, runningVariance estimate: VarianceEstimate,
    running: (mean: UnsafeMutablePointer<Float>, variance: UnsafeMutablePointer<Float>)?,
    mean: UnsafeMutablePointer<Float>, meanRest: UnsafeMutablePointer<Float>,
    inverseDeviation: UnsafeMutablePointer<Float>,
    scale: UnsafeMutablePointer<Float>, shift: UnsafeMutablePointer<Float>
  ) {
    let rests = partial + channels
    let deviations = partial + channels &* 2
    let share = 1 / Float(rows)
    for channel in 0..<channels {
      let average = partial[channel] + rests[channel]
      let rest = (partial[channel] - average) + rests[channel]
      let inverse = 1 / (deviations[channel] * share + epsilon).squareRoot()
      mean[channel] = average
      meanRest[channel] = rest
      inverseDeviation[channel] = inverse
      scale[channel] = inverse
      shift[channel] = -rest * inverse
    }
    affine(gamma, beta, channels: channels, scale: scale, shift: shift)
    guard let running else { return }
    let unbiased = estimate == .unbiased && rows > 1
    let runningShare = unbiased ? 1 / Float(rows - 1) : share
    let novelty = 1 - momentum
    for channel in 0..<channels {
      running.mean[channel] = momentum * running.mean[channel] + novelty * mean[channel]
      running.variance[channel] =
        momentum * running.variance[channel] + novelty * (deviations[channel] * runningShare)
    }
  }

  /// Folds running statistics and the affine parameters into y = (x − mean)·scale + shift.
  ///
  /// `inverseDeviation`, where wanted, is what a backward pass through fixed statistics needs.
  package static func foldRunning(
    variance: UnsafePointer<Float>, channels: Int, gamma: UnsafePointer<Float>?,
    beta: UnsafePointer<Float>?,
    epsilon: Float, inverseDeviation: UnsafeMutablePointer<Float>?,
    scale: UnsafeMutablePointer<Float>, shift: UnsafeMutablePointer<Float>
  ) {
    for channel in 0..<channels {
      let inverse = 1 / (variance[channel] + epsilon).squareRoot()
      scale[channel] = inverse
      shift[channel] = 0
    }
    inverseDeviation?.update(from: scale, count: channels)
    affine(gamma, beta, channels: channels, scale: scale, shift: shift)
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
