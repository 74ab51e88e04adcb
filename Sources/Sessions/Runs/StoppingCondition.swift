import Language
import Training

/// The condition behind `until`, asked while a run goes on.
///
/// `loss(plain)` asks about a network by its name. What names none, such as `loss`, is asked about each network
/// that still learns, and must hold for all.
struct StoppingCondition: Sendable {
  private let condition: Condition
  private let hasClasses: Bool
  private let hasTest: Bool
  private let networks: [String]

  init(_ condition: Condition, networks: [String], data: Dataset, recipe: Recipe) {
    self.condition = condition
    self.networks = networks
    hasClasses = (recipe.loss ?? data.naturalLoss).comparesClasses
    hasTest = data.test != nil
  }

  /// Asks once with numbers made up, so that a mistyped name is found before the run.
  func check() throws {
    _ = try condition.holds(provider(nil, among: []))
  }

  /// Whether it holds; what cannot be answered yet does not.
  func holds(_ facts: [RunFacts]) -> Bool {
    facts.filter(\.isLearning).allSatisfy {
      (try? condition.holds(provider($0, among: facts))) ?? false
    }
  }

  private func provider(_ asked: RunFacts?, among all: [RunFacts]) -> FactProvider {
    FactProvider(names: ["loss", "accuracy", "epochs", "steps"]) { query in
      let name = query.arguments.first?.text
      let isNamed = name.map { networks.contains($0) } ?? false
      let facts = isNamed ? all.first { $0.network == name } : asked
      switch query.name {
      case "epochs": return .integer(facts?.epochs ?? 1)
      case "steps": return .integer(facts?.steps ?? 1)
      case "loss":
        return .real((try isAboutTest(query) ? facts?.testLoss : facts?.loss) ?? .infinity)
      case "accuracy":
        if !hasClasses {
          throw Diagnostic(
            .state, "accuracy needs classes and a loss that compares them", at: query.range,
            offers: ["loss cross_entropy"])
        }
        return .real((try isAboutTest(query) ? facts?.testAccuracy : facts?.accuracy) ?? 0)
      default: return nil
      }
    }
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
