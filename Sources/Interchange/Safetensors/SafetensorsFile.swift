import Networks

/// An open safetensors file: its contents are known and checked, its tensors are read when asked for.
///
/// The format: the header's length as an unsigned 64-bit little-endian number, the header as JSON, then
/// the tensors' bytes, row-major and without gaps. A hostile file is refused before memory is taken
/// for it. Tensors come as 32-bit floats, whatever they are stored as.
package struct SafetensorsFile {
  /// The file as the user named it.
  package let path: String
  private let file: ReadableFile
  private let header: SafetensorsHeader
  private let dataStart: Int
  private let positions: [String: Int]

  /// Opens a file and checks its header against its size.
  package init(path: String) throws(FileError) {
    self.path = path
    file = try ReadableFile(path: path)
    guard file.isRegular else {
      throw FileError(path: path, problem: .system(.notARegularFile))
    }
    let length = try Self.headerLength(file)
    dataStart = 8 + length
    let json = try Self.read(file, 8..<dataStart) { Array($0) }
    do {
      header = try SafetensorsHeader(json: json, dataSize: file.size - dataStart)
    } catch {
      throw FileError(path: path, problem: .safetensors(error))
    }
    positions = Dictionary(
      uniqueKeysWithValues: header.entries.enumerated().map { ($0.element.name, $0.offset) })
  }

  /// The tensors' names in the order of the header.
  package var names: [String] { header.entries.map(\.name) }

  /// The texts that came with the tensors.
  package var metadata: [String: String] { header.metadata }

  /// Whether there is a tensor of this name.
  package func contains(_ name: String) -> Bool { positions[name] != nil }

  /// The shape of a tensor, outermost extent first.
  package func shape(of name: String) throws(FileError) -> [Int] { try entry(name).shape }

  /// How a tensor is stored.
  package func elementType(of name: String) throws(FileError) -> ElementType {
    try entry(name).type
  }

  /// Reads a tensor as 32-bit floats.
  package func tensor(_ name: String) throws(FileError) -> Tensor {
    let entry = try entry(name)
    let values = try Self.read(file, absolute(entry.bytes)) {
      Elements.floats($0, as: entry.type)
    }
    return Tensor(shape: entry.shape, values: values)
  }

  /// Reads a tensor of an integer type, row-major.
  package func integers(_ name: String) throws(FileError) -> [Int64] {
    let entry = try entry(name)
    let values = try Self.read(file, absolute(entry.bytes)) {
      Elements.integers($0, as: entry.type)
    }
    guard let values else {
      throw failure(.notIntegers(tensor: name, type: entry.type.rawValue))
    }
    if entry.type == .uint64, let large = values.first(where: { $0 < 0 }) {
      throw failure(.integerTooLarge(tensor: name, found: UInt64(bitPattern: large)))
    }
    return values
  }

  private func entry(_ name: String) throws(FileError) -> SafetensorsHeader.Entry {
    guard let position = positions[name] else {
      throw failure(.noSuchTensor(name, names: names))
    }
    return header.entries[position]
  }

  private func absolute(_ bytes: Range<Int>) -> Range<Int> {
    dataStart + bytes.lowerBound..<dataStart + bytes.upperBound
  }

  private func failure(_ problem: SafetensorsProblem) -> FileError {
    FileError(path: path, problem: .safetensors(problem))
  }

  private static func headerLength(_ file: ReadableFile) throws(FileError) -> Int {
    func failure(_ problem: SafetensorsProblem) -> FileError {
      FileError(path: file.path, problem: .safetensors(problem))
    }
    guard file.size >= 8 else { throw failure(.shorterThanHeader(size: file.size, needed: 8)) }
    let length = try read(file, 0..<8) {
      UInt64(littleEndian: $0.loadUnaligned(as: UInt64.self))
    }
    guard length <= UInt64(SafetensorsHeader.lengthLimit) else {
      throw failure(.headerTooLong(length: length, limit: SafetensorsHeader.lengthLimit))
    }
    guard length <= UInt64(file.size - 8) else {
      throw failure(.shorterThanHeader(size: file.size, needed: 8 + length))
    }
    return Int(length)
  }

  /// Reads a part of the file and turns its bytes into something else.
  private static func read<Result>(
    _ file: ReadableFile, _ bytes: Range<Int>, _ transform: (UnsafeRawBufferPointer) -> Result
  ) throws(FileError) -> Result {
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count, alignment: 16)
    defer { buffer.deallocate() }
    try file.fill(buffer, from: bytes.lowerBound)
    return transform(UnsafeRawBufferPointer(buffer))
  }
}
