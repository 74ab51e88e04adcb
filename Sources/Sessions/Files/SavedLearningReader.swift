import Engine
import Interchange
import Language
import Networks
import Training

/// Reads from a file what a network needs to learn on.
struct SavedLearningReader {
  let file: WeightFile
  let network: Network

  /// Reads the commands of a recipe.
  let readRecipe: (_ lines: String) throws -> Recipe

  /// What is wrong with what a file keeps.
  enum Misfit: Error {
    /// A text that is not one that `save` writes.
    case text(key: String)

    /// A tensor that the texts speak of and that is not there, has another shape, or values that are no numbers.
    case tensor(String)
  }

  private typealias Key = SavedLearning.Key

  /// What the file keeps; nothing where it keeps none of it.
  ///
  /// - Throws: `Misfit`, `FileError`, or the diagnostic of a recipe.
  func read() throws -> SavedLearning? {
    guard let recipe = file.metadata[Key.recipe] else { return nil }
    var learning = SavedLearning(
      optimizerState: OptimizerState(), recipe: try readRecipe(recipe),
      dataCommands: lines(Key.data))
    learning.optimizerState = try optimizerState("moment", Key.updates, learning.recipe)
    if file.metadata[Key.command] != nil { learning.run = try run(learning.recipe) }
    return learning
  }

  private func lines(_ key: String) -> [String] {
    (file.metadata[key] ?? "").split(separator: "\n").map(String.init)
  }

  private func run(_ recipe: Recipe) throws -> SavedLearning.Run {
    var point = RunPoint()
    point.recipe = recipe
    try readPlace(into: &point)
    try readRates(into: &point)
    try readEpoch(into: &point)
    try readMemory(into: &point)
    point.best = try best()
    if file.metadata[Key.rawUpdates] != nil {
      point.raw = (try values("raw"), try optimizerState("rawmoment", Key.rawUpdates, recipe))
    }
    let names = (file.metadata[Key.networks] ?? "").split(separator: " ").map(String.init)
    let command = file.metadata[Key.command] ?? ""
    if names.isEmpty || Set(names).count < names.count { throw Misfit.text(key: Key.networks) }
    if command.contains(where: \.isNewline) { throw Misfit.text(key: Key.command) }
    return SavedLearning.Run(
      point: point, names: names, command: command,
      fingerprint: Fingerprint(file.metadata[Key.fingerprint] ?? ""),
      isRunning: file.metadata[Key.isRunning] == "yes")
  }

  // MARK: Texts

  private func fields(_ key: String) throws -> FieldText {
    guard let fields = FieldText(file.metadata[key] ?? "") else { throw Misfit.text(key: key) }
    return fields
  }

  private func readPlace(into point: inout RunPoint) throws {
    let text = try fields(Key.place)
    guard let steps = text.count("steps"), let epochs = text.count("epochs"),
      let epoch = text.count("epoch"), let batch = text.count("batch"),
      let size = text.count("size"), size > 0,
      let accumulation = text.count("accumulate"), accumulation > 0,
      let mixup = text.number("mixup"), mixup >= 0, mixup.isFinite,
      let first = text.count("first"), let threads = text.count("threads"),
      (1...256).contains(threads), steps >= batch || epochs == 0
    else { throw Misfit.text(key: Key.place) }
    point.place.steps = steps
    point.place.epochs = epochs
    point.place.epoch = epoch
    point.place.batch = batch
    point.place.batching = Batching(size: size, accumulation: accumulation, mixup: mixup)
    point.place.firstStep = first
    point.threads = threads
  }

  private func readRates(into point: inout RunPoint) throws {
    let text = try fields(Key.rates)
    guard let steps = text.count("steps"), let epochs = text.count("epochs"),
      let share = text.number("share"), let best = text.number("best"),
      let waits = text.count("waits"), let cooldown = text.count("cooldown"), share.isFinite
    else { throw Misfit.text(key: Key.rates) }
    (point.rates.steps, point.rates.epochs) = (steps, epochs)
    (point.rates.plateau.share, point.rates.plateau.best) = (share, best)
    (point.rates.plateau.waits, point.rates.plateau.cooldown) = (waits, cooldown)
  }

  private func readEpoch(into point: inout RunPoint) throws {
    let text = try fields(Key.epoch)
    guard let losses = text.number("losses"), let correct = text.count("correct"),
      let answers = text.count("answers"), let count = text.count("count"),
      let steps = text.count("steps")
    else { throw Misfit.text(key: Key.epoch) }
    (point.sum.losses, point.sum.correct, point.sum.answers) = (losses, correct, answers)
    (point.sum.count, point.sum.steps) = (count, steps)
    point.smoothed = text.number("smoothed")
  }

  private func readMemory(into point: inout RunPoint) throws {
    let text = try fields(Key.memory)
    if let count = text.count("average") {
      point.memory.average = StepMemory.Copies(
        values: try values("average", ofLearnable: true), count: count)
    }
    if let count = text.count("gathered") {
      point.memory.gathered = StepMemory.Copies(
        values: try values("gathered", ofLearnable: true), count: count)
    }
  }

  private func best() throws -> BestMemory? {
    guard file.metadata[Key.best] != nil else { return nil }
    let text = try fields(Key.best)
    guard let waits = text.count("waits") else { throw Misfit.text(key: Key.best) }
    var memory = BestMemory()
    memory.waits = waits
    if let measure = Watch.Measure(rawValue: text.word("measure")) {
      guard let value = text.number("value"), let epoch = text.count("epoch") else {
        throw Misfit.text(key: Key.best)
      }
      memory.best = BestEpoch(measure: measure, value: value, epoch: epoch)
    }
    if has("best") { memory.parameters = try values("best") }
    return memory
  }

  // MARK: Tensors

  private func optimizerState(_ word: String, _ key: String, _ recipe: Recipe) throws
    -> OptimizerState
  {
    var state = OptimizerState()
    guard let text = file.metadata[key] else { return state }
    state.optimizer = recipe.optimizer
    state.updates = try updates(text, key)
    while has("\(word)\(state.moments.count)") {
      state.moments.append(try moments("\(word)\(state.moments.count)", state.updates))
    }
    return state
  }

  private func updates(_ text: String, _ key: String) throws -> [ParameterKey: Int] {
    let parts = text.split(separator: " ", maxSplits: 1).map(String.init)
    guard let first = parts.first, let usual = Int(first), (0...SavedLearning.most).contains(usual),
      let others = FieldText(parts.dropFirst().first ?? "")
    else { throw Misfit.text(key: key) }
    var updates: [ParameterKey: Int] = [:]
    for parameter in network.parameters where parameter.isLearnable {
      updates[parameter.key] = others.count(parameter.path) ?? usual
    }
    return updates
  }

  private func has(_ word: String) -> Bool {
    let start = "\(WeightMatch.resumePrefix)\(word)/"
    return file.arrays.arrays.contains { $0.name.hasPrefix(start) }
  }

  /// Values of all parameters, or of those that are learned.
  private func values(_ word: String, ofLearnable: Bool = false) throws -> ParameterStore {
    var store = ParameterStore()
    for parameter in network.parameters where parameter.isLearnable || !ofLearnable {
      guard let tensor = try tensor(word, parameter) else {
        throw Misfit.tensor(name(word, parameter))
      }
      store[parameter.key] = tensor
    }
    return store
  }

  /// A moment, which parameters that never were updated may not have.
  private func moments(_ word: String, _ updates: [ParameterKey: Int]) throws -> ParameterStore {
    var store = ParameterStore()
    for parameter in network.parameters where parameter.isLearnable {
      let tensor = try tensor(word, parameter)
      if tensor == nil, updates[parameter.key] ?? 0 > 0 {
        throw Misfit.tensor(name(word, parameter))
      }
      store[parameter.key] = tensor
    }
    return store
  }

  private func tensor(_ word: String, _ parameter: ParameterSpecification) throws -> Tensor? {
    guard let array = try? file.arrays.array(name(word, parameter)) else { return nil }
    if array.shape != parameter.shape { throw Misfit.tensor(array.name) }
    let tensor = try array.tensor()
    if !tensor.values.allSatisfy(\.isFinite) { throw Misfit.tensor(array.name) }
    return tensor
  }

  private func name(_ word: String, _ parameter: ParameterSpecification) -> String {
    "\(WeightMatch.resumePrefix)\(word)/\(parameter.path)"
  }
}
