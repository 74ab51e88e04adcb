import Engine
import Networks

/// A network of a run with what it has come to.
package struct LearnedNetwork: Sendable {
  package let name: String
  package let network: Network

  /// The weights that it would have if the run ended, and the optimizer's memory.
  package var learned: LearnedState

  /// Where the run may go on; nothing where it is over.
  package let point: RunPoint?

  /// A network that no run has.
  package init(_ request: RunRequest) {
    self.init(name: request.name, network: request.network, learned: request.learned, point: nil)
  }

  init(name: String, network: Network, learned: LearnedState, point: RunPoint?) {
    (self.name, self.network, self.learned, self.point) = (name, network, learned, point)
  }
}

extension Trainer {
  /// What the networks of the current run have learned, between two of its steps; of a run that is over,
  /// what it has come to, until that is collected.
  ///
  /// The run waits while weights are copied, and no longer; where there is no memory for copies, there are none.
  /// Safe to call from any thread but the trainer's.
  package func learnedNetworks() -> [LearnedNetwork] {
    let live = (try? perform { workbench in try workbench.live.compactMap { try $0.copy() } }) ?? []
    if !live.isEmpty { return live }
    return board.results.map {
      LearnedNetwork(name: $0.name, network: $0.network, learned: $0.learned, point: $0.point)
    }
  }

  /// What a network has learned so far, between two steps where it is being trained.
  ///
  /// - Throws: `EngineError` where memory is short.
  package func copy(of request: RunRequest) throws -> LearnedNetwork {
    try perform { workbench in
      try workbench.live(request.name)?.copy() ?? LearnedNetwork(request)
    }
  }
}
