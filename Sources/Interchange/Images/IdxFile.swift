/// Arrays of the MNIST family: big-endian header, then bytes (LeCun).
///
/// The format: two zero bytes, the element type, the number of dimensions, each extent in four bytes,
/// the elements. Only elements of one byte are read, 8 unsigned and 9 signed.
enum IdxFile {
  /// Reads the header of a file.
  static func array(_ path: String) throws(FileError) -> StoredArray {
    let file = try ReadableFile.unpacking(path)
    func failure(_ problem: ArrayProblem) -> FileError {
      FileError(path: path, problem: .array(problem))
    }
    guard file.isRegular else {
      throw FileError(path: path, problem: .system(.notARegularFile))
    }
    let start = try file.read(0..<min(4, file.size)) { Array($0) }
    guard start.count == 4, start.starts(with: [0, 0]) else { throw failure(.notOfFormat(.mnist)) }
    let types: [UInt8: ElementType] = [8: .uint8, 9: .int8]
    guard let type = types[start[2]] else { throw failure(.idxType(found: start[2])) }
    let dataStart = 4 + 4 * Int(start[3])
    guard dataStart <= file.size else {
      throw failure(.size(needed: dataStart, found: file.size))
    }
    let shape = try file.read(4..<dataStart) { bytes in
      (0..<Int(start[3])).map { index in
        (0..<4).reduce(0) { $0 << 8 | Int(bytes[4 * index + $1]) }
      }
    }
    guard let size = StoredArray.size(of: type, shape: shape) else {
      throw failure(.shapeTooLarge(shape: shape))
    }
    guard size == file.size - dataStart else {
      let (needed, overflow) = size.addingReportingOverflow(dataStart)
      throw failure(.size(needed: overflow ? .max : needed, found: file.size))
    }
    return StoredArray(
      name: Path.name(of: path), type: type, shape: shape, file: file, start: dataStart)
  }
}
