import Networks

/// A part of a graph whose values are computed again in the backward pass, in place of being kept for it.
///
/// Chen et al. 2016, Training deep nets with sublinear memory cost.
struct Checkpoint {
  /// Values made inside that are kept, since others than the part read them.
  var kept: Set<ValueID> = []
}

extension Graph {
  /// Adds nodes as those of one more checkpoint.
  mutating func beginCheckpoint() {
    openCheckpoints.append(checkpoints.count)
    checkpoints.append(Checkpoint())
  }

  /// Ends the checkpoint that was begun last.
  mutating func endCheckpoint() { openCheckpoints.removeLast() }

  /// Notes which values leave their checkpoints.
  ///
  /// - Parameter isFused: Whether nodes were merged: what one reads of a checkpoint that it was merged across is
  ///   computed again for it, unless it lies in a checkpoint of its own.
  mutating func keepWhatLeavesCheckpoints(isFused: Bool) {
    if checkpoints.isEmpty { return }
    var makers: [ValueID: [Int]] = [:]
    for node in nodes where !node.checkpoints.isEmpty { makers[node.output] = node.checkpoints }
    for node in nodes {
      for input in node.inputs {
        guard let maker = makers[input] else { continue }
        if isFused, node.checkpoints.allSatisfy(maker.contains) { continue }
        for number in maker where !node.checkpoints.contains(number) {
          checkpoints[number].kept.insert(input)
        }
      }
    }
    for number in makers[output] ?? [] { checkpoints[number].kept.insert(output) }
  }
}
