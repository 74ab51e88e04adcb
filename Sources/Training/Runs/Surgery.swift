import Engine
import Networks

/// Another form of a network that shall compute the same function.
package struct Surgery: Sendable {
  package let network: Network

  /// The command, as a mark on the curve of a run.
  let label: String

  /// Values for parameters that are new or of another shape, from a model of the former network and a batch.
  let graft: @Sendable (Model, _ inputs: Tensor) throws -> ParameterStore

  /// A network, the command that makes it, and how its new values are found.
  package init(
    _ network: Network, label: String,
    graft: @escaping @Sendable (Model, _ inputs: Tensor) throws -> ParameterStore
  ) {
    self.network = network
    self.label = label
    self.graft = graft
  }
}

/// What surgery came to.
package struct SurgeryOutcome: Sendable {
  /// What the edit did to the run, where the network is being trained.
  package let edit: LiveEdit?

  /// The new values, and all others, as they were.
  package let parameters: ParameterStore
  package let difference: OutputDifference
}

/// How far the outputs of two networks are apart in evaluation, on some examples.
package struct OutputDifference: Error, Hashable, Sendable {
  /// The largest difference of two outputs.
  package let largest: Double

  /// The largest absolute output before.
  package let scale: Double
  package let examples: Int

  /// Whether outputs differ by rounding alone: 1e-5, relative to outputs beyond 1.
  package var isRounding: Bool { largest <= 1e-5 * max(1, scale) }

  /// Compares the outputs of two networks.
  package init(_ before: Tensor, _ after: Tensor) {
    var (largest, scale) = (0.0, 0.0)
    for (old, new) in zip(before.values, after.values) {
      scale = max(scale, Double(abs(old)))
      let distance = Double(abs(old - new))
      largest = distance.isFinite ? max(largest, distance) : .infinity
    }
    self.largest = before.count == after.count ? largest : .infinity
    self.scale = scale
    examples = before.shape.first ?? 0
  }
}

extension Trainer {
  /// Gives a network another form of the same function, between two steps where it is being trained.
  ///
  /// - Parameter inputs: What outputs are compared on where the network is not being trained; else it is the
  ///   batch of the next step.
  /// - Throws: `OutputDifference` where the function would change, `EngineError` where a form cannot be
  ///   computed; then nothing has changed.
  package func operate(
    on name: String, _ network: Network, _ learned: LearnedState, recipe: Recipe, inputs: Tensor,
    _ surgery: Surgery
  ) throws -> SurgeryOutcome {
    try performTogether { workbench in
      let live = workbench.live(name)
      // The new values, those of a trial beside them, and the batch that both are compared on.
      let count = surgery.network.parameters.reduce(0) { $0 + $1.count }
      let rows = live?.rows.count ?? 0
      try AvailableMemory.require { () throws(AvailableMemory.Shortage) in
        try AvailableMemory.check(
          bytes: AvailableMemory.bytes(2 * count + rows * network.input.count, 4))
      }
      let model =
        try live?.model
        ?? Model(
          network: network, parameters: learned.parameters, loss: .l2, initializer: recipe.scheme,
          seed: recipe.seed)
      try model.finishGathering()
      // In bfloat16 two forms of a function would differ by more than the rounding that is let pass.
      let precision = model.precision
      model.precision = .float32
      defer { model.precision = precision }
      let inputs = try live.map { try $0.examples.rows.gathered(at: $0.rows) } ?? inputs
      let before = try model.predict(inputs)
      let new = try surgery.graft(model, inputs)
      var parameters = try model.copiedParameters()
      for key in new.keys { parameters[key] = new[key] }
      let trial = try Model(
        network: surgery.network, parameters: parameters, loss: .l2, threads: model.threads,
        choices: model.choices)
      let difference = OutputDifference(before, try trial.predict(inputs))
      if !difference.isRounding { throw difference }
      guard let live else {
        return SurgeryOutcome(edit: nil, parameters: parameters, difference: difference)
      }
      var given = LearnedState()
      given.parameters = new
      let edit = try live.adopt(surgery.network, given: given, scheme: recipe.scheme)
      return SurgeryOutcome(edit: edit, parameters: parameters, difference: difference)
    } note: { [board] outcome in
      guard outcome.edit != nil else { return }
      board.publish(name) { _, record in record.mark(surgery.label) }
    }
  }
}
