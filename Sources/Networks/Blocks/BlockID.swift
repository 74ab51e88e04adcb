import Synchronization

/// The lasting identity of a block: moves, wraps, renames and undo keep it, so weights stay with it.
package struct BlockID: Hashable, Comparable, Sendable {
  private let number: UInt64

  private static let next = Atomic<UInt64>(1)

  /// An identity no other block of this process has.
  package init() {
    number = Self.next.wrappingAdd(1, ordering: .relaxed).oldValue
  }

  package static func < (left: BlockID, right: BlockID) -> Bool { left.number < right.number }
}
