import Networks

/// Memory for what files hold, asked for before it is taken.
enum Memory {
  /// Refuses more bytes than can be had.
  static func check(_ bytes: Int, for path: String) throws(FileError) {
    do throws(AvailableMemory.Shortage) { try AvailableMemory.check(bytes: bytes) } catch {
      throw failure(error, for: path)
    }
  }

  /// Refuses more elements of some bytes each than can be had.
  static func check(_ count: Int, times size: Int, for path: String) throws(FileError) {
    try check(AvailableMemory.bytes(count, size), for: path)
  }

  fileprivate static func failure(_ shortage: AvailableMemory.Shortage, for path: String)
    -> FileError
  {
    FileError(
      path: path,
      problem: .system(.noMemory(needed: shortage.needed, available: shortage.available)))
  }
}

extension Array {
  /// Appends an element where there is memory for it.
  mutating func append(_ element: Element, for path: String) throws(FileError) {
    if count == capacity { try makeRoom(1, for: path) }
    append(element)
  }

  /// Makes room for more elements.
  mutating func makeRoom(_ more: Int, for path: String) throws(FileError) {
    do throws(AvailableMemory.Shortage) { try makeRoom(for: more) } catch {
      throw Memory.failure(error, for: path)
    }
  }
}
