import Networks

/// An open safetensors file: its contents are known and checked, its tensors are read when asked for.
///
/// The format: the header's length as an unsigned 64-bit little-endian number, the header as JSON, then
/// the tensors' bytes, row-major and without gaps. A hostile file is refused before memory is taken
/// for it. Tensors come as 32-bit floats, whatever they are stored as.
package struct SafetensorsFile: ArrayFile {
  /// The file as the user named it.
  package let path: String

  /// The tensors in the order of the header.
  package let arrays: [StoredArray]

  /// The texts that came with the tensors.
  package let metadata: [String: String]
  package let positions: [String: Int]

  /// Opens a file and checks its header against its size.
  package init(path: String) throws(FileError) {
    self.path = path
    let file = try ReadableFile(path: path)
    guard file.isRegular else {
      throw FileError(path: path, problem: .system(.notARegularFile))
    }
    let dataStart = 8 + (try Self.headerLength(file))
    let json = try file.read(8..<dataStart) { Array($0) }
    let header: SafetensorsHeader
    do {
      header = try SafetensorsHeader(json: json, dataSize: file.size - dataStart)
    } catch {
      throw FileError(path: path, problem: .safetensors(error))
    }
    metadata = header.metadata
    arrays = header.entries.map { entry in
      StoredArray(
        name: entry.name, type: entry.type, shape: entry.shape, file: file,
        start: dataStart + entry.bytes.lowerBound)
    }
    positions = Dictionary(
      uniqueKeysWithValues: arrays.enumerated().map { ($0.element.name, $0.offset) })
  }

  /// A tensor before it is read; throws where there is none of this name.
  package func array(_ name: String) throws(FileError) -> StoredArray {
    guard let position = positions[name] else {
      throw failure(.noSuchTensor(name, names: names))
    }
    return arrays[position]
  }

  private func failure(_ problem: SafetensorsProblem) -> FileError {
    FileError(path: path, problem: .safetensors(problem))
  }

  private static func headerLength(_ file: ReadableFile) throws(FileError) -> Int {
    func failure(_ problem: SafetensorsProblem) -> FileError {
      FileError(path: file.path, problem: .safetensors(problem))
    }
    guard file.size >= 8 else { throw failure(.shorterThanHeader(size: file.size, needed: 8)) }
    let length = try file.read(0..<8) {
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
}
