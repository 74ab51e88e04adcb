#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// What memory can be had, asked before much of it is taken: a Swift array that cannot have it ends the program.
///
/// Counted are what the machine has free, what a control group leaves, and the limits of the process
/// (`ulimit -v`, `ulimit -d`). A reserve is left alone, for all that is too small to be asked for.
package enum AvailableMemory {
  /// More bytes than there are, or than this process may take.
  package struct Shortage: Error, Hashable, Sendable {
    package let needed: Int
    package let available: Int

    /// Joins two sizes in bytes.
    package init(needed: Int, available: Int) {
      self.needed = needed
      self.available = available
    }
  }

  /// Bytes that are left for what is not asked for.
  package static let reserve = 32 << 20

  /// Requests below this size come out of the reserve.
  package static let unchecked = 1 << 16

  /// Requests below this size are held against the limits of the process only.
  private static let small = 1 << 24

  /// Refuses more bytes than can be had, before any are touched.
  package static func check(bytes: Int) throws(Shortage) {
    if bytes < unchecked { return }
    let (total, overflows) = bytes.addingReportingOverflow(reserve)
    if !overflows, bytes < small || total <= bytesAvailable, canMap(total) { return }
    throw Shortage(needed: bytes, available: most(below: bytes))
  }

  /// Refuses an array of more elements than can be had; a count that no array has is refused too.
  package static func check<Element>(
    count: Int, of element: Element.Type, copies: Int = 1
  ) throws(Shortage) {
    try check(bytes: Self.bytes(count, MemoryLayout<Element>.stride, copies))
  }

  /// The product of sizes, or the most there are.
  package static func bytes(_ factors: Int...) -> Int {
    var result = 1
    for factor in factors {
      let (product, overflows) = result.multipliedReportingOverflow(by: factor)
      if overflows { return .max }
      result = product
    }
    return result
  }

  /// Whether the reserve can be had still.
  package static var hasReserve: Bool { canMap(reserve) }

  /// Bytes that the machine and the control group can give without swapping, or all there are where that is
  /// unknown.
  package static var bytesAvailable: Int {
    let pages = sysconf(Int32(_SC_PHYS_PAGES))
    let size = sysconf(Int32(_SC_PAGESIZE))
    let physical = pages > 0 && size > 0 ? pages * size : Int.max
    return min(
      physical, SystemFigures.availableByKernel ?? physical,
      ControlGroup().bytesLeft ?? physical)
  }

  /// About the most bytes, below so many, that can be had beside the reserve.
  package static func most(below bytes: Int) -> Int {
    var (low, high) = (0, min(bytes, max(0, bytesAvailable - reserve)))
    if canMap(high + reserve) { return high }
    while high - low > unchecked {
      let middle = low + (high - low) / 2
      if canMap(middle + reserve) { low = middle } else { high = middle }
    }
    return low
  }

  /// Whether the limits of this process allow for so many bytes more.
  private static func canMap(_ bytes: Int) -> Bool {
    guard
      let memory = mmap(nil, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0),
      memory != MAP_FAILED
    else { return false }
    munmap(memory, bytes)
    return true
  }
}

extension Array {
  /// Makes room for more elements, at least for a quarter more than there are, where memory can be had.
  package mutating func makeRoom(for more: Int = 1) throws(AvailableMemory.Shortage) {
    let (needed, overflows) = count.addingReportingOverflow(more)
    if !overflows, needed <= capacity { return }
    for room in [Swift.max(count, 16), count / 4] {
      let larger = overflows ? .max : Swift.max(needed, count + room)
      do throws(AvailableMemory.Shortage) {
        try AvailableMemory.check(count: larger, of: Element.self)
        return reserveCapacity(larger)
      } catch {
        if room < Swift.max(count, 16) || overflows { throw error }
      }
    }
  }
}
