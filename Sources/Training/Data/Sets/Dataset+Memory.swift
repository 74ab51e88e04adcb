import Networks

extension Dataset {
  /// Refuses to copy all examples where there is no memory for it.
  package func checkCopy() throws(DataError) {
    let sizes = [train, test].compactMap { $0 }.map { $0.exampleSize + $0.targetSize + 6 }
    let bytes = AvailableMemory.bytes(count, sizes.max() ?? 0, MemoryLayout<Float>.size)
    do throws(AvailableMemory.Shortage) { try AvailableMemory.check(bytes: bytes) } catch {
      throw .memory(name: name, needed: error.needed, available: error.available, count: nil)
    }
  }
}
