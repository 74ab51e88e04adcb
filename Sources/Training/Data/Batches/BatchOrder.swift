/// Which examples make up which batch: for each epoch a random order that the seed decides.
///
/// All batches have `batchSize` examples, save the last one, which has what is left. One example alone, whose
/// batch statistics would say nothing, joins the batch before it.
package struct BatchOrder: Equatable, Sendable {
  package let exampleCount: Int
  package let batchSize: Int
  package let seed: UInt64

  /// Whether each epoch has an order of its own; otherwise all have that of the set.
  package let isShuffled: Bool

  /// An order over examples; the size is above 0.
  package init(exampleCount: Int, batchSize: Int, seed: UInt64, isShuffled: Bool = true) {
    precondition(exampleCount >= 0 && batchSize > 0, "batches hold examples")
    self.exampleCount = exampleCount
    self.batchSize = batchSize
    self.seed = seed
    self.isShuffled = isShuffled
  }

  /// The batches of one epoch.
  package var batchCount: Int {
    let (whole, rest) = exampleCount.quotientAndRemainder(dividingBy: batchSize)
    return whole + (rest == 0 || rest == 1 && whole > 0 ? 0 : 1)
  }

  /// The places in an epoch's order that a batch, counted from 0, takes.
  package func range(ofBatch batch: Int) -> Range<Int> {
    precondition(batch >= 0 && batch < batchCount, "a batch of the epoch")
    let start = batch * batchSize
    return start..<(batch == batchCount - 1 ? exampleCount : start + batchSize)
  }

  /// The order of an epoch, counted from 0: a position in the set for each place.
  ///
  /// It depends on the seed and the epoch alone, so a run may start anew anywhere.
  package func positions(inEpoch epoch: Int) -> [Int32] {
    guard isShuffled else { return (0..<Int32(exampleCount)).map { $0 } }
    var generator = SeededGenerator(seed: seed, stream: UInt64(epoch) + 1)
    return generator.permutation(exampleCount)
  }
}
