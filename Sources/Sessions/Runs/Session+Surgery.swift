import Engine
import Language
import Networks
import Training

/// Surgery on networks, at rest or in a run.
extension Session {
  /// Gives the current network, which has its new form already, the values of the new form, and tells how far
  /// the outputs of both forms are apart.
  func operate(_ surgery: Surgery, on known: NetworkState, _ invocation: Invocation) throws
    -> [StyledText]
  {
    let name = state.currentName
    let outcome: SurgeryOutcome
    do {
      outcome = try scope.computing(at: invocation.range) {
        try trainer.operate(
          on: name, known.network, known.weights, recipe: state.recipe,
          inputs: try comparedInputs(known), surgery)
      }
    } catch let difference as OutputDifference {
      throw Diagnostic(difference, verb: invocation.verb.text, at: invocation.range)
    }
    var lines = [Self.line(for: outcome.difference)]
    if let edit = outcome.edit {
      lines.append(settle(edit, as: name))
    } else if running?.names.contains(name) == true {
      throw RunEndedMeanwhile()
    } else {
      state.current?.weights = known.weights.grafted(outcome.parameters, for: surgery.network)
      if let line = lineOfSurgery(since: known) { lines.append(line) }
    }
    return lines
  }

  /// The batch of the next step, or random numbers where there is none.
  private func comparedInputs(_ known: NetworkState) throws(EngineError) -> Tensor {
    if let data = state.data, data.train.shape == known.network.input, data.train.count > 0 {
      let request = RunRequest(
        name: state.currentName, network: known.network, learned: known.weights, data: data,
        recipe: state.recipe, length: .steps(0))
      let rows = try request.nextRows()
      return try data.train.rows.gathered(at: rows)
    }
    try AvailableMemory.require { () throws(AvailableMemory.Shortage) in
      try AvailableMemory.check(
        bytes: AvailableMemory.bytes(Dataset.randomExamples, known.network.input.count, 4))
    }
    let examples = Dataset.random(for: known.network).train
    return try examples.rows.gathered(at: Array(0..<Dataset.randomExamples))
  }

  /// `max|Δoutput| 2.4e-07 on 32 examples, outputs up to 3.1`.
  private static func line(for difference: OutputDifference) -> StyledText {
    let largest =
      difference.largest == 0 ? "0" : Numbers.significant(difference.largest, digits: 2)
    return StyledText(
      "  max|Δoutput| \(largest) on \(Numbers.count(difference.examples, "example")), "
        + "outputs up to \(Numbers.significant(difference.scale, digits: 2))", .dim)
  }
}

extension LearnedState {
  /// The same with other values, of which those of other shapes the optimizer knows nothing yet.
  fileprivate func grafted(_ parameters: ParameterStore, for network: Network) -> LearnedState {
    var result = self
    result.parameters = parameters
    for specification in network.parameters where !has(specification) {
      let key = specification.key
      result.optimizerState.updates[key] = nil
      for index in result.optimizerState.moments.indices {
        result.optimizerState.moments[index][key] = nil
      }
    }
    result.touch()
    return result
  }
}
