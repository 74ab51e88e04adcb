import Networks

extension Dataset {
  /// Refuses to copy all examples where there is no memory for it.
  package func checkCopy() throws(DataError) {
    let sizes = [train, test].compactMap { $0 }.map {
      ($0.rows.isStored ? 0 : $0.exampleSize) + $0.targetWidth + 6
    }
    let bytes = AvailableMemory.bytes(count, sizes.max() ?? 0, MemoryLayout<Float>.size)
    try DataError.checkMemory(bytes, for: name)
  }
}

extension DataError {
  /// Refuses a set of data for which there is no memory, with the number of examples that would fit where each
  /// takes so many bytes.
  static func checkMemory(_ bytes: Int, for name: String, bytesPerExample: Int? = nil)
    throws(DataError)
  {
    do throws(AvailableMemory.Shortage) { try AvailableMemory.check(bytes: bytes) } catch {
      let count = bytesPerExample.map { error.available / $0 }
      throw .memory(
        name: name, needed: error.needed, available: error.available,
        count: count == 0 ? nil : count)
    }
  }
}
