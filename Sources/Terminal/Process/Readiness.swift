#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Waiting for input on several descriptors at once.
package enum Readiness {
  /// Waits until one of the descriptors can be read, has reached its end, or the time is over.
  ///
  /// - Parameter milliseconds: how long to wait at most; nil for as long as it takes.
  /// - Returns: the descriptors that are ready; none also when a signal came in between.
  package static func wait(for descriptors: [Int32], milliseconds: Int? = nil) -> Set<Int32> {
    var requests = descriptors.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
    let timeout = milliseconds.map { Int32(clamping: max(0, $0)) } ?? -1
    guard poll(&requests, nfds_t(requests.count), timeout) > 0 else { return [] }
    return Set(requests.filter { $0.revents != 0 }.map(\.fd))
  }
}
