import Language
import Records

/// The condition behind `where`, asked of each run.
struct RunFilter {
  private let condition: Condition

  private static let names = [
    "run", "loss", "accuracy", "test", "epochs", "steps", "time", "params",
  ]

  /// A condition, asked once with numbers made up, so that a mistyped name is found.
  ///
  /// - Throws: A diagnostic of what the condition cannot ask.
  init(_ condition: Condition) throws {
    self.condition = condition
    _ = try condition.holds(Self.provider(nil))
  }

  /// Whether it holds; it does not where it asks for a figure that the run does not have.
  func holds(_ run: RunRecord) -> Bool { (try? condition.holds(Self.provider(run))) ?? false }

  private static func provider(_ run: RunRecord?) -> FactProvider {
    FactProvider(names: names) { query in
      switch query.name {
      case "run": .integer(Int(run?.id ?? 1))
      case "epochs": .integer(run?.epochs ?? 1)
      case "steps": .integer(run?.steps ?? 1)
      case "params": .integer(run?.parameters ?? 1)
      case "time": .real(run?.seconds ?? 1)
      case "test": run.map { RunFigure.test.value(of: $0).map { .real($0) } ?? .none } ?? .real(1)
      case "loss": try value(isAboutTest(query) ? \.testLoss : \.loss, of: run)
      case "accuracy": try value(isAboutTest(query) ? \.testAccuracy : \.accuracy, of: run)
      default: nil
      }
    }
  }

  private static func value(_ figure: KeyPath<RunRecord, Double?>, of run: RunRecord?) -> Value {
    guard let run else { return .real(1) }
    return run[keyPath: figure].map { .real($0) } ?? .none
  }

  private static func isAboutTest(_ query: FactProvider.Query) throws(Diagnostic) -> Bool {
    guard let argument = query.arguments.first, argument.text != "train" else { return false }
    if argument.text == "test" { return true }
    throw Diagnostic(
      .argument,
      "where knows \(query.name)(train) and \(query.name)(test), found \(argument.text)",
      at: argument.range, replacement: DidYouMean.nearest(argument.text, among: ["train", "test"]))
  }
}
