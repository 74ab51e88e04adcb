extension ReadableFile {
  /// Bytes of the pieces that elements are gathered to.
  private static let gatheredSize = 1 << 18

  /// Reads elements of `unit` bytes, 1, 2, 4 or 8, that lie apart, and hands them on piece by piece, row-major.
  ///
  /// The stretch that they lie in is held as long; throws where there is no memory for it.
  func readGathered(
    _ layout: StridedLayout, at start: Int, unit: Int,
    _ body: (UnsafeRawBufferPointer) throws(FileError) -> Void
  ) throws(FileError) {
    let span = layout.span ?? .max
    try Memory.check(span, times: unit, for: path)
    let source = UnsafeMutableRawBufferPointer.allocate(byteCount: span * unit, alignment: 16)
    defer { source.deallocate() }
    try fill(source, from: start)
    let elements = UnsafeRawBufferPointer(source)
    let piece = UnsafeMutableRawBufferPointer.allocate(
      byteCount: Self.gatheredSize, alignment: 16)
    defer { piece.deallocate() }
    var filled = 0
    func handOn() throws(FileError) {
      try Waiting.check(path)
      try body(UnsafeRawBufferPointer(rebasing: piece[..<filled]))
      filled = 0
    }
    let (length, stride) = (layout.shape.last ?? 1, layout.strides.last ?? 1)
    try layout.forEachRow { first throws(FileError) in
      var done = 0
      while done < length {
        let count = min(length - done, (piece.count - filled) / unit)
        let target = UnsafeMutableRawBufferPointer(
          rebasing: piece[filled..<filled + count * unit])
        let places = Places(first: first + done * stride, stride: stride, count: count)
        switch unit {
        case 1: Self.copy(UInt8.self, of: elements, at: places, to: target)
        case 2: Self.copy(UInt16.self, of: elements, at: places, to: target)
        case 4: Self.copy(UInt32.self, of: elements, at: places, to: target)
        default: Self.copy(UInt64.self, of: elements, at: places, to: target)
        }
        done += count
        filled += target.count
        if filled == piece.count { try handOn() }
      }
    }
    if filled > 0 { try handOn() }
  }

  /// Elements that lie equally far apart.
  private struct Places {
    let first: Int
    let stride: Int
    let count: Int
  }

  private static func copy<Element: FixedWidthInteger & BitwiseCopyable>(
    _ type: Element.Type, of source: UnsafeRawBufferPointer, at places: Places,
    to target: UnsafeMutableRawBufferPointer
  ) {
    let size = MemoryLayout<Element>.size
    for index in 0..<places.count {
      let element = source.loadUnaligned(
        fromByteOffset: (places.first + index * places.stride) * size, as: type)
      target.storeBytes(of: element, toByteOffset: index * size, as: type)
    }
  }
}
