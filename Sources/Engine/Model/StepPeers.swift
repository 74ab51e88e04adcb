/// The processes that take the steps of a model together, each on its share of the examples.
///
/// All of them call the same functions in the same order. Belongs to the thread that runs the model.
package protocol StepPeers: AnyObject {
  /// The number of this process, from 0 on.
  var rank: Int { get }

  /// The sums of values over all processes, the same to the bit on each.
  ///
  /// - Throws: `RankFault`.
  func sum(_ values: [Double]) throws(RankFault) -> [Double]

  /// As `sum`, in the midst of a pass: sums of gradients may be on their way meanwhile.
  ///
  /// - Throws: `RankFault`.
  func sumStatistics(_ values: [Double]) throws(RankFault) -> [Double]

  /// Why the first process that could not take its part could not.
  ///
  /// - Parameter own: Why this one could not; nothing where it could.
  /// - Throws: `RankFault`.
  func refusal(_ own: String?) throws(RankFault) -> RankFault

  /// Begins to replace values by their sums over all processes; they must not be touched before `finishSums`.
  ///
  /// - Throws: `RankFault`.
  func beginSum(_ values: UnsafeMutablePointer<Float>, count: Int) throws(RankFault)

  /// Lets sums go on that were begun; most libraries do nothing about them unless they are called.
  func nudgeSums()

  /// Waits for all sums that were begun.
  ///
  /// - Throws: `RankFault`; then nothing will write to the values any more, which are good for nothing.
  func finishSums() throws(RankFault)
}

/// How processes take a step together, besides the examples.
package struct SharedStep {
  package var learningRate: Double

  /// The share that each example keeps where it is mixed with another one of the same process.
  package var mixing: Double?

  /// Whether weights follow; otherwise gradients are kept for the next step that does.
  package var updates = true
  package var clock: StepClock?

  /// A step at a rate.
  package init(learningRate: Double) { self.learningRate = learningRate }
}
