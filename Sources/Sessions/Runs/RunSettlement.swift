import Engine
import Networks
import Training

/// What one network of a run has come to, on its way into the states that were during the run.
struct RunSettlement {
  private let result: RunResult
  private let lane: OngoingRun.Lane
  private let run: Int
  private let lastEpoch: EpochSummary?
  private let resumption: Resumption?

  /// What a lane of a run has come to.
  ///
  /// - Parameter settings: Those of the session at the end of the run.
  init(
    _ result: RunResult, of lane: OngoingRun.Lane, _ run: OngoingRun, settings: Recipe,
    last: EpochSummary?
  ) {
    (self.result, self.lane, self.run) = (result, lane, run.number)
    lastEpoch = result.epochs.last ?? last
    resumption = result.point.map {
      Resumption(
        point: $0, origin: run.origin, settings: settings, stamp: lane.stamp,
        version: result.learned.version)
    }
  }

  /// Gives a state what the network has learned, where it was during the run.
  func settle(_ state: inout SessionState, beside near: SessionState) {
    guard var known = state.networks[lane.name], known.run == run else { return }
    if known.stamp == lane.stamp {
      known.weights = result.learned
    } else if let near = near.networks[lane.name] {
      known.weights = known.weights(following: near)
    }
    mark(&known)
    state.networks[lane.name] = known
  }

  /// Says that the run is over.
  func mark(_ known: inout NetworkState) {
    known.run = nil
    known.resumption = known.stamp == lane.stamp ? resumption : nil
    known.lastEpoch = lastEpoch
    if result.seconds > 0 { known.stepsPerSecond = Double(result.steps) / result.seconds }
  }
}

extension NetworkState {
  /// What a network has learned that was edited after the end of a run.
  func weights(followingRun result: RunResult) -> LearnedState {
    var trained = NetworkState(network: result.network)
    trained.weights = result.learned
    trained.drawings = drawings
    return weights(following: trained)
  }
}
