import Engine
import Training

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The range test of learning rates (Smith 2015): the loss of steps whose rate rises by the same factor each.
struct RateRange: Sendable {
  /// A step: its rate, its loss, and the running mean of the losses up to it.
  struct Point: Sendable {
    let rate: Double
    let loss: Double
    let smoothed: Double
  }

  private(set) var points: [Point] = []

  /// The rate at which the loss became no number, or far larger than it was at its least and at first.
  private(set) var end: Double?

  /// Whether time ran out.
  private(set) var isCutShort = false

  /// The share of the running mean that a step leaves, and how far the mean may rise above its least value.
  private static let (memory, mostRise) = (0.9, 3.0)
  private static let openingSteps = 10

  /// Takes steps of a copy.
  ///
  /// - Throws: `EngineError`, `interrupted` among it.
  init(
    _ copy: NetworkCopy, from first: Double, to last: Double, steps: Int,
    within time: TrialTime
  ) throws(EngineError) {
    let factor = pow(last / first, 1 / Double(max(1, steps - 1)))
    var (mean, weight, least) = (0.0, 0.0, Double.infinity)
    // The losses of single batches at the smallest rates: a network that has learned differs much among them.
    var opening = 0.0
    for step in 0..<steps {
      if time.isUp {
        isCutShort = true
        return
      }
      let rate = first * pow(factor, Double(step))
      let result = try copy.step(rate: rate)
      guard result.isFinite else {
        end = rate
        return
      }
      mean = Self.memory * mean + (1 - Self.memory) * result.loss
      weight = Self.memory * weight + (1 - Self.memory)
      let smoothed = mean / weight
      points.append(Point(rate: rate, loss: result.loss, smoothed: smoothed))
      least = min(least, smoothed)
      if step < Self.openingSteps { opening = max(opening, result.loss) }
      if step >= Self.openingSteps, smoothed > Self.mostRise * max(least, opening, 1e-12) {
        end = rate
        return
      }
    }
  }

  /// The point at which the smoothed loss is least.
  var least: Point? { points.min { $0.smoothed < $1.smoothed } }

  /// The rate at which the smoothed loss falls fastest over the logarithm of the rate, up to its least point; nothing
  /// where no rate lowered the loss by more than batches differ.
  var steepest: Double? {
    guard let least, let (level, noise) = beginning,
      least.smoothed < level - max(0.05 * level, 3 * noise)
    else { return nil }
    let falling = points.prefix { $0.rate <= least.rate }
    let reach = max(1, points.count / 25)
    var best: (rate: Double, fall: Double)?
    for place in falling.indices {
      let (low, high) = (max(0, place - reach), min(falling.count - 1, place + reach))
      guard high > low else { continue }
      let fall =
        (falling[low].smoothed - falling[high].smoothed)
        / log(falling[high].rate / falling[low].rate)
      if fall > best?.fall ?? 0 { best = (falling[place].rate, fall) }
    }
    return best?.rate
  }

  /// The mean loss of the first quarter of the steps, whose rates are smallest, and how far the smoothed loss is off by
  /// the differences between batches.
  private var beginning: (level: Double, noise: Double)? {
    let losses = points.prefix(max(4, points.count / 4)).map(\.loss)
    guard losses.count > 1 else { return nil }
    let level = losses.reduce(0, +) / Double(losses.count)
    let squares = zip(losses, losses.dropFirst()).reduce(0) { sum, pair in
      sum + (pair.1 - pair.0) * (pair.1 - pair.0)
    }
    let variance = squares / Double(2 * (losses.count - 1))
    return (level, (variance * (1 - Self.memory) / (1 + Self.memory)).squareRoot())
  }

  /// A tenth of the rate of the least loss, or the steepest rate where that is smaller, in one digit; nothing where no
  /// rate lowered the loss.
  var suggested: Double? {
    guard let steepest, let least else { return nil }
    return Double(Numbers.significant(min(steepest, least.rate / 10), digits: 1))
  }
}
