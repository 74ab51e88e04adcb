import Synchronization

/// Where a kernel that may last for seconds looks whether it shall stop; without an address it never shall.
package struct StopCell {
  /// Memory that holds 1 once work shall stop.
  package let address: UnsafeRawPointer?

  /// A place to look at.
  package init(_ address: UnsafeRawPointer?) { self.address = address }

  /// No place: work is done to its end.
  package static var none: StopCell { StopCell(nil) }

  /// Whether work shall stop.
  @inline(__always) var isSet: Bool {
    guard let address else { return false }
    return address.assumingMemoryBound(to: Atomic<Int>.self).pointee.load(ordering: .relaxed) == 1
  }
}
