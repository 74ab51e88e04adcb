/// How long the ways to compute a convolution take, and which is to be taken.
package struct ConvolutionTiming: Hashable, Sendable {
  /// A way and the least seconds that it was seen to take.
  package struct Candidate: Hashable, Sendable {
    package let method: ConvolutionMethod
    package let seconds: Double
  }

  package let task: ConvolutionTask

  /// The blocks that have the task, in the order of execution.
  package let paths: [String]

  /// The ways that could be had, the fastest first; the rule's is among them.
  package let candidates: [Candidate]

  /// The way of the rule, and the one to take: the fastest where it is clearly faster.
  package let ruled: Candidate
  package let chosen: Candidate

  /// Chooses among ways that were timed, that of the rule first.
  init(task: ConvolutionTask, paths: [String], ruled: Candidate, others: [Candidate]) {
    (self.task, self.paths, self.ruled) = (task, paths, ruled)
    candidates = ([ruled] + others).sorted { $0.seconds < $1.seconds }
    let fastest = candidates[0]
    chosen = fastest.seconds < (1 - Self.leastGain) * ruled.seconds ? fastest : ruled
  }

  /// The share of the rule's time that another way has to save: less may be noise, and would change bits for nothing.
  private static let leastGain = 0.03

  /// The share of the rule's time that is saved.
  package var gain: Double { 1 - chosen.seconds / max(ruled.seconds, 1e-12) }

  /// Seconds that a training step saves with it.
  package var saved: Double { Double(paths.count) * (ruled.seconds - chosen.seconds) }
}
