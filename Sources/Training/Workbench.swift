import Engine
import Networks

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The model in memory, touched on the training thread only.
///
/// A model is used again as long as its weights are those asked for, so that commands in a row copy nothing.
package final class Workbench: @unchecked Sendable {
  private var model: Model?
  private var version: UInt64?
  private var seed: UInt64?

  /// The run that is going on.
  var live: LiveRun?

  init() {}

  /// The model that is being trained, or nothing.
  var liveModel: Model? { live?.model }

  /// Whether the network of a request is being trained right now.
  func isLive(_ request: RunRequest) -> Bool { live?.name == request.name }

  /// A model with the weights, recipe and network of a request.
  ///
  /// - Throws: `EngineError` where network, loss and memory do not agree.
  func model(for request: RunRequest) throws(EngineError) -> Model {
    if let live, live.name == request.name { return live.model }
    let recipe = request.recipe
    let loss = recipe.loss ?? request.data.naturalLoss
    let threads = recipe.threads ?? Self.processors
    if let model, version == request.learned.version, seed == recipe.seed,
      model.threads == threads
    {
      if model.network.root != request.network.root || model.network.input != request.network.input
      {
        _ = try model.adopt(
          request.network, given: request.learned.parameters,
          givenState: request.learned.optimizerState, initializer: recipe.scheme)
      }
      if model.loss != loss { model.use(loss) }
      if model.optimizer != recipe.optimizer {
        try model.use(recipe.optimizer, givenState: request.learned.optimizerState)
      }
      return model
    }
    version = nil
    let fresh = try Model(
      network: request.network, parameters: request.learned.parameters,
      optimizer: recipe.optimizer, optimizerState: request.learned.optimizerState, loss: loss,
      initializer: recipe.scheme, seed: recipe.seed, steps: request.learned.steps, threads: threads)
    model = fresh
    version = request.learned.version
    seed = recipe.seed
    return fresh
  }

  /// What the model knows now, after so many more steps and epochs.
  func learned(by model: Model, from before: LearnedState, steps: Int, epochs: Int)
    -> LearnedState
  {
    var learned = before
    learned.parameters = model.parameters
    learned.optimizerState = model.optimizerState
    learned.steps += steps
    learned.epochs += epochs
    learned.touch()
    self.model = model
    version = learned.version
    return learned
  }

  /// Takes the values of drawn parameters without saying that anything was learned.
  func drawn(by model: Model, for request: RunRequest) -> LearnedState {
    if isLive(request) { return request.learned }
    var learned = request.learned
    learned.parameters = model.parameters
    return learned
  }

  /// Processors the program may use.
  private static let processors = max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))
}

extension Dataset {
  /// The loss that suits the targets.
  package var naturalLoss: Loss {
    if case .classes = train.targets { .crossEntropy } else { .l2 }
  }
}
