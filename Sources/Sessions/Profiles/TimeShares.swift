import Networks

/// What part of a training step's time each block takes, containers among them.
package struct TimeShares: Sendable, Hashable {
  /// The parts, a container's with all that lies in it; of copies that stand in one row, all of them together.
  package private(set) var blocks: [BlockID: Double] = [:]

  /// What containers take themselves, such as the sum of a residual block.
  package private(set) var joins: [BlockID: Double] = [:]

  /// The parts of a network whose steps' blocks are known.
  package init(_ steps: [BlockID: Double], in network: Network) {
    guard !steps.isEmpty else { return }
    for child in network.root.children { _ = add(child, steps, network) }
  }

  /// Adds what lies in a block and gives the block's part.
  private mutating func add(_ block: Block, _ steps: [BlockID: Double], _ network: Network)
    -> Double
  {
    var parts: [Double] = []
    for child in block.children { parts.append(add(child, steps, network)) }
    if !block.children.isEmpty { joins[block.id] = steps[block.id] }
    if case .repeated(let children) = block.form {
      for group in network.likeCopies(of: children) where group.count > 1 {
        guard group.count < children.count else { continue }
        blocks[children[group.lowerBound].id] = parts[group].reduce(0, +)
      }
    }
    let sum = parts.reduce(steps[block.id] ?? 0, +)
    blocks[block.id] = sum
    return sum
  }
}

/// Parts of a step's time that `plan` has measured.
struct MeasuredTimes: Sendable {
  let shares: [BlockID: Double]

  /// The architecture that they are of.
  let stamp: Int

  /// Tells this measurement from any other of the process.
  let number = Stamp.next()
}

extension Overview {
  /// The parts of the current network's blocks, containers among them, from those whose steps they are.
  package func timeShares(_ steps: [OutlineRow.ID: Double]) -> TimeShares? {
    network.map { TimeShares(steps, in: $0) }
  }
}

extension Session {
  /// What `plan` has found in the current network, as long as its blocks are the same, and a number that is another
  /// for each measurement.
  package var measuredTimes: (shares: [OutlineRow.ID: Double], number: Int)? {
    guard let current = state.current, let measured = current.times,
      measured.stamp == current.stamp
    else { return nil }
    return (measured.shares, measured.number)
  }

  /// Asks for the times of the next step of the current network, if that is being trained and `plan` was asked of it.
  package func requestTimes() {
    guard trainer.isRunning, let run = running, run.names.contains(state.currentName),
      state.current?.times != nil
    else { return }
    trainer.requestTimes(of: state.currentName)
  }

  /// What was found in the midst of the run that goes on, if the current network is in it, and a number that grows.
  package var liveTimes: (shares: [OutlineRow.ID: Double], count: Int)? {
    guard trainer.isRunning else { return nil }
    let found = trainer.times
    return found.network == state.currentName && found.count > 0
      ? (found.shares, found.count) : nil
  }

  /// Tells the architecture of the current network from any other.
  package var architecture: Int? { state.current?.stamp }
}
