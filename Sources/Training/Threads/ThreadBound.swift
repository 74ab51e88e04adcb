import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A value that one thread alone gets at, the first that asks for it; it may be handed about by any.
final class ThreadBound<Value>: @unchecked Sendable {
  private let value: Value
  private let owner = Atomic<UInt>(0)

  /// Binds a value that nobody else has.
  init(_ value: sending Value) { self.value = value }

  /// The value, on its thread; on another one the program ends.
  func onItsThread() -> Value {
    let thread = Self.thread
    let (isFirst, known) = owner.compareExchange(
      expected: 0, desired: thread, ordering: .acquiringAndReleasing)
    precondition(isFirst || known == thread, "a value bound to another thread")
    return value
  }

  private static var thread: UInt {
    #if canImport(Glibc)
      UInt(pthread_self())
    #else
      UInt(bitPattern: pthread_self())
    #endif
  }
}
