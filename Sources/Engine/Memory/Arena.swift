import Networks

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// One block of memory on a page boundary, all zeros at first.
///
/// Pages are the system's until they are first touched.
final class Arena {
  let start: UnsafeMutablePointer<Float>
  let count: Int

  /// Takes `count` floats from the system.
  ///
  /// - Throws: `EngineError.memory` where that is more than the machine has or gives.
  init(count: Int) throws(EngineError) {
    let (bytes, overflows) = max(count, 1).multipliedReportingOverflow(by: 4)
    try Self.check(bytes: overflows ? .max : bytes)
    guard
      let memory = mmap(
        nil, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0),
      memory != MAP_FAILED
    else { throw .memory(needed: bytes, available: AvailableMemory.bytesAvailable) }
    #if os(Linux)
      // Large pages: fewer faults at first touch and fewer misses later; refusal does no harm.
      if bytes >= 1 << 22 { _ = madvise(memory, bytes, Int32(MADV_HUGEPAGE)) }
    #endif
    start = memory.bindMemory(to: Float.self, capacity: max(count, 1))
    self.count = max(count, 1)
  }

  deinit { munmap(start, count * 4) }

  /// Refuses more bytes than are available, before any are touched.
  ///
  /// - Throws: `EngineError.memory`. Small requests are not checked.
  static func check(bytes: Int) throws(EngineError) {
    try AvailableMemory.require { () throws(AvailableMemory.Shortage) in
      try AvailableMemory.check(bytes: bytes)
    }
  }
}
