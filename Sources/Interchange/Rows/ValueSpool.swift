import Networks

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Values that come one after the other: in memory while they are few, and in a file once there are many.
///
/// Belongs to one thread.
final class ValueSpool {
  /// The bytes at the start of the file that are left for others.
  static let headerSize = 64

  private let storage: RowStorage
  private let most: Int
  private var values: [Float] = []

  /// The values in memory at which is looked for more room.
  private var room = 0

  /// The values in the file, which come before those in memory.
  private var written = 0
  private var file: SpoolFile?

  /// An empty one.
  init(_ storage: RowStorage = RowStorage()) {
    self.storage = storage
    most = max(1, storage.textBound / MemoryLayout<Float>.size)
  }

  /// The number of values.
  var count: Int { written + values.count }

  /// Whether values are in a file.
  var isInFile: Bool { file != nil }

  /// Appends a value read from a file; throws where there is room for it neither in memory nor on the disk.
  func append(_ value: Float, for path: String) throws(FileError) {
    if values.count >= room {
      if values.count >= most { try flush() }
      try values.makeRoom(1, for: path)
      room = min(values.capacity, most)
    }
    values.append(value)
  }

  /// Forgets the values behind so many.
  func truncate(to count: Int) {
    if count >= written { return values.removeLast(min(values.count, self.count - count)) }
    written = count
    values.removeAll(keepingCapacity: true)
  }

  /// All values, where they are in memory.
  func takeValues() -> [Float] {
    defer { values = [] }
    return values
  }

  /// The file with all values behind its header, once they have been written; it has no other owner afterwards.
  func takeFile() throws(FileError) -> SpoolFile? {
    guard let file else { return nil }
    try flush()
    self.file = nil
    values = []
    return file
  }

  private func flush() throws(FileError) {
    let file: SpoolFile
    if let known = self.file {
      file = known
    } else {
      file = try SpoolFile(in: storage.folder)
      self.file = file
    }
    try file.write(values, at: Self.headerSize + written * MemoryLayout<Float>.size)
    written += values.count
    values.removeAll(keepingCapacity: true)
  }
}

extension RowStorage {
  /// The bytes of values of a text beyond which they go to a file: few where the file is kept and spares reading the
  /// text again.
  var textBound: Int { folder == nil ? effectiveBound : min(effectiveBound, Self.keptBound) }

  /// 16 MiB.
  private static let keptBound = 1 << 24
}
