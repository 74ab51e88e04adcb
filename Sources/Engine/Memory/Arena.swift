import COneDNN
import Networks

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// One block of memory on a page boundary.
///
/// Pages are the system's until they are first touched, and all zeros then; those that another arena had hold what
/// they held.
final class Arena {
  let start: UnsafeMutablePointer<Float>
  let count: Int

  /// Bytes that the system has given; none once another arena has them.
  private var mapped: Int

  /// Takes `count` floats from the system, or from another arena that nobody reads any more.
  ///
  /// Where the other one cannot be made as large, its memory is left as it is.
  ///
  /// - Throws: `EngineError.memory` where that is more than the machine has or gives.
  init(count: Int, inPlaceOf other: Arena? = nil) throws(EngineError) {
    self.count = max(count, 1)
    let (bytes, overflows) = self.count.multipliedReportingOverflow(by: 4)
    let held = other?.mapped ?? 0
    if overflows || bytes > held { try Self.check(bytes: overflows ? .max : bytes - held) }
    mapped = Self.rounded(bytes)
    let memory: UnsafeMutableRawPointer
    if let known = other?.handOver(bytes: mapped) {
      memory = known
    } else {
      if held > 0 { try Self.check(bytes: bytes) }
      guard
        let new = mmap(
          nil, mapped, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0),
        new != MAP_FAILED
      else { throw .memory(needed: bytes, available: AvailableMemory.bytesAvailable) }
      memory = new
    }
    #if os(Linux)
      // Large pages: fewer faults at first touch and fewer misses later; refusal does no harm.
      if bytes >= Self.large { _ = madvise(memory, mapped, Int32(MADV_HUGEPAGE)) }
    #endif
    start = memory.bindMemory(to: Float.self, capacity: self.count)
  }

  deinit { if mapped > 0 { munmap(start, mapped) } }

  /// Gives its memory away, as large as asked for; nothing where the system does not make it so.
  private func handOver(bytes: Int) -> UnsafeMutableRawPointer? {
    guard mapped > 0 else { return nil }
    if mapped == bytes {
      mapped = 0
      return UnsafeMutableRawPointer(start)
    }
    guard let memory = espalier_resize_memory(start, mapped, bytes) else { return nil }
    mapped = 0
    return memory
  }

  /// Bytes from which memory is asked for in large pages, and those of one.
  private static let large = 1 << 22
  private static let largePage = 1 << 21

  /// Whole large pages, which the system puts where it can make them such.
  private static func rounded(_ bytes: Int) -> Int {
    if bytes < large { return bytes }
    let (sum, overflows) = bytes.addingReportingOverflow(largePage - 1)
    return overflows ? bytes : sum / largePage * largePage
  }

  /// Refuses more bytes than are available, before any are touched.
  ///
  /// - Throws: `EngineError.memory`. Small requests are not checked.
  static func check(bytes: Int) throws(EngineError) {
    try AvailableMemory.require { () throws(AvailableMemory.Shortage) in
      try AvailableMemory.check(bytes: bytes)
    }
  }
}
