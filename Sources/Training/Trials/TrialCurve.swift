import Engine

/// The losses of some steps that were tried on a copy of a network.
package struct TrialCurve: Hashable, Sendable {
  /// The loss of each step before its update, finite ones only.
  package private(set) var losses: [Double] = []

  /// Where the loss became no number: its step, counted from 1, and the first block whose output was none.
  package private(set) var fault: Fault?

  /// Whether time ran out before all steps were taken.
  package private(set) var isCutShort = false

  /// A loss that is no number, and where it came from.
  package struct Fault: Hashable, Sendable {
    package let step: Int
    package let loss: Double
    package let path: String?
  }

  /// Takes steps of a copy, as far as time allows.
  ///
  /// - Throws: `EngineError`, `interrupted` among it.
  package init(
    _ copy: NetworkCopy, steps: Int, within time: TrialTime,
    rate: (_ step: Int) -> Double? = { _ in nil }
  ) throws(EngineError) {
    for step in 0..<steps {
      if time.isUp {
        isCutShort = true
        return
      }
      let result = try copy.step(rate: rate(step))
      guard result.isFinite else {
        fault = Fault(step: step + 1, loss: result.loss, path: copy.firstNonFinite())
        return
      }
      losses.append(result.loss)
    }
  }

  /// The mean of the first and last fifth of the losses, of five at least; nothing where there is none.
  package var start: Double? { mean(losses.prefix(part)) }
  package var end: Double? { fault == nil ? mean(losses.suffix(part)) : nil }

  private var part: Int { max(5, losses.count / 5) }

  private func mean(_ part: ArraySlice<Double>) -> Double? {
    part.isEmpty ? nil : part.reduce(0, +) / Double(part.count)
  }
}
