import Synchronization

/// Numbers that are given once in a process, so that equal ones mean equal contents.
enum Stamp {
  private static let last = Atomic<UInt64>(0)

  static func next() -> UInt64 { last.wrappingAdd(1, ordering: .relaxed).newValue }
}
