import Sessions

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The scale of a chart's upright axis: a range, and where its readable numbers stand.
package struct Axis: Hashable, Sendable {
  /// How values are spread over the rows.
  package enum Scale: Hashable, Sendable {
    case linear
    case logarithmic
  }

  /// A number beside the axis.
  package struct Tick: Hashable, Sendable {
    package let value: Double
    package let label: String
  }

  package let scale: Scale
  package let lower: Double
  package let upper: Double
  package let ticks: [Tick]

  /// The share of the axis below a value: 0 at its foot, 1 at its head.
  package func position(_ value: Double) -> Double {
    switch scale {
    case .linear: (value - lower) / (upper - lower)
    case .logarithmic: (log10(value) - log10(lower)) / (log10(upper) - log10(lower))
    }
  }

  /// An axis over at least the given range, with at most `count` numbers, widened to round numbers.
  package init(
    scale: Scale, from least: Double, to greatest: Double, count: Int, isPercent: Bool = false
  ) {
    let count = max(2, count)
    if scale == .logarithmic, least > 0 {
      self = Self.logarithmic(least, max(greatest, least), count)
    } else {
      self = Self.linear(least, max(greatest, least), count, isPercent: isPercent)
    }
  }

  private init(scale: Scale, lower: Double, upper: Double, ticks: [Tick]) {
    self.scale = scale
    self.lower = lower
    self.upper = upper
    self.ticks = ticks
  }

  private static func linear(
    _ least: Double, _ greatest: Double, _ count: Int, isPercent: Bool
  ) -> Axis {
    var (least, greatest) = (least, greatest)
    let smallestSpan = max(abs(least), abs(greatest)) * 1e-6
    if greatest - least <= smallestSpan {
      let room = greatest == 0 ? 1 : abs(greatest) * 0.5
      (least, greatest) = (min(least, max(0, least - room)), greatest + room)
    }
    if least > 0, least < 0.35 * greatest { least = 0 }
    let step = roundStep(atLeast: (greatest - least) / Double(count - 1))
    let part = step / 4
    let lower = (least / part + 1e-9).rounded(.down) * part
    let upper = max((greatest / part - 1e-9).rounded(.up) * part, lower + step)
    let first = (lower / step - 1e-9).rounded(.up)
    var ticks: [Tick] = []
    var index = 0
    while (first + Double(index)) * step <= upper + step * 1e-6, index < 100 {
      let value = (first + Double(index)) * step
      ticks.append(Tick(value: value, label: label(value, step: step, isPercent: isPercent)))
      index += 1
    }
    return Axis(scale: .linear, lower: lower, upper: upper, ticks: ticks)
  }

  private static func logarithmic(_ least: Double, _ greatest: Double, _ count: Int) -> Axis {
    let parts: [Double] = [1, 2, 5]
    func value(_ index: Int) -> Double {
      let decade = Int((Double(index) / 3).rounded(.down))
      return parts[index - 3 * decade] * pow(10, Double(decade))
    }
    var first = Int((log10(least) * 3).rounded(.down)) - 2
    while value(first + 1) <= least * (1 + 1e-9) { first += 1 }
    var last = first + 1
    while value(last) < greatest * (1 - 1e-9), last < first + 3 * 600 { last += 1 }
    var stride = 1
    while (last - first) / stride + 1 > count { stride = stride == 1 ? 3 : stride + 3 }
    var ticks: [Tick] = []
    for index in first...last where stride == 1 || index.isMultiple(of: stride) {
      ticks.append(Tick(value: value(index), label: logarithmicLabel(value(index))))
    }
    return Axis(scale: .logarithmic, lower: value(first), upper: value(last), ticks: ticks)
  }

  /// The least of 1, 2, 2.5, 5 times a power of ten that is no smaller than asked.
  static func roundStep(atLeast step: Double) -> Double {
    guard step > 0, step.isFinite else { return 1 }
    let power = pow(10, log10(step).rounded(.down))
    for factor in [1, 2, 2.5, 5, 10] where factor * power >= step * (1 - 1e-9) {
      return factor * power
    }
    return 10 * power
  }

  private static func label(_ value: Double, step: Double, isPercent: Bool) -> String {
    let (value, step) = isPercent ? (value * 100, step * 100) : (value, step)
    if max(abs(value), step) >= 1e5 || step < 1e-4 {
      let digits = Int(log10(max(abs(value) / step, 1)).rounded(.down)) + 2
      return Numbers.significant(value, digits: min(digits, 9))
    }
    var decimals = 0
    var scaled = step
    while decimals < 5, abs(scaled - scaled.rounded()) > 1e-6 * scaled {
      scaled *= 10
      decimals += 1
    }
    return Numbers.fixed(value, decimals: decimals) + (isPercent ? "%" : "")
  }

  private static func logarithmicLabel(_ value: Double) -> String {
    Numbers.significant(value, digits: 1)
  }
}
