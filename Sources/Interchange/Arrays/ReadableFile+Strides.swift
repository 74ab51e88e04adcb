extension ReadableFile {
  /// Bytes of the pieces that elements are gathered to.
  private static let gatheredSize = 1 << 18

  /// Reads elements of `unit` bytes that lie apart, and hands them on piece by piece, row-major.
  ///
  /// The stretch that they lie in is held as long; throws where there is no memory for it, or no room for the
  /// stretch within a machine integer.
  func readGathered(
    _ layout: StridedLayout, at start: Int, unit: Int,
    _ body: (UnsafeRawBufferPointer) throws(FileError) -> Void
  ) throws(FileError) {
    try Memory.check(layout.span ?? .max, times: unit, for: path)
    let source = UnsafeMutableRawBufferPointer.allocate(
      byteCount: (layout.span ?? 0) * unit, alignment: 16)
    defer { source.deallocate() }
    try fill(source, from: start)
    let piece = UnsafeMutableRawBufferPointer.allocate(
      byteCount: Self.gatheredSize, alignment: 16)
    defer { piece.deallocate() }
    var filled = 0
    func flush() throws(FileError) {
      try Waiting.check(path)
      try body(UnsafeRawBufferPointer(rebasing: piece[..<filled]))
      filled = 0
    }
    let (length, stride) = (layout.shape.last ?? 1, layout.strides.last ?? 1)
    try layout.forEachRow { first throws(FileError) in
      var done = 0
      while done < length {
        let count = min(length - done, (piece.count - filled) / unit)
        for index in 0..<count {
          let place = (first + (done + index) * stride) * unit
          for byte in 0..<unit { piece[filled + index * unit + byte] = source[place + byte] }
        }
        done += count
        filled += count * unit
        if filled == piece.count { try flush() }
      }
    }
    if filled > 0 { try flush() }
  }
}
