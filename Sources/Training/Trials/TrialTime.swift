#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What a trial may take of the time of its thread; waiting for a machine that is busy otherwise does not count.
package struct TrialTime {
  private let start: Double
  private let limit: Double

  /// Time from now on, on the thread that asks.
  package init(seconds: Double) { (start, limit) = (Self.now, seconds) }

  /// The seconds that the thread has worked since.
  package var used: Double { Self.now - start }

  /// Whether no more is left.
  package var isUp: Bool { used > limit }

  private static var now: Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
