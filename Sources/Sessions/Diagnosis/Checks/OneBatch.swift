import Engine
import Networks
import Training

/// One batch learned by heart, with new weights.
struct OneBatch: Sendable {
  private let count: Int
  private let first: Double
  private var last: Double
  private var accuracy: Double?
  private var steps = 0
  private var isCutShort = false
  private var isLearned = false

  private static let (mostSteps, mostExamples) = (300, 32)

  /// Takes steps on the same examples until their loss is a twentieth of what it was.
  init(_ copy: NetworkCopy, within time: TrialTime) throws(EngineError) {
    let request = copy.request
    let rows = copy.sample(min(request.recipe.batchSize, Self.mostExamples))
    count = rows.count
    first = try copy.trainingLoss(on: rows).loss
    last = first
    let hasAccuracy = request.recipe.loss(for: request.data).hasAccuracy
    let rate = request.recipe.optimizer.learningRate
    while steps < Self.mostSteps, last.isFinite {
      if last <= 0.05 * first {
        isLearned = true
        return
      }
      if time.isUp {
        isCutShort = true
        return
      }
      let result = try copy.step(on: rows, rate: rate)
      steps += 1
      last = result.loss
      accuracy = hasAccuracy ? result.accuracy : nil
    }
  }

  /// Fine where the loss fell to a twentieth, or every answer is right; wrong where it hardly fell.
  var result: CheckResult {
    let isFine = isLearned || accuracy == 1
    let shares = accuracy.map { ", accuracy \(Numbers.percent($0))" } ?? ""
    let time = isCutShort && !isFine ? "; time ran out" : ""
    let hardlyFell = !(last < 0.95 * first)
    return CheckResult(
      name: "one batch", verdict: isFine ? .fine : isCutShort || !hardlyFell ? .open : .wrong,
      text:
        "\(Numbers.count(count, "example")) by heart\(isFine ? "" : ", not yet"): loss \(Numbers.loss(first)) → "
        + "\(Numbers.loss(last)) in \(Numbers.count(steps, "step"))\(shares)\(time)",
      figures: [
        "examples": .integer(count), "first": .number(first), "last": .number(last),
        "steps": .integer(steps), "accuracy": .optional(accuracy),
      ])
  }
}
