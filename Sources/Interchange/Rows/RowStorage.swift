import Networks

/// When the values of examples stay in files and are read as they are needed, and where what was made of texts is kept.
package struct RowStorage: Equatable, Sendable {
  /// The bytes that the values of an array may take as 32-bit floats; what would take more stays in its file.
  ///
  /// Nothing is 256 MiB, or a quarter of the memory that can be had where that is less.
  package var bound: Int?

  /// Where the values of large texts are kept, so that they are not read twice; nowhere where there is no such folder.
  package var folder: String?

  /// The bound that suits this machine, and no folder.
  package init(bound: Int? = nil, folder: String? = nil) {
    self.bound = bound
    self.folder = folder
  }

  /// The bound as it is now.
  var effectiveBound: Int { bound ?? AvailableMemory.most(below: 1 << 30) / 4 }

  /// Whether so many values stay in their file.
  func stores(_ count: Int) -> Bool {
    AvailableMemory.bytes(count, MemoryLayout<Float>.size) > effectiveBound
  }
}
