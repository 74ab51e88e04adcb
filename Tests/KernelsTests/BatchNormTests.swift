import Kernels
import Testing

/// Batch normalization against plain loops in double precision.
@Suite struct BatchNormTests {
  /// One layer with random operands and everything its kernels write.
  final class Layer {
    let rows: Int
    let channels: Int
    let x: Floats
    let gamma: Floats
    let beta: Floats
    let partial: Floats
    let mean: Floats
    let meanRest: Floats
    let inverse: Floats
    let scale: Floats
    let shift: Floats
    let scratch: Floats
    let epsilon: Float = 1e-5

    init(_ rows: Int, _ channels: Int, seed: UInt64, offset: Float = 0) {
      self.rows = rows
      self.channels = channels
      x = Floats(rows * channels, seed: seed, low: offset - 2, high: offset + 3)
      gamma = Floats(channels, seed: seed + 1, low: 0.5, high: 1.5)
      beta = Floats(channels, seed: seed + 2)
      partial = Floats(3 * channels)
      mean = Floats(channels)
      meanRest = Floats(channels)
      inverse = Floats(channels)
      scale = Floats(channels)
      shift = Floats(channels)
      scratch = Floats(BatchNorm.scratchCount(channels: channels))
    }

    func finish(
      affine: Bool = true, estimate: BatchNorm.VarianceEstimate = .biased,
      running: (mean: UnsafeMutablePointer<Float>, variance: UnsafeMutablePointer<Float>)? = nil
    ) {
      BatchNorm.finishStatistics(
        partial.constant, rows: rows, channels: channels,
        BatchNorm.Parameters(
          gamma: affine ? gamma.constant : nil, beta: affine ? beta.constant : nil, epsilon: epsilon
        ),
        running: running.map {
          BatchNorm.Running(
            mean: $0.mean, variance: $0.variance, momentum: 0.9, estimate: estimate)
        },
        into: BatchNorm.Results(
          mean: mean.pointer, meanRest: meanRest.pointer, inverseDeviation: inverse.pointer,
          scale: scale.pointer, shift: shift.pointer))
    }

    var factors: BatchNorm.Factors {
      BatchNorm.Factors(mean: mean.constant, scale: scale.constant, shift: shift.constant)
    }

    func prepare() {
      BatchNorm.statistics(
        x.constant, rows: rows, channels: channels, into: partial.pointer,
        scratch: scratch.pointer)
      finish()
    }

    /// Means and sums of squared deviations of merged or partial statistics.
    func joined(_ partial: Floats) -> Floats {
      let floats = partial.floats
      let means = (0..<channels).map { floats[$0] + floats[channels + $0] }
      return Floats(means + floats[channels * 2..<channels * 3])
    }

    /// Mean and biased variance of each channel.
    func moments() -> (mean: [Double], variance: [Double]) {
      let values = x.doubles
      var mean = [Double](repeating: 0, count: channels)
      var variance = mean
      for row in 0..<rows {
        for channel in 0..<channels { mean[channel] += values[row * channels + channel] }
      }
      for channel in 0..<channels { mean[channel] /= Double(rows) }
      for row in 0..<rows {
        for channel in 0..<channels {
          let d = values[row * channels + channel] - mean[channel]
          variance[channel] += d * d / Double(rows)
        }
      }
      return (mean, variance)
    }

    func normalized() -> [Double] {
      let (mean, variance) = moments()
      return (0..<rows * channels).map { index in
        let c = index % channels
        let d = Double(x[index]) - mean[c]
        let unit = d / (variance[c] + Double(epsilon)).squareRoot()
        return unit * Double(gamma[c]) + Double(beta[c])
      }
    }
  }

  @Test(arguments: shapes)
  func statistics(rows: Int, channels: Int) {
    let layer = Layer(rows, channels, seed: 1)
    layer.prepare()
    let (mean, variance) = layer.moments()
    expectClose(
      layer.joined(layer.partial), mean + variance.map { $0 * Double(rows) }, "statistics")
    expectClose(layer.mean, mean, "mean")
    let inverse = variance.map { 1 / ($0 + Double(layer.epsilon)).squareRoot() }
    expectClose(layer.inverse, inverse, "inverse deviation")
    #expect(layer.scratch.isIntact)
  }

  @Test func statisticsFarFromZeroKeepTheirVariance() {
    let layer = Layer(3000, 10, seed: 3, offset: 4096)
    layer.prepare()
    let (mean, variance) = layer.moments()
    expectClose(
      layer.joined(layer.partial), mean + variance.map { $0 * 3000 }, tolerance: 1e-6,
      "far statistics")
  }

  @Test(arguments: [(1000, 10), (64, 64), (17, 3), (3, 100)])
  func mergedRangesEqualTheWhole(rows: Int, channels: Int) {
    let layer = Layer(rows, channels, seed: 4)
    layer.prepare()
    let parts = [rows / 3, 0, rows / 2 - rows / 3, rows - rows / 2]
    let partials = Floats(parts.count * 3 * channels)
    var start = 0
    for (part, count) in parts.enumerated() {
      BatchNorm.statistics(
        layer.x.constant + start * channels, rows: count, channels: channels,
        into: partials.pointer + part * 3 * channels, scratch: layer.scratch.pointer)
      start += count
    }
    BatchNorm.mergeStatistics(
      partials.pointer, rows: parts, parts: parts.count, channels: channels)
    expectClose(
      layer.joined(partials), layer.joined(layer.partial).doubles, "merged")
  }

  @Test(arguments: [BatchNorm.VarianceEstimate.biased, .unbiased])
  func runningStatistics(estimate: BatchNorm.VarianceEstimate) {
    let layer = Layer(9, 5, seed: 5)
    let runningMean = Floats(5, fill: 2)
    let runningVariance = Floats(5, fill: 3)
    layer.prepare()
    layer.finish(
      estimate: estimate, running: (runningMean.pointer, runningVariance.pointer))
    let (mean, variance) = layer.moments()
    let factor = estimate == .unbiased ? 9.0 / 8 : 1
    expectClose(runningMean, mean.map { 0.9 * 2 + 0.1 * $0 }, "running mean")
    expectClose(runningVariance, variance.map { 0.9 * 3 + 0.1 * $0 * factor }, "running variance")
  }

  @Test func withoutGammaAndBetaTheOutputIsStandardised() {
    let layer = Layer(50, 6, seed: 6)
    layer.prepare()
    layer.finish(affine: false)
    let (mean, variance) = layer.moments()
    let inverse = variance.map { 1 / ($0 + Double(layer.epsilon)).squareRoot() }
    expectClose(layer.scale, inverse, "scale")
    expectClose(layer.mean, mean, "mean")
    expectClose(layer.shift, mean.map { _ in 0 }, "shift")
  }

  @Test(arguments: shapes)
  func forwardForms(rows: Int, channels: Int) {
    let layer = Layer(rows, channels, seed: 7)
    let other = Layer(rows, channels, seed: 8)
    layer.prepare()
    other.prepare()
    let one = layer.normalized()
    let two = other.normalized()
    let residual = other.x.doubles
    // Of very few rows the deviation may be tiny, and its inverse enlarges every rounding.
    let tolerance = rows > 2 ? 2e-5 : 2e-3
    for relu in [false, true] {
      let bent: (Double) -> Double = { relu ? max($0, 0) : $0 }
      let y = Floats(rows * channels)
      BatchNorm.apply(
        layer.x.constant, by: layer.factors, rows: rows, channels: channels, relu: relu,
        into: y.pointer, scratch: layer.scratch.pointer)
      expectClose(y, one.map(bent), tolerance: tolerance, "plain")
      BatchNorm.applyAdding(
        layer.x.constant, by: layer.factors, residual: other.x.constant, rows: rows,
        channels: channels, relu: relu, into: y.pointer,
        scratch: layer.scratch.pointer)
      expectClose(y, zip(one, residual).map { bent($0 + $1) }, tolerance: tolerance, "residual")
      BatchNorm.applyAddingNormalized(
        layer.x.constant, by: layer.factors, second: other.x.constant, by: other.factors,
        rows: rows, channels: channels, relu: relu, into: y.pointer,
        scratch: layer.scratch.pointer)
      expectClose(y, zip(one, two).map { bent($0 + $1) }, tolerance: tolerance, "pair")
    }
    #expect(layer.scratch.isIntact)
  }

  @Test func inferenceFoldsRunningStatistics() {
    let variance = Floats([4, 0.25, 1])
    let gamma = Floats([2, 1, 3])
    let beta = Floats([0.5, 0, -1])
    let inverse = Floats(3)
    let scale = Floats(3)
    let shift = Floats(3)
    BatchNorm.foldRunning(
      variance: variance.constant, channels: 3,
      BatchNorm.Parameters(gamma: gamma.constant, beta: beta.constant, epsilon: 0),
      inverseDeviation: inverse.pointer, scale: scale.pointer,
      shift: shift.pointer)
    #expect(inverse.floats == [0.5, 2, 1])
    #expect(scale.floats == [1, 2, 3])
    #expect(shift.floats == [0.5, 0, -1])
  }

  @Test(arguments: shapes)
  func backwardForms(rows: Int, channels: Int) {
    let layer = Layer(rows, channels, seed: 9)
    layer.prepare()
    let count = rows * channels
    let y = Floats(count, seed: 10)
    let dy = Floats(count, seed: 11)
    let (mean, variance) = layer.moments()
    for masked in [false, true] {
      let d = (0..<count).map { masked && !(y[$0] > 0) ? 0 : Double(dy[$0]) }
      var sums = [Double](repeating: 0, count: channels)
      var products = sums
      for i in 0..<count {
        sums[i % channels] += d[i]
        products[i % channels] += d[i] * (Double(layer.x[i]) - mean[i % channels])
      }
      let inverse = variance.map { 1 / ($0 + Double(layer.epsilon)).squareRoot() }
      let dx = (0..<count).map { i in
        let c = i % channels
        let unit = (Double(layer.x[i]) - mean[c]) * inverse[c]
        let centred = d[i] - sums[c] / Double(rows) - unit * products[c] * inverse[c] / Double(rows)
        return Double(layer.gamma[c]) * inverse[c] * centred
      }
      let gate = masked ? y.constant : nil
      let partial = Floats(2 * channels)
      BatchNorm.gradientSums(
        layer.x.constant, y: gate, dy: dy.constant, mean: layer.mean.constant, rows: rows,
        channels: channels, into: partial.pointer, scratch: layer.scratch.pointer)
      expectClose(partial, sums + products, tolerance: 3e-5, "sums")
      let dgamma = Floats(channels, fill: 1)
      let dbeta = Floats(channels, fill: 2)
      let coefficients = Floats(3 * channels)
      BatchNorm.finishGradients(
        partial.constant, rows: rows, channels: channels, gamma: layer.gamma.constant,
        meanRest: layer.meanRest.constant, inverseDeviation: layer.inverse.constant,
        gammaGradient: dgamma.pointer, betaGradient: dbeta.pointer, accumulate: true,
        coefficients: coefficients.pointer)
      expectClose(dbeta, sums.map { $0 + 2 }, tolerance: 3e-5, "beta")
      if rows > 1 {
        let expected = zip(products, inverse).map { $0 * $1 + 1 }
        expectClose(dgamma, expected, tolerance: 1e-4, "gamma")
      }
      let tolerance = rows > 2 ? 1e-4 : 0.05
      for accumulate in [false, true] {
        for residual in 0..<3 {
          let target = Floats(count, fill: 1)
          let r = Floats(count, fill: 3)
          let form: BatchNorm.ResidualGradient =
            residual == 0 ? .none : residual == 1 ? .write(r.pointer) : .add(r.pointer)
          BatchNorm.applyGradient(
            layer.x.constant, y: gate, dy: dy.constant, mean: layer.mean.constant,
            coefficients: coefficients.constant, rows: rows, channels: channels,
            into: target.pointer, accumulate: accumulate,
            residual: form, scratch: layer.scratch.pointer)
          expectClose(target, dx.map { accumulate ? $0 + 1 : $0 }, tolerance: tolerance, "dx")
          let expected = d.map { residual == 0 ? 3 : residual == 1 ? $0 : $0 + 3 }
          expectClose(r, expected, "residual")
        }
      }
      let one = Floats(count)
      let two = dy.copy()
      BatchNorm.applyGradientPair(
        layer.x.constant, second: layer.x.constant, y: gate, dy: two.constant,
        mean: layer.mean.constant, coefficients: coefficients.constant,
        mean2: layer.mean.constant, coefficients2: coefficients.constant, rows: rows,
        channels: channels, into: one.pointer, second: two.pointer,
        scratch: layer.scratch.pointer)
      expectClose(one, dx, tolerance: tolerance, "first of pair")
      expectClose(two, dx, tolerance: tolerance, "second of pair, in place")
    }
    #expect(layer.scratch.isIntact)
  }

  @Test func inputGradientAgreesWithDifferences() {
    let layer = Layer(6, 3, seed: 12)
    let weights = Floats(18, seed: 13)
    let y = Floats(18)
    func loss() -> Double {
      layer.prepare()
      BatchNorm.apply(
        layer.x.constant, by: layer.factors, rows: 6, channels: 3, relu: true, into: y.pointer,
        scratch: layer.scratch.pointer)
      return Elementwise.dot(y.constant, weights.constant, count: 18)
    }
    _ = loss()
    let partial = Floats(6)
    BatchNorm.gradientSums(
      layer.x.constant, y: y.constant, dy: weights.constant, mean: layer.mean.constant, rows: 6,
      channels: 3, into: partial.pointer, scratch: layer.scratch.pointer)
    let dgamma = Floats(3)
    let dbeta = Floats(3)
    let coefficients = Floats(9)
    BatchNorm.finishGradients(
      partial.constant, rows: 6, channels: 3, gamma: layer.gamma.constant,
      meanRest: layer.meanRest.constant, inverseDeviation: layer.inverse.constant,
      gammaGradient: dgamma.pointer, betaGradient: dbeta.pointer,
      coefficients: coefficients.pointer)
    let dx = Floats(18)
    BatchNorm.applyGradient(
      layer.x.constant, y: y.constant, dy: weights.constant, mean: layer.mean.constant,
      coefficients: coefficients.constant, rows: 6, channels: 3, into: dx.pointer,
      scratch: layer.scratch.pointer)
    expectGradient(dx.doubles, of: layer.x, "input", loss: loss)
    expectGradient(dgamma.doubles, of: layer.gamma, "gamma", loss: loss)
    expectGradient(dbeta.doubles, of: layer.beta, "beta", loss: loss)
  }

  @Test func fixedStatisticsPassTheGradientScaled() {
    let sums = Floats([1, 2])
    let coefficients = Floats(3)
    BatchNorm.finishGradients(
      sums.constant, rows: 4, channels: 1, gamma: Floats([3]).constant,
      meanRest: nil, inverseDeviation: Floats([0.5]).constant,
      batchStatistics: false, gammaGradient: nil, betaGradient: nil,
      coefficients: coefficients.pointer)
    #expect(coefficients.floats.map(abs) == [1.5, 0, 0])
  }

  @Test func partsOfGradientSumsAdd() {
    let partials = Floats([1, 2, 10, 20, 100, 200])
    BatchNorm.mergeSums(partials.pointer, parts: 3, count: 2)
    #expect(Array(partials.floats.prefix(2)) == [111, 222])
  }
}
