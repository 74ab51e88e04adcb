import Engine
import Networks
import Training

/// What became of the parameters of a network, and of its loss on one batch, from one form of it to another.
struct ParameterLineage {
  /// Parameters that went on with their values.
  private let kept: Int

  /// Those that have values again which they had before.
  private let restored: [ParameterSpecification]

  /// Those with new values, or none yet.
  private let new: [ParameterSpecification]

  /// Those that the other form has no more.
  private let dropped: Int
  private let losses: TrialLosses?

  /// What an edit between two steps of a run has done.
  ///
  /// - Parameter isMade: Whether values that were given are new ones, not those from before.
  init(_ edit: LiveEdit, isMade: Bool = false) {
    kept = edit.kept.count
    restored = isMade ? [] : edit.given
    new = isMade ? edit.given + edit.new : edit.new
    let present = Set((edit.given + edit.new).map(\.key))
    dropped = edit.gone.count { !present.contains($0.key) }
    losses = edit.losses
  }

  /// What an edit of a network that does not learn now has done.
  ///
  /// - Parameter isMade: Whether values of other shapes are new ones, not those from before.
  init(
    from old: Network, to known: NetworkState, isMade: Bool = false, losses: TrialLosses?
  ) {
    let before = old.parameterShapes
    let after = known.network.parameterShapes
    var kept = 0
    var restored: [ParameterSpecification] = []
    var new: [ParameterSpecification] = []
    for specification in known.network.parameters {
      if !known.weights.has(specification) {
        new.append(specification)
      } else if before[specification.key] == specification.shape {
        kept += 1
      } else if isMade {
        new.append(specification)
      } else {
        restored.append(specification)
      }
    }
    (self.kept, self.restored, self.new) = (kept, restored, new)
    dropped = before.keys.count { after[$0] == nil }
    self.losses = losses
  }

  /// `kept 14 tensors, new 3 (conv4.weight …); loss 0.412 → 0.413 on 8 examples`.
  var line: StyledText {
    var text = "kept \(Numbers.count(kept, "tensor"))"
    for (word, list) in [("restored", restored), ("new", new)] where !list.isEmpty {
      text += ", \(word) \(Numbers.grouped(list.count)) (\(list[0].path)"
      text += list.count > 1 ? " …)" : ")"
    }
    if dropped > 0 { text += ", dropped \(Numbers.grouped(dropped))" }
    if let losses {
      text += "; loss \(Numbers.loss(losses.before)) → \(Numbers.loss(losses.after))"
      if let examples = losses.examples { text += " on \(Numbers.count(examples, "example"))" }
    }
    return StyledText(text, .dim)
  }
}

extension ParameterLineage {
  /// The values that a run cannot take along where a network goes through states to the last one: of each
  /// parameter those of the state in which its content came to be.
  static func values(through states: [SessionState], of name: String) -> LearnedState {
    var contents = states.first?.networks[name].map(Self.contents) ?? [:]
    var given = LearnedState()
    for state in states.dropFirst() {
      guard let known = state.networks[name] else { continue }
      var next = LearnedState()
      let own = Self.contents(of: known)
      for specification in known.network.parameters {
        let goesOn = contents[specification.key] == own[specification.key]
        let source = goesOn ? given : known.weights
        if source.has(specification) { next.take(specification.key, from: source) }
      }
      given = next
      contents = own
    }
    return given
  }

  /// What tells a parameter's values from those under the same key in another state.
  private struct Content: Equatable {
    let shape: [Int]
    let drawing: Int?
  }

  private static func contents(of known: NetworkState) -> [ParameterKey: Content] {
    known.network.parameterShapes.reduce(into: [:]) { contents, parameter in
      contents[parameter.key] = Content(
        shape: parameter.value, drawing: known.drawings[parameter.key])
    }
  }
}

extension Network {
  /// The shapes of all parameters.
  fileprivate var parameterShapes: [ParameterKey: [Int]] {
    Dictionary(parameters.map { ($0.key, $0.shape) }, uniquingKeysWith: { first, _ in first })
  }
}

/// Parts of what was learned, as they move between the states of a session.
extension LearnedState {
  /// Whether there are values for a parameter.
  func has(_ specification: ParameterSpecification) -> Bool {
    parameters[specification.key]?.shape == specification.shape
  }

  /// Takes over a parameter's values, with the optimizer's memory of them.
  mutating func take(_ key: ParameterKey, from other: LearnedState) {
    parameters[key] = other.parameters[key]
    let state = other.optimizerState
    guard let optimizer = state.optimizer else { return }
    if !(optimizerState.optimizer.map { $0.understandsState(of: optimizer) } ?? false) {
      optimizerState = OptimizerState()
      optimizerState.optimizer = optimizer
    }
    while optimizerState.moments.count < state.moments.count {
      optimizerState.moments.append(ParameterStore())
    }
    for index in state.moments.indices {
      optimizerState.moments[index][key] = state.moments[index][key]
    }
    optimizerState.updates[key] = state.updates[key]
  }
}

extension NetworkState {
  /// What a network has learned that differs from another one by an edit: parameters that both have, and
  /// none drew anew, as the other one knows them, the rest as known here.
  func weights(following other: NetworkState) -> LearnedState {
    if stamp == other.stamp { return other.weights }
    var result = LearnedState()
    result.steps = other.weights.steps
    result.epochs = other.weights.epochs
    result.optimizerState.optimizer = other.weights.optimizerState.optimizer
    for specification in network.parameters {
      let isSame = drawings[specification.key] == other.drawings[specification.key]
      if isSame, other.weights.has(specification) {
        result.take(specification.key, from: other.weights)
      } else if weights.has(specification) {
        result.take(specification.key, from: weights)
      }
    }
    return result
  }

  /// Keeps values that an edit is about to take from the network.
  ///
  /// - Returns: The parameters that were kept: those the network has in that shape.
  mutating func keep(
    _ gone: [ParameterSpecification], of dropped: LearnedState, except known: Set<ParameterKey> = []
  ) -> Set<ParameterKey> {
    let own = network.parameterShapes
    var kept: Set<ParameterKey> = []
    for specification in gone
    where own[specification.key] == specification.shape && !known.contains(specification.key) {
      weights.take(specification.key, from: dropped)
      kept.insert(specification.key)
    }
    if !kept.isEmpty { weights.touch() }
    return kept
  }
}
