import COneDNN
import Networks
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The threads that share the work of plans, begun while there is memory for their stacks.
enum ThreadStacks {
  /// The most threads that were begun.
  private static let begun = Mutex(1)

  /// How many of so many threads can compute; what they share out stays the same, and so do all bits.
  static func usable(_ threads: Int) -> Int {
    begun.withLock { begun in
      if threads <= begun { return threads }
      let bytes = AvailableMemory.bytes(threads - 1, stackSize)
      do throws(AvailableMemory.Shortage) { try AvailableMemory.check(bytes: bytes) } catch {
        return begun
      }
      let number = Int32(truncatingIfNeeded: threads)
      begun = max(begun, Int(espalier_begin_threads(number)))
      return min(threads, begun)
    }
  }

  /// Bytes of a thread's stack that was not asked to have others.
  private static var stackSize: Int {
    var attributes = pthread_attr_t()
    pthread_attr_init(&attributes)
    defer { pthread_attr_destroy(&attributes) }
    var size = 0
    return pthread_attr_getstacksize(&attributes, &size) == 0 && size > 0 ? size : 8 << 20
  }
}
