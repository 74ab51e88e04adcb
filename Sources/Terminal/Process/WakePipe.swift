import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A pipe to the event loop: any thread or signal handler rings, poll(2) wakes.
///
/// Both ends are non-blocking and closed in children. Rings that were not yet heard count as one
/// byte at most, so that a busy trainer cannot fill the pipe. It lives as long as the program.
package final class WakePipe: Sendable {
  /// The end to poll for reading.
  package let readEnd: Int32
  private let writeEnd: Int32
  private let isRinging = Atomic(false)

  /// A pipe, or nothing where the system has no descriptors left.
  package init?() {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { return nil }
    for end in ends {
      _ = fcntl(end, F_SETFD, FD_CLOEXEC)
      _ = fcntl(end, F_SETFL, O_NONBLOCK)
    }
    (readEnd, writeEnd) = (ends[0], ends[1])
  }

  deinit {
    _ = close(readEnd)
    _ = close(writeEnd)
  }

  /// Wakes the loop; safe from any thread.
  package func ring() {
    guard !isRinging.exchange(true, ordering: .acquiringAndReleasing) else { return }
    var byte: UInt8 = 0
    _ = write(writeEnd, &byte, 1)
  }

  /// Takes the rings so far; to be called before looking at what they announce.
  package func drain() {
    var buffer: (UInt64, UInt64) = (0, 0)
    while read(readEnd, &buffer, MemoryLayout.size(ofValue: buffer)) > 0 {}
    _ = isRinging.exchange(false, ordering: .acquiringAndReleasing)
  }
}
