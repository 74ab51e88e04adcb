import Engine
import Networks
import Training

/// What was seen of a network, its data, its recipe and its last run, on a copy.
struct Observation: Sendable {
  let request: RunRequest

  /// The layers in the order of execution.
  let layers: [ObservedLayer]

  /// The training examples that were looked at.
  let count: Int

  /// Their loss as a step computes it, and as `evaluate` does.
  let loss: Double
  let evaluated: StepResult

  /// The loss on test examples, as many at most.
  let tested: StepResult?

  /// Steps that were taken on a copy as things are.
  let baseline: TrialCurve

  /// The loss as `evaluate` computes it after those steps.
  let baselineEvaluated: Double?
  let inputs: InputFigures
  let labels: LabelFigures?

  /// The run that led to the weights, over or going on.
  let lastRun: RunTrace?

  /// Residual blocks whose sums grow, as a pattern.
  let bareResiduals: String?

  var network: Network { request.network }
  var recipe: Recipe { request.recipe }
  var rate: Double { recipe.optimizer.learningRate }

  /// The loss as it is compared.
  var kind: Loss { recipe.loss(for: request.data) }

  /// Whether losses are those of scores of classes, without weights that change them.
  var comparesPlainClasses: Bool { kind.comparesClasses && recipe.classWeights == .even }

  /// Whether the network has not learned anything yet.
  var isFresh: Bool { request.learned.steps == 0 }

  /// The command that draws the weights anew as they were.
  var initialization: String { "init \(SchemeTable.text(of: recipe.scheme))" }

  /// The command that sets another learning rate and keeps the curve.
  func command(rate: Double) -> String {
    ScheduleTable.command(rate: rate, keeping: recipe.schedule)
  }

  /// A rate times a power of ten, without the dust of binary fractions.
  func rate(times factor: Double) -> Double {
    Double(Numbers.significant(rate * factor, digits: 6)) ?? rate * factor
  }
}
