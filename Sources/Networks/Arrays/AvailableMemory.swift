#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// What memory can be had, asked before much of it is taken: a Swift array that cannot have it ends the program.
package enum AvailableMemory {
  /// More bytes than there are, or than this process may take.
  package struct Shortage: Error, Hashable, Sendable {
    package let needed: Int
    package let available: Int
  }

  /// Requests up to this size are not checked.
  private static let unchecked = 1 << 26

  /// Refuses more bytes than can be had, before any are touched.
  package static func check(bytes: Int) throws(Shortage) {
    if bytes < unchecked { return }
    let available = bytesAvailable
    guard bytes <= available, canMap(bytes) else {
      throw Shortage(needed: bytes, available: min(available, largestMapped(below: bytes)))
    }
  }

  /// Bytes that the machine can give without swapping, or all it has where that is unknown.
  package static var bytesAvailable: Int {
    let pages = sysconf(Int32(_SC_PHYS_PAGES))
    let size = sysconf(Int32(_SC_PAGESIZE))
    let physical = pages > 0 && size > 0 ? pages * size : Int.max
    return min(physical, bytesAvailableByKernel ?? physical)
  }

  /// Whether the limits of this process, such as `ulimit -v`, allow for so many bytes more.
  private static func canMap(_ bytes: Int) -> Bool {
    guard
      let memory = mmap(nil, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0),
      memory != MAP_FAILED
    else { return false }
    munmap(memory, bytes)
    return true
  }

  /// About how many bytes the limits of this process allow for.
  private static func largestMapped(below bytes: Int) -> Int {
    var size = bytes
    while size > unchecked, !canMap(size) { size /= 2 }
    return size
  }

  /// The line `MemAvailable` of Linux's /proc/meminfo.
  private static var bytesAvailableByKernel: Int? {
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
