import Engine
import Networks
import Synchronization

/// What a network has learned: weights, the optimizer's memory and the steps taken.
package struct LearnedState: Sendable {
  package var parameters = ParameterStore()
  package var optimizerState = OptimizerState()

  /// Steps taken by training so far.
  package var steps = 0

  /// Epochs finished by training so far.
  package var epochs = 0

  /// Tells this content from any other of the process.
  package private(set) var version = Version.next()

  /// Nothing learned.
  package init() {}

  /// Says that the content has changed.
  package mutating func touch() { version = Version.next() }

  /// Numbers that are given once.
  package enum Version {
    private static let last = Atomic<UInt64>(0)

    static func next() -> UInt64 { last.wrappingAdd(1, ordering: .relaxed).newValue }
  }
}
