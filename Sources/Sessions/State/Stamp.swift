import Synchronization

/// Numbers that are given once in a process, so that equal ones mean equal contents.
enum Stamp {
  private static let last = Atomic<Int>(0)

  static func next() -> Int { last.wrappingAdd(1, ordering: .relaxed).newValue }
}
