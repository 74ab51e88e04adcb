#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Whether what is under way should stop, because the user asked for it.
///
/// What reads, writes or draws for longer than a second asks from time to time. The answer belongs to a thread, so
/// that it need not be handed through all layers; a thread without one goes on.
package enum Interruption {
  /// Whether an end was asked for.
  package static func isRequested() -> Bool { source?.isRequested() ?? false }

  /// What passes of a network ask between two instructions, where the answer comes from a signal.
  package static var signal: StopSignal? { source?.signal }

  /// Does work that stops when `isRequested` says so.
  package static func with<Result, Failure>(
    _ isRequested: @escaping () -> Bool, _ work: () throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try with(Source(isRequested), work)
  }

  /// Does work that stops when a signal says so, passes of a network in their midst.
  package static func with<Result, Failure>(
    _ signal: StopSignal, _ work: () throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try with(Source({ signal.isSet }, signal), work)
  }

  private static func with<Result, Failure>(
    _ source: Source, _ work: () throws(Failure) -> Result
  ) throws(Failure) -> Result {
    guard let key else { return try work() }
    let outer = pthread_getspecific(key)
    pthread_setspecific(key, Unmanaged.passUnretained(source).toOpaque())
    defer {
      pthread_setspecific(key, outer)
      withExtendedLifetime(source) {}
    }
    return try work()
  }

  private final class Source {
    let isRequested: () -> Bool
    let signal: StopSignal?

    init(_ isRequested: @escaping () -> Bool, _ signal: StopSignal? = nil) {
      (self.isRequested, self.signal) = (isRequested, signal)
    }
  }

  /// That of the calling thread.
  private static var source: Source? {
    guard let key, let source = pthread_getspecific(key) else { return nil }
    return Unmanaged<Source>.fromOpaque(source).takeUnretainedValue()
  }

  private static let key: pthread_key_t? = {
    var key = pthread_key_t()
    return pthread_key_create(&key, nil) == 0 ? key : nil
  }()
}
