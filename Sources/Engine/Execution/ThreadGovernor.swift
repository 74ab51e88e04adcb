/// Chooses how many threads run a plan by how long passes took.
///
/// On a busy machine one thread can be faster than two that wait for each other.
/// The parts of the work are fixed when a plan is compiled, so the choice changes time and no bit.
struct ThreadGovernor {
  /// Threads for the next pass: one, or the most.
  private(set) var threads: Int
  private let most: Int

  /// Seconds of a pass with one thread and with the most, smoothed.
  private var seconds: (one: Double?, most: Double?)
  private var passes = 0

  /// Passes from one trial of the slower choice to the next; doubled whenever a trial loses.
  private var interval = Self.shortestInterval
  private var nextTrial = Self.warmUp
  private var isTrial = false

  /// The first passes compile kernels and touch memory anew.
  private static let warmUp = 3
  private static let shortestInterval = 16
  private static let longestInterval = 1024

  /// The choice that holds, also while the other one is on trial.
  var settled: Int { isTrial ? (threads == 1 ? most : 1) : threads }

  /// Begins with the most threads.
  init(most: Int) {
    self.most = most
    threads = most
  }

  /// Takes note of a pass with the threads asked for, and chooses for the next.
  mutating func finish(seconds taken: Double) {
    guard most > 1 else { return }
    passes += 1
    if passes < Self.warmUp { return }
    note(taken)
    if isTrial {
      isTrial = false
      settle()
    } else if passes >= nextTrial {
      isTrial = true
      threads = threads == 1 ? most : 1
    }
  }

  private mutating func note(_ taken: Double) {
    func smoothed(_ known: Double?) -> Double { known.map { 0.5 * $0 + 0.5 * taken } ?? taken }
    if threads == 1 {
      seconds.one = smoothed(seconds.one)
    } else {
      seconds.most = smoothed(seconds.most)
    }
  }

  /// After a trial: the faster choice, and when the other is tried again.
  private mutating func settle() {
    let before = threads == 1 ? most : 1
    let one = seconds.one ?? .infinity
    let all = seconds.most ?? .infinity
    threads = one < Self.advantage * all ? 1 : most
    interval = threads == before ? min(2 * interval, Self.longestInterval) : Self.shortestInterval
    nextTrial = passes + interval
  }

  /// One thread must be clearly faster, since noise in a single pass is large.
  private static let advantage = 0.8
}
