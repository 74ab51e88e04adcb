import Training

/// The learning rates of a run as a line of bars.
struct RateCurve {
  private let plan: RatePlan
  private let length: Int
  private let isAssumed: Bool

  /// The rates of a run; without a length, of one that shows the curve's form.
  init(_ plan: RatePlan, length: Int?) {
    self.plan = plan
    isAssumed = length == nil
    self.length = min(max(1, length ?? Self.form(of: plan.schedule)), 1 << 53)
  }

  private static let columns = 20

  /// A length that shows the form of a curve.
  private static func form(of schedule: Schedule) -> Int {
    let warmup = schedule.warmup
    let (length, overflows) =
      switch schedule.curve {
      case .constant, .plateau: warmup.multipliedReportingOverflow(by: 2)
      case .cosine, .polynomial, .oneCycle: max(100, warmup).multipliedReportingOverflow(by: 2)
      case .step(let every, _): max(every, warmup).multipliedReportingOverflow(by: 4)
      case .milestones(let places, _):
        max(places.last ?? 1, warmup).multipliedReportingOverflow(by: 2)
      case .exponential: max(50, warmup).multipliedReportingOverflow(by: 2)
      }
    return overflows ? .max : length
  }

  /// `0.1 ▇▆▅▄▃▂▁ 0.001 over 30 epochs`; nothing where there is no curve to see.
  func line(_ glyphs: Glyphs) -> StyledText? {
    if plan.schedule.isConstant { return nil }
    if case .plateau(let plateau) = plan.schedule.curve, plan.schedule.warmup == 0 || isAssumed {
      let part = plateau.looksAtTest ? "test" : "train"
      let text =
        "  times \(Numbers.typed(plateau.factor)) when the \(part) loss has not fallen for more than "
        + Numbers.count(plateau.patience, "epoch")
      return StyledText(text, .dim)
    }
    let columns = min(Self.columns, length)
    let steps = (whole: Double(length - 1), parts: Double(max(1, columns - 1)))
    let rates = (0..<columns).map { rate(at: Int(steps.whole * Double($0) / steps.parts)) }
    let heights = glyphs.heights
    let greatest = rates.max() ?? 0
    let bars = rates.map { rate in
      let height = greatest > 0 ? rate / greatest * Double(heights.count - 1) : 0
      return heights[min(max(1, Int(height.rounded())), heights.count - 1)]
    }
    let unit = plan.schedule.unit == .epochs ? "epoch" : "step"
    let (first, last) = (rates.first ?? 0, rates.last ?? 0)
    var text = "  \(Numbers.significant(first, digits: 3)) \(String(bars)) "
    text += Numbers.significant(last, digits: 3)
    text += " over \(isAssumed ? "a run of " : "")\(Numbers.count(length, unit))"
    return StyledText(text, .dim)
  }

  private func rate(at place: Int) -> Double {
    plan.schedule.rate(base: plan.base, at: place, of: length)
  }
}
