import Engine
import Language
import Training

/// The condition behind `until`, asked while a run goes on.
///
/// `loss(plain)` asks about a network by its name. What names none, such as `loss`, is asked about each network
/// that still learns, and must hold for all.
struct StoppingCondition: Sendable {
  private let condition: Condition
  private let loss: Loss
  private let hasTest: Bool
  private let networks: [String]
  private let data: Dataset

  init(_ condition: Condition, networks: [String], data: Dataset, recipe: Recipe) {
    self.condition = condition
    self.networks = networks
    self.data = data
    loss = recipe.loss(for: data)
    hasTest = data.test != nil
  }

  /// Asks once for all of it with numbers made up, so that a mistyped name is found before the run.
  ///
  /// - Parameter names: the networks as they are typed behind `train`, with a blank; none for the current one.
  /// - Returns: The parts of which metrics are asked.
  func check(_ length: RunRequest.Length, names: String) throws -> Set<DataPart> {
    var measured: Set<DataPart> = []
    let known = provider(nil, among: [])
    let noting = FactProvider(names: known.names) { query in
      if let metric = Metric(rawValue: query.name) {
        measured.insert(try MetricQuestion(metric, query, of: data, loss: loss).part)
        try checkEpochs(query, length, names)
      }
      return try known.resolve(query)
    }
    try condition.askAll(noting)
    _ = try condition.holds(known)
    return measured
  }

  /// Refuses metrics in a run that is measured in steps.
  private func checkEpochs(
    _ query: FactProvider.Query, _ length: RunRequest.Length, _ names: String
  ) throws(Diagnostic) {
    guard case .steps = length else { return }
    throw Diagnostic(
      .state, "\(query.name) is measured after each epoch, and a run of steps counts none",
      at: query.range, offers: ["train \(names)10 until \(condition.text)"])
  }

  /// Whether it holds; what cannot be answered yet does not.
  func holds(_ facts: [RunFacts]) -> Bool {
    facts.filter(\.isLearning).allSatisfy {
      (try? condition.holds(provider($0, among: facts))) ?? false
    }
  }

  private func provider(_ asked: RunFacts?, among all: [RunFacts]) -> FactProvider {
    let names = ["loss", "accuracy", "epochs", "steps"] + Metric.allCases.map(\.rawValue)
    return FactProvider(names: names) { query in
      let name = query.arguments.first?.text
      let isNamed = name.map { networks.contains($0) } ?? false
      let facts = isNamed ? all.first { $0.network == name } : asked
      switch query.name {
      case "epochs": return .integer(facts?.epochs ?? 1)
      case "steps": return .integer(facts?.steps ?? 1)
      case "loss":
        return .real((try isAboutTest(query) ? facts?.testLoss : facts?.loss) ?? .infinity)
      case "accuracy":
        if !loss.hasAccuracy {
          throw Diagnostic(
            .state, "accuracy needs classes and a loss that compares them", at: query.range,
            offers: ["loss cross_entropy"])
        }
        return .real((try isAboutTest(query) ? facts?.testAccuracy : facts?.accuracy) ?? 0)
      default: return try Metric(rawValue: query.name).map { try value(of: $0, query, asked) }
      }
    }
  }

  /// A metric as it was after the last epoch; what was not measured has no value that holds.
  private func value(of metric: Metric, _ query: FactProvider.Query, _ facts: RunFacts?) throws
    -> Value
  {
    let question = try MetricQuestion(metric, query, of: data, loss: loss)
    guard let facts else { return .real(0) }
    let value = facts.metrics[question.part]?.value(of: metric, class: question.label)
    return value.map { .real($0) } ?? .none
  }

  /// Whether the test part is asked about, not the training part.
  private func isAboutTest(_ query: FactProvider.Query) throws -> Bool {
    guard let argument = query.arguments.first else { return false }
    switch argument.text {
    case "train", "net": return false
    case "test" where hasTest: return true
    case let name where networks.contains(name): return false
    case "test":
      throw Diagnostic(
        .state, "the data has no test part", at: argument.range, offers: ["split 0.8"])
    default:
      throw Diagnostic(
        .argument,
        "until knows \(query.name)(train), \(query.name)(test) and "
          + "\(OngoingRun.joined(networks.map { "\(query.name)(\($0))" })), found \(argument.text)",
        at: argument.range,
        replacement: DidYouMean.nearest(argument.text, among: networks) ?? "train")
    }
  }
}
