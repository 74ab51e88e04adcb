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
    if overflows { throw .memory(needed: Int.max, available: Self.availableBytes) }
    try Self.check(bytes: bytes)
    guard
      let memory = mmap(
        nil, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0),
      memory != MAP_FAILED
    else { throw .memory(needed: bytes, available: Self.availableBytes) }
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
    if bytes < 1 << 26 { return }
    let available = availableBytes
    if bytes > available { throw .memory(needed: bytes, available: available) }
  }

  /// Bytes that the machine can give without swapping, or all it has where that is unknown.
  static var availableBytes: Int {
    let pages = sysconf(Int32(_SC_PHYS_PAGES))
    let size = sysconf(Int32(_SC_PAGESIZE))
    let physical = pages > 0 && size > 0 ? pages * size : Int.max
    return min(physical, availableByKernel ?? physical)
  }

  /// The line `MemAvailable` of Linux's /proc/meminfo.
  private static var availableByKernel: Int? {
    guard let file = fopen("/proc/meminfo", "r") else { return nil }
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 256)
    while fgets(&line, Int32(line.count), file) != nil {
      let text = line.withUnsafeBufferPointer { buffer in
        String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
      }
      guard text.hasPrefix("MemAvailable:") else { continue }
      let digits = text.filter { $0.isASCII && $0.isNumber }
      return Int(digits).map { $0 * 1024 }
    }
    return nil
  }
}
