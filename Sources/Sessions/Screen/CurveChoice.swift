import Networks

/// What a screen asks in order to choose among the curves of networks.
extension Session {
  /// The name of the current network.
  package var currentName: String { state.currentName }

  /// The networks of the current run, or else of the last one.
  package var latestLearners: [String] { runs.latest }

  /// The number of the first run since the lesson at hand began; nothing outside of lessons.
  package var firstLessonRun: Int? { lesson?.firstRun }

  /// The steps that networks have learned for, but for those that learn now.
  package var stepsAtRest: [String: Int] {
    let learning = running?.names ?? []
    var steps: [String: Int] = [:]
    for (name, known) in state.networks where !learning.contains(name) {
      steps[name] = known.weights.steps
    }
    return steps
  }

  /// Whether the current network and data have a surface that a screen can show.
  package var canShowSurface: Bool {
    guard let data = state.data, let network = state.current?.network else { return false }
    return network.input == data.shape && data.shape.count == 2
      && data.train.classNames != nil && !data.train.hasPositions
  }
}
