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
    let physical = Self.physicalBytes
    if overflows || bytes > physical {
      throw .memory(needed: overflows ? Int.max : bytes, available: physical)
    }
    guard
      let memory = mmap(
        nil, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0),
      memory != MAP_FAILED
    else { throw .memory(needed: bytes, available: physical) }
    #if os(Linux)
      // Large pages: fewer faults at first touch and fewer misses later; refusal does no harm.
      if bytes >= 1 << 22 { _ = madvise(memory, bytes, Int32(MADV_HUGEPAGE)) }
    #endif
    start = memory.bindMemory(to: Float.self, capacity: max(count, 1))
    self.count = max(count, 1)
  }

  deinit { munmap(start, count * 4) }

  /// Bytes of memory in the machine.
  static var physicalBytes: Int {
    let pages = sysconf(Int32(_SC_PHYS_PAGES))
    let size = sysconf(Int32(_SC_PAGESIZE))
    return pages > 0 && size > 0 ? pages * size : Int.max
  }
}
