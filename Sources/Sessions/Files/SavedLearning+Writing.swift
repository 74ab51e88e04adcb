import Engine
import Interchange
import Networks
import Training

/// How what a network needs to learn on stands in a file: tensors under `resume/`, and texts beside them.
extension SavedLearning {
  /// The tensors, named by what they are and the paths of their parameters: `resume/moment0/conv1.weight`.
  func tensors(of network: Network) -> [NamedTensor] {
    stores.flatMap { store in
      NetworkFile.tensors(of: network, store.values).map {
        NamedTensor(name: "\(WeightMatch.resumePrefix)\(store.word)/\($0.name)", tensor: $0.tensor)
      }
    }
  }

  /// The texts.
  func metadata(of network: Network) -> [String: String] {
    var texts = [Key.recipe: Self.lines(of: recipe).joined(separator: "\n")]
    if !dataCommands.isEmpty { texts[Key.data] = dataCommands.joined(separator: "\n") }
    if !optimizerState.updates.isEmpty {
      texts[Key.updates] = Self.updates(of: optimizerState, network)
    }
    if let curve { texts.merge(curve.metadata) { _, new in new } }
    guard let run else { return texts }
    let (point, place) = (run.point, run.point.place)
    texts[Key.command] = run.command
    texts[Key.networks] = run.names.joined(separator: " ")
    texts[Key.fingerprint] = run.fingerprint.text
    texts[Key.isRunning] = run.isRunning ? "yes" : "no"
    texts[Key.place] = FieldText.line([
      "steps": place.steps, "epochs": place.epochs, "epoch": place.epoch, "batch": place.batch,
      "size": place.batching.size, "accumulate": place.batching.accumulation,
      "mixup": place.batching.mixup, "first": place.firstStep, "threads": point.threads,
    ])
    let plateau = point.rates.plateau
    texts[Key.rates] = FieldText.line([
      "steps": point.rates.steps, "epochs": point.rates.epochs, "share": plateau.share,
      "best": plateau.best, "waits": plateau.waits, "cooldown": plateau.cooldown,
    ])
    texts[Key.epoch] = FieldText.line([
      "losses": point.sum.losses, "correct": point.sum.correct,
      "answers": point.sum.answers, "count": point.sum.count,
      "steps": point.sum.steps, "smoothed": point.smoothed,
    ])
    texts[Key.memory] = FieldText.line([
      "average": point.memory.average?.count, "gathered": point.memory.gathered?.count,
    ])
    if let best = point.best {
      texts[Key.best] = FieldText.line([
        "waits": best.waits, "measure": best.best?.measure.rawValue, "value": best.best?.value,
        "epoch": best.best?.epoch,
      ])
    }
    if let raw = point.raw { texts[Key.rawUpdates] = Self.updates(of: raw.optimizerState, network) }
    return texts
  }

  /// The names of the texts.
  enum Key {
    static let recipe = "resume.recipe"
    static let data = "resume.data"
    static let updates = "resume.updates"
    static let rawUpdates = "resume.rawupdates"
    static let command = "resume.command"
    static let networks = "resume.networks"
    static let fingerprint = "resume.fingerprint"
    static let isRunning = "resume.running"
    static let place = "resume.place"
    static let rates = "resume.rates"
    static let epoch = "resume.epoch"
    static let memory = "resume.memory"
    static let best = "resume.best"
  }

  /// The commands that make a recipe, the scheme of first weights among them.
  private static func lines(of recipe: Recipe) -> [String] {
    RecipeText.lines(of: recipe) + ["init \(SchemeTable.text(of: recipe.scheme))"]
  }

  /// The commands that may stand in a recipe.
  static let recipeVerbs = Set(
    lines(of: Recipe()).compactMap { $0.split(separator: " ").first.map(String.init) })

  /// The updates of each parameter: `120`, or with those that have others, `120 conv4.weight=7`.
  private static func updates(of state: OptimizerState, _ network: Network) -> String {
    let counts = network.parameters.filter(\.isLearnable).map {
      (path: $0.path, count: state.updates[$0.key] ?? 0)
    }
    let usual = counts.first?.count ?? 0
    let others = counts.filter { $0.count != usual }.map { " \($0.path)=\($0.count)" }
    return "\(usual)" + others.joined()
  }
}
