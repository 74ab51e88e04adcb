import Engine
import Networks
import Training

/// What a screen shows of a session besides answers, as a value.
package struct Overview: Sendable {
  /// Another number whenever anything here may have changed.
  package let revision: Int

  /// The name of the current network.
  package let name: String

  /// The current network, or nothing before the first `input`.
  package let network: Network?

  /// The names of all networks in the order they were made.
  package let networkNames: [String]

  /// Steps that the current network has learned for.
  package let steps: Int

  /// What the last epoch of the current network came to.
  package let lastEpoch: EpochSummary?

  /// The data in a few words: `digits 1,437 + 360`.
  package let data: String?

  /// The optimizer in a few words: `sgd lr 0.1`.
  package let optimizer: String

  /// The blocks that a bare `wrap` would take.
  package let openRun: Set<BlockID>
  package let folds: OutlineFolds
}

extension Overview {
  /// The current network in figures.
  package struct Facts: Hashable, Sendable {
    /// `1×8×8 → 10`.
    package let shapes: String
    package let parameters: Int

    /// Those of them that training leaves as they are.
    package let frozen: Int
    package let multiplyAdds: Int
  }

  /// The current network in figures, or nothing before the first `input`.
  package var facts: Facts? {
    network.map { network in
      Facts(
        shapes: "\(network.input.displayText) → \(network.output.displayText)",
        parameters: network.learnableCount, frozen: network.frozenCount,
        multiplyAdds: network.multiplyAdds)
    }
  }

  /// The rows of the tree.
  package var rows: [OutlineRow] { network.map { Outline($0, folds: folds).rows } ?? [] }
}

extension Session {
  /// Another number whenever what `overview` says may have changed.
  package var revision: Int { state.revision &* 1_000_003 &+ foldRevision }

  /// What there is to see now.
  package var overview: Overview {
    let network = state.current?.network
    let run = network?.openRun.blocks.map(\.block.id) ?? []
    let data = state.data.map { data in
      let test = data.test.map { " + \(Numbers.grouped($0.count))" } ?? ""
      return "\(data.name) \(Numbers.grouped(data.train.count))\(test)"
    }
    let steps =
      (state.current?.weights.steps ?? 0) + (trainer.progress(of: state.currentName)?.step ?? 0)
    return Overview(
      revision: revision, name: state.currentName, network: network,
      networkNames: state.networkNames, steps: steps,
      lastEpoch: state.current?.lastEpoch, data: data,
      optimizer: OptimizerTable.brief(state.recipe.optimizer)
        + (state.recipe.precision == .float32 ? "" : ", \(state.recipe.precision.rawValue)"),
      openRun: Set(run), folds: folds)
  }

  /// Folds or unfolds a container, whatever the rule says.
  func setFold(_ fold: OutlineFold, of block: BlockID) {
    folds[block] = fold
    foldRevision += 1
  }

  /// Folds or unfolds a row of the tree, as `fold` and `unfold` do by path.
  package func toggleFold(_ row: OutlineRow) {
    folds.toggle(row)
    foldRevision += 1
  }
}
