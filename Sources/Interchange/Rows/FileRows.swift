import Networks

/// Rows of elements in a file, one after the other at equal distances, read as 32-bit floats.
struct FileRows: RowSource {
  private let file: ReadableFile
  private let type: ElementType

  /// Where the elements of the first row begin, and the bytes from row to row.
  private let start: Int
  private let distance: Int
  let count: Int

  /// The elements of a row.
  private let size: Int

  /// What floats are divided by as they are read.
  private let divisor: Float?

  /// The channels of a row that has them last and gets them first; nothing leaves it as it is.
  private let channels: Int?

  /// The rows of elements that begin at a place of a regular file, so many bytes apart.
  ///
  /// All of them lie within the file.
  init(
    _ file: ReadableFile, type: ElementType, start: Int, distance: Int, count: Int, size: Int,
    divisor: Float? = nil, channels: Int? = nil
  ) {
    self.file = file
    self.type = type
    self.start = start
    self.distance = distance
    self.count = count
    self.size = size
    self.divisor = divisor
    self.channels = channels
  }

  func read(
    _ rows: Range<Int>, into values: UnsafeMutableBufferPointer<Float>
  ) throws(RowFault) {
    do throws(FileError) {
      guard file.isUnchanged else { throw FileError(path: file.path, problem: .system(.changed)) }
      let most = max(1, Self.bytesRead / max(distance, 1))
      let first = rows.lowerBound
      for start in stride(from: first, to: rows.upperBound, by: most) {
        let part = start..<min(start + most, rows.upperBound)
        try readPart(
          part,
          into: .init(rebasing: values[(start - first) * size..<(part.upperBound - first) * size]))
      }
    } catch { throw RowFault(error) }
  }

  /// Bytes that are read at once, unless a row has more.
  private static let bytesRead = 1 << 18

  private func readPart(
    _ rows: Range<Int>, into values: UnsafeMutableBufferPointer<Float>
  ) throws(FileError) {
    let (rowBytes, place) = (size * type.size, start + rows.lowerBound * distance)
    #if _endian(little)
      if type == .float32, divisor == nil, channels == nil, distance == rowBytes {
        return try file.fill(UnsafeMutableRawBufferPointer(values), from: place)
      }
    #endif
    let span = (rows.count - 1) * distance + rowBytes
    try Memory.check(span, for: file.path)
    let bytes = UnsafeMutableRawBufferPointer.allocate(byteCount: span, alignment: 16)
    defer { bytes.deallocate() }
    try file.fill(bytes, from: place)
    for row in 0..<rows.count {
      let source = UnsafeRawBufferPointer(
        rebasing: bytes[row * distance..<row * distance + rowBytes])
      let target = UnsafeMutableBufferPointer(rebasing: values[row * size..<(row + 1) * size])
      if let channels {
        Self.spread(Elements.floats(source, as: type), over: target, channels: channels)
      } else {
        Elements.convert(source, as: type, to: target)
      }
      if let divisor { for index in 0..<size { target[index] /= divisor } }
    }
  }

  /// Puts values whose channels come last into their order with channels first.
  private static func spread(
    _ values: [Float], over target: UnsafeMutableBufferPointer<Float>, channels: Int
  ) {
    let positions = values.count / max(channels, 1)
    for channel in 0..<channels {
      for position in 0..<positions {
        target[channel * positions + position] = values[position * channels + channel]
      }
    }
  }
}

extension RowFault {
  /// What refused to read rows of a file.
  init(_ error: FileError) {
    let problem: Problem =
      switch error.problem {
      case .system(.interrupted): .interrupted
      case .system(.changed), .system(.endedEarly): .changed
      case .system, .text, .table, .series, .examples, .array, .safetensors, .zip, .gzip, .image,
        .checkpoint, .params, .onnx, .option, .program:
        .unreadable(reason: error.message)
      }
    self.init(path: error.path, problem: problem)
  }
}

extension FileError {
  /// Rows of a file that could not be read, told as what a command about files was refused by.
  init(_ fault: RowFault) {
    switch fault.problem {
    case .changed, .unreadable: self.init(path: fault.path, problem: .system(.changed))
    case .interrupted: self.init(path: fault.path, problem: .system(.interrupted))
    }
  }
}

extension InputRows {
  /// All rows in memory, for what writes them to a file.
  ///
  /// Throws where they cannot be read, or there is no memory for all of them.
  package func wholeTensor(for path: String) throws(FileError) -> Tensor {
    if let tensor { return tensor }
    try Memory.check(AvailableMemory.bytes(count, rowSize), times: 4, for: path)
    do throws(RowFault) { return try tensor(at: 0..<count) } catch { throw FileError(error) }
  }
}
