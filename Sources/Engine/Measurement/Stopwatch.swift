#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Seconds from now on: those that the calling thread computes where it does so alone, so that what else the machine
/// does meanwhile is not counted; else those that pass.
struct Stopwatch {
  private let clock: clockid_t
  private let start: Double

  init(isAlone: Bool) {
    clock = isAlone ? CLOCK_THREAD_CPUTIME_ID : CLOCK_MONOTONIC
    start = Self.now(clock)
  }

  /// Seconds since then.
  var seconds: Double { Self.now(clock) - start }

  private static func now(_ clock: clockid_t) -> Double {
    var time = timespec()
    clock_gettime(clock, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }
}
