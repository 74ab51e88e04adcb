import Engine
import Language
import Networks
import Training

/// Edits of networks that are learning, or have learned.
extension Session {
  /// Has the current run go on with what a command made of its network, and tells what an edit did to a
  /// network that has learned.
  ///
  /// - Throws: A diagnostic where the run could not go on with that.
  func updateRun(after invocation: Invocation, since before: SessionState) throws -> StyledText? {
    if let run = running, trainer.isRunning {
      for (index, lane) in run.lanes.enumerated() {
        guard let old = before.networks[lane.name] else { continue }
        guard let new = state.networks[lane.name], new.run == run.number,
          new.weights.version == old.weights.version
        else {
          throw Diagnostic(
            .state, "\(lane.name) is being trained and cannot be changed before the run is over",
            at: invocation.verb.range, offers: ["stop", "wait"])
        }
        if new.stamp == lane.stamp { continue }
        let label = ([invocation.verb] + invocation.words.prefix(1)).map(\.text)
          .joined(separator: " ")
        let edit = try adopted(new, as: index, of: run, label: label, invocation)
        if let edit { return ParameterLineage(edit).line }
      }
    }
    return lineAtRest(since: before)
  }

  /// Notes that the current run goes on with a network as surgery has made it, and tells what that has done.
  func settle(_ edit: LiveEdit, as name: String) -> StyledText {
    if let run = running, let index = run.names.firstIndex(of: name),
      let stamp = state.networks[name]?.stamp
    {
      runs.update { $0.lanes[index].stamp = stamp }
      keepDropped(edit, of: index, run)
    }
    return ParameterLineage(edit, isMade: true).line
  }

  /// Tells what surgery has done to the current network, where it has learned and is not learning now.
  func lineOfSurgery(since old: NetworkState) -> StyledText? {
    guard let new = state.current, new.weights.steps > 0 else { return nil }
    return ParameterLineage(
      from: old.network, to: new, isMade: true, losses: losses(of: old, and: new)
    ).line
  }

  /// The losses of two forms of the current network on examples of the next step, where there is data for both.
  private func losses(of old: NetworkState, and new: NetworkState) -> TrialLosses? {
    let states = [old, new]
    guard let data = state.data, states.allSatisfy({ isTrainable($0.network, on: data) }) else {
      return nil
    }
    let requests = states.map {
      RunRequest(
        name: state.currentName, network: $0.network, learned: $0.weights, data: data,
        recipe: state.recipe, length: .steps(0))
    }
    return try? trainer.losses(of: requests[0], and: requests[1])
  }

  /// Has a run go on with an edited network; nothing where it has ended meanwhile.
  ///
  /// - Parameter given: Values on the way through states, which keep their own; nothing where values that the
  ///   edit drops are to be kept with the state before it.
  private func adopted(
    _ known: NetworkState, as index: Int, of run: OngoingRun, given: LearnedState? = nil,
    label: String, _ invocation: Invocation
  ) throws -> LiveEdit? {
    let name = run.lanes[index].name
    do {
      try scope.checkTrainable(
        known.network, data: run.data, loss: run.loss, at: invocation.verb.range)
      try scope.checkLearns(known.network, at: invocation.verb.range)
    } catch {
      throw Diagnostic(
        error.code, "\(name) is being trained and could not go on: \(error.message)",
        at: invocation.range,
        offers: [invocation.blocks.isEmpty ? "stop; \(invocation.typed())" : "stop"])
    }
    let scheme = state.recipe.scheme
    let edit = try scope.computing(at: invocation.range) {
      try trainer.adopt(
        known.network, for: name, given: given ?? LearnedState(), scheme: scheme, label: label)
    }
    guard let edit else {
      _ = collectFinishedRun()
      return nil
    }
    runs.update { $0.lanes[index].stamp = known.stamp }
    if given == nil { keepDropped(edit, of: index, run) }
    return edit
  }

  /// Keeps what an edit has dropped with the state before the current statement.
  private func keepDropped(_ edit: LiveEdit, of index: Int, _ run: OngoingRun) {
    let lane = run.lanes[index]
    guard checkpoint?.networks[lane.name]?.run == run.number else { return }
    let known = lane.taken.statement == statementNumber ? lane.taken.keys : []
    let kept = checkpoint?.networks[lane.name]?.keep(edit.gone, of: edit.dropped, except: known)
    runs.update { $0.lanes[index].taken = (statementNumber, known.union(kept ?? [])) }
  }

  /// Has the current run go on with the state that `undo` or `redo` has led to, by way of others.
  ///
  /// - Returns: What became of the parameters; nothing where the network is the same.
  /// - Throws: A diagnostic where the run could not go on with that.
  func updateRun(through visited: [SessionState], redoing: Bool, _ invocation: Invocation) throws
    -> StyledText?
  {
    guard let run = running, trainer.isRunning else { return nil }
    var edits: [(index: Int, edit: LiveEdit)] = []
    do {
      for index in run.lanes.indices {
        let edit = try updateRun(through: visited, as: index, of: run, invocation)
        if let edit { edits.append((index, edit)) }
      }
    } catch {
      takeBack(edits, to: visited.first, of: run)
      throw error
    }
    history.revise(last: visited.count, redoing: redoing) { state in
      for (index, edit) in edits {
        _ = state.networks[run.lanes[index].name]?.keep(edit.gone, of: edit.dropped)
      }
    }
    return edits.last.map { ParameterLineage($0.edit).line }
  }

  /// Gives networks of the run back the form they had before a journey that failed at another one.
  private func takeBack(
    _ edits: [(index: Int, edit: LiveEdit)], to state: SessionState?, of run: OngoingRun
  ) {
    for (index, edit) in edits {
      let lane = run.lanes[index]
      guard let known = state?.networks[lane.name] else { continue }
      let isBack = try? trainer.adopt(
        known.network, for: lane.name, given: edit.dropped, scheme: self.state.recipe.scheme,
        label: "undo")
      if isBack != nil { runs.update { $0.lanes[index].stamp = lane.stamp } }
    }
  }

  /// Has one network of the run go on as `undo` or `redo` has led to.
  private func updateRun(
    through visited: [SessionState], as index: Int, of run: OngoingRun, _ invocation: Invocation
  ) throws -> LiveEdit? {
    let (name, stamp) = (run.lanes[index].name, run.lanes[index].stamp)
    guard let target = state.networks[name], target.stamp != stamp else { return nil }
    // The states put aside keep what they have; only those values come from the run.
    let given = ParameterLineage.values(through: visited + [state], of: name)
    return try adopted(
      target, as: index, of: run, given: given, label: invocation.verb.text, invocation)
  }

  /// Has the run that goes on use parameters of the current network that are drawn anew, and tells what that
  /// has done.
  ///
  /// - Throws: `RunEndedMeanwhile` where it is over.
  func redraw(
    _ drawn: [ParameterSpecification], _ scheme: Initializer, _ invocation: Invocation
  ) throws -> StyledText {
    let name = state.currentName
    guard trainer.isRunning, var next = state.current else { throw RunEndedMeanwhile() }
    var given = LearnedState()
    let network = next.network
    next.network = network
    let drawing = Stamp.next()
    for specification in drawn {
      given.parameters[specification.key] = try scope.computing(at: invocation.range) {
        try scheme.values(for: specification, seed: state.recipe.seed)
      }
      next.drawings[specification.key] = drawing
    }
    state.current = next
    let label = ([invocation.verb] + invocation.words).map(\.text).joined(separator: " ")
    let edit = try scope.computing(at: invocation.range) {
      try trainer.adopt(next.network, for: name, given: given, scheme: scheme, label: label)
    }
    guard let edit else { throw RunEndedMeanwhile() }
    return settle(edit, as: name)
  }

  /// What an edit did to a network that has learned and is not learning now.
  private func lineAtRest(since before: SessionState) -> StyledText? {
    let name = state.currentName
    guard !options.checksOnly, let old = before.networks[name], let new = state.networks[name],
      old.stamp != new.stamp, new.run == nil, new.weights.steps > 0,
      old.weights.version == new.weights.version
    else { return nil }
    return ParameterLineage(from: old.network, to: new, losses: losses(of: old, and: new)).line
  }

  private func isTrainable(_ network: Network, on data: Dataset) -> Bool {
    (try? scope.checkTrainable(network, data: data, at: nil)) != nil
  }
}
