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
  package static func isRequested() -> Bool {
    guard let key, let source = pthread_getspecific(key) else { return false }
    return Unmanaged<Source>.fromOpaque(source).takeUnretainedValue().isRequested()
  }

  /// Does work that stops when `isRequested` says so.
  package static func with<Result, Failure>(
    _ isRequested: @escaping () -> Bool, _ work: () throws(Failure) -> Result
  ) throws(Failure) -> Result {
    guard let key else { return try work() }
    let source = Source(isRequested)
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

    init(_ isRequested: @escaping () -> Bool) { self.isRequested = isRequested }
  }

  private static let key: pthread_key_t? = {
    var key = pthread_key_t()
    return pthread_key_create(&key, nil) == 0 ? key : nil
  }()
}
