/// The axes of a picture of curves: the ranges shown and round numbers in them.
struct PlotFrame {
  let steps: ClosedRange<Double>
  let values: ClosedRange<Double>
  let stepTicks: [Double]
  let valueTicks: [Double]
  private let isPercent: Bool

  /// Axes that hold all finite points; the highest hundredth of training values may leave them.
  init(_ curves: [CurvePicture.Curve], isPercent: Bool) {
    self.isPercent = isPercent
    var all: [Double] = []
    var last = 1.0
    for curve in curves {
      let training = curve.training.map(\.value).filter(\.isFinite).sorted()
      all += training.prefix(max(1, training.count * 99 / 100))
      all += curve.test.map(\.value).filter(\.isFinite)
      for point in curve.training + curve.test { last = max(last, Double(point.step)) }
    }
    let greatest = isPercent ? 1 : max(all.max() ?? 1, 1e-12)
    let least = min(0, all.min() ?? 0)
    let valueStep = Self.round((greatest - least) / 5)
    let low = (least / valueStep).rounded(.down) * valueStep
    let high = (greatest / valueStep).rounded(.up) * valueStep
    values = low...max(high, low + valueStep)
    valueTicks = Self.ticks(values, valueStep)
    steps = 0...last
    stepTicks = Self.ticks(steps, max(1, Self.round(last / 6)))
  }

  private static func ticks(_ range: ClosedRange<Double>, _ step: Double) -> [Double] {
    let count = Int(((range.upperBound - range.lowerBound) / step + 1e-9).rounded(.down))
    return (0...max(0, min(count, 20))).map { range.lowerBound + Double($0) * step }
  }

  /// The next of 1, 2 and 5 times a power of ten.
  private static func round(_ value: Double) -> Double {
    guard value.isFinite, value > 0 else { return 1 }
    var power = 1.0
    while power * 10 <= value { power *= 10 }
    while power > value { power /= 10 }
    return [1, 2, 5, 10].first { $0 * power >= value * (1 - 1e-9) }.map { $0 * power } ?? power
  }

  func share(ofStep step: Double) -> Double {
    (step - steps.lowerBound) / (steps.upperBound - steps.lowerBound)
  }

  func share(ofValue value: Double) -> Double {
    (value - values.lowerBound) / (values.upperBound - values.lowerBound)
  }

  func label(ofValue value: Double) -> String {
    isPercent ? Self.short(value * 100) + " %" : Self.short(value)
  }

  /// A round number in few characters: `0.25`, `1500`, `20k`, `3M`.
  static func short(_ value: Double) -> String {
    for (unit, size) in [("M", 1e6), ("k", 1e3)] where abs(value) >= size * 10 {
      return plain(value / size) + unit
    }
    return plain(value)
  }

  private static func plain(_ value: Double) -> String {
    let rounded = (value * 1e4).rounded() / 1e4
    if rounded == rounded.rounded(), abs(rounded) < 1e15 { return "\(Int(rounded))" }
    return "\(rounded)"
  }
}
