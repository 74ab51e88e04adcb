import Engine
import Networks
import Training

/// The loss of new weights beside that of guessing.
struct FirstLoss: Sendable {
  private let loss: Double
  private let count: Int
  private let labels: LabelFigures?
  private let scheme: String

  /// Looks at some training examples.
  init(_ copy: NetworkCopy, examples: Int) throws(EngineError) {
    let rows = copy.sample(examples)
    loss = try copy.trainingLoss(on: rows).loss
    count = rows.count
    let request = copy.request
    scheme = SchemeTable.text(of: request.recipe.scheme)
    let isPlain =
      request.recipe.loss(for: request.data).comparesClasses && request.recipe.classWeights == .even
    labels = isPlain ? LabelFigures(request.data.train) : nil
  }

  /// Fine where it is at most twice that of guessing, which equal scores have.
  var result: CheckResult {
    var isFine = loss.isFinite
    var guess = ""
    if let labels {
      isFine = isFine && loss < 2 * labels.even + 0.1
      guess = "; guessing is ln \(labels.names.count) = \(Numbers.loss(labels.even))"
    }
    return CheckResult(
      name: "first loss", verdict: isFine ? .fine : .wrong,
      text:
        "\(Numbers.loss(loss)) on \(Numbers.count(count, "example")) by new weights, init \(scheme)\(guess)",
      figures: ["loss": .number(loss), "guess": .optional(labels?.even)])
  }
}
