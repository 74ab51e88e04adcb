#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// How the learning rate changes during a run, as PyTorch's schedulers of the same names have it.
///
/// A pure function of place and length, but for what `plateau` remembers.
package struct Schedule: Hashable, Sendable {
  /// The form of the curve; t is the place and T the length, both without the warm-up.
  package enum Curve: Hashable, Sendable {
    case constant

    /// floor + (base − floor)·(1 + cos(π·t/T))/2.
    case cosine

    /// base·gamma^⌊place/every⌋.
    case step(every: Int, gamma: Double)

    /// base·gamma once for each place that is reached; they ascend.
    case milestones([Int], gamma: Double)

    /// floor + (base − floor)·(1 − t/T)^power.
    case polynomial(power: Double)

    /// base·gammaᵗ.
    case exponential(gamma: Double)

    /// Up from base/divisor to base by a cosine, then down to base/(divisor·finalDivisor) (Smith and Topin 2017).
    case oneCycle(rise: Double, divisor: Double, finalDivisor: Double)

    /// Less each time a loss stays as it is for long.
    case plateau(Plateau)
  }

  /// What places are counted in.
  package enum Unit: String, CaseIterable, Hashable, Sendable {
    case epochs
    case steps
  }

  package var curve: Curve

  /// The rate that cosine and polynomial end at, and that plateau does not go below.
  package var floor: Double

  /// Places that lead up to the curve in even steps.
  package var warmup: Int
  package var unit: Unit

  /// A curve; without a floor, warm-up or other unit it is plain.
  package init(
    _ curve: Curve = .constant, floor: Double = 0, warmup: Int = 0, unit: Unit = .epochs
  ) {
    self.curve = curve
    self.floor = floor
    self.warmup = warmup
    self.unit = unit
  }

  /// The rate that does not change.
  package static let constant = Schedule()

  /// Whether the rate never changes.
  package var isConstant: Bool { curve == .constant && warmup == 0 }

  /// Whether the curve depends on how long the run is.
  package var needsLength: Bool {
    switch curve {
    case .cosine, .polynomial, .oneCycle: true
    case .constant, .step, .milestones, .exponential, .plateau: false
    }
  }

  /// The rate at a place, counted from 0, of a run of a length.
  ///
  /// - Parameter share: What plateau has left of the rate.
  package func rate(base: Double, at place: Int, of length: Int, share: Double = 1) -> Double {
    if place < warmup {
      let first = curveRate(base: base, at: warmup, of: length, share: share)
      return first * Double(place + 1) / Double(warmup + 1)
    }
    return curveRate(base: base, at: place, of: length, share: share)
  }

  private func curveRate(base: Double, at place: Int, of length: Int, share: Double) -> Double {
    let total = max(length - warmup, 1)
    let passed = min(max(place - warmup, 0), total)
    let part = Double(passed) / Double(total)
    switch curve {
    case .constant: return base
    case .cosine: return floor + (base - floor) * (1 + cos(Double.pi * part)) / 2
    case .step(let every, let gamma): return base * pow(gamma, Double(place / max(every, 1)))
    case .milestones(let places, let gamma):
      return base * pow(gamma, Double(places.count { $0 <= place }))
    case .polynomial(let power): return floor + (base - floor) * pow(1 - part, power)
    case .exponential(let gamma): return base * pow(gamma, Double(place - warmup))
    case .oneCycle(let rise, let divisor, let finalDivisor):
      let peak = rise * Double(total) - 1
      let last = Double(total - 1)
      let at = min(Double(passed), last)
      let start = base / divisor
      if at <= peak { return Self.anneal(from: start, to: base, peak > 0 ? at / peak : 1) }
      let share = last > peak ? (at - peak) / (last - peak) : 1
      return Self.anneal(from: base, to: start / finalDivisor, share)
    case .plateau: return max(base * share, min(floor, base))
    }
  }

  private static func anneal(from start: Double, to end: Double, _ part: Double) -> Double {
    end + (start - end) / 2 * (1 + cos(Double.pi * part))
  }
}

extension Schedule.Curve {
  /// As it is typed.
  package var name: String {
    switch self {
    case .constant: "constant"
    case .cosine: "cosine"
    case .step, .milestones: "step"
    case .polynomial: "poly"
    case .exponential: "exponential"
    case .oneCycle: "onecycle"
    case .plateau: "plateau"
    }
  }
}

/// When the rate is made smaller because a loss does not fall any more, as PyTorch's `ReduceLROnPlateau`.
package struct Plateau: Hashable, Sendable {
  /// Whether the test loss is looked at, not the training loss.
  package var looksAtTest: Bool
  package var patience: Int
  package var factor: Double

  /// The share of the best loss that a loss must be below it to be better.
  package var threshold: Double

  /// Epochs after a change that do not count.
  package var cooldown: Int

  /// PyTorch's defaults.
  package init(
    looksAtTest: Bool = false, patience: Int = 10, factor: Double = 0.1, threshold: Double = 1e-4,
    cooldown: Int = 0
  ) {
    self.looksAtTest = looksAtTest
    self.patience = patience
    self.factor = factor
    self.threshold = threshold
    self.cooldown = cooldown
  }
}
