import Kernels
import Networks

/// The convolutions of a training step, each of whose passes can be timed.
package struct ConvolutionSurvey: Sendable {
  /// A pass that some blocks of a network have, none of which was measured yet.
  package struct Item: Sendable {
    package let task: ConvolutionTask

    /// The blocks that have it, in the order of execution.
    package let paths: [String]
    fileprivate let planned: PlannedConvolution
  }

  /// What is to be measured, the heaviest first.
  package let items: [Item]

  /// Passes that were known already, each counted once.
  package let knownCount: Int

  /// Threads that the step is made for.
  package let threads: Int
  private let question: MemoryQuestion
  private let options: PlanOptions

  /// Finds the convolutions in a step on so many examples, whose operands are float32.
  ///
  /// - Parameter isAnew: Whether those are among the items that the question has choices for.
  /// - Throws: `EngineError` where the network cannot learn so.
  package init(_ question: MemoryQuestion, batch: Int, isAnew: Bool) throws(EngineError) {
    var ruled = question.options(.training, batch)
    (ruled.choices, ruled.precision) = (nil, .float32)
    let draft = try question.draft(ruled)
    var all: [ConvolutionTask: [PlannedConvolution]] = [:]
    for planned in draft.builder.convolutions { all[planned.task, default: []].append(planned) }
    let open = all.filter { isAnew || question.choices?[$0.key] == nil }
    items = open.map { Item(task: $0, paths: $1.map(\.path), planned: $1[0]) }
      .sorted(by: Self.isHeavier)
    knownCount = all.count - open.count
    self.question = question
    options = draft.options
    threads = draft.options.threads
  }

  /// Times the ways to compute one of the items; nothing where it cannot be had alone.
  ///
  /// - Throws: `EngineError` where memory is short, `interrupted` among it.
  package func time(_ item: Item) throws(EngineError) -> ConvolutionTiming? {
    let trial = try ConvolutionTrial(item.planned, of: question.network, options)
    return try trial.time(seconds: Self.secondsOfOne).map { found in
      ConvolutionTiming(
        task: item.task, paths: item.paths, ruled: found.ruled, others: found.others)
    }
  }

  /// Seconds after which a convolution is not timed once more.
  private static let secondsOfOne = 0.25

  /// More work first, then as texts are sorted, so that the order is always the same.
  private static func isHeavier(_ one: Item, than other: Item) -> Bool {
    let work = Double(one.task.multiplyAdds) * Double(one.paths.count)
    let otherWork = Double(other.task.multiplyAdds) * Double(other.paths.count)
    return work == otherWork ? one.task.text < other.task.text : work > otherWork
  }
}
