/// An array of `numpy.save`, as a file of its own or stored within an archive.
///
/// The format: `\x93NUMPY`, the version in two bytes, the header's length in two (version 1) or four
/// bytes, the header as a Python dictionary, then the elements (NumPy Enhancement Proposal 1).
enum NpyFile {
  /// The longest header that is read, in bytes.
  private static let headerLimit = 1 << 16

  /// Reads the header of a file that is one array.
  static func array(_ path: String) throws(FileError) -> StoredArray {
    let file = try ReadableFile.unpacking(path)
    guard file.isRegular else {
      throw FileError(path: path, problem: .system(.notARegularFile))
    }
    return try array(in: file, at: 0..<file.size, name: Path.stem(of: Path.unpacked(path)))
  }

  /// Reads the header of an array that takes a part of a file.
  static func array(
    in file: ReadableFile, at part: Range<Int>, name: String
  ) throws(FileError) -> StoredArray {
    func failure(_ problem: ArrayProblem) -> FileError {
      FileError(path: file.path, problem: .array(problem))
    }
    guard part.count >= 12 else { throw failure(.notOfFormat(.npy)) }
    let start = try file.read(part.lowerBound..<part.lowerBound + 12) { Array($0) }
    guard start.starts(with: [0x93] + Array("NUMPY".utf8)), (1...3).contains(start[6]) else {
      throw failure(.notOfFormat(.npy))
    }
    let short = Int(start[8]) | Int(start[9]) << 8
    let length = start[6] == 1 ? short : short | Int(start[10]) << 16 | Int(start[11]) << 24
    let headerStart = part.lowerBound + (start[6] == 1 ? 10 : 12)
    guard length <= headerLimit, headerStart + length <= part.upperBound else {
      throw failure(.size(needed: headerStart - part.lowerBound + length, found: part.count))
    }
    let bytes = try file.read(headerStart..<headerStart + length) { Array($0) }
    let header: NpyHeader
    do {
      header = try NpyHeader(bytes)
    } catch {
      throw failure(error)
    }
    guard let size = StoredArray.size(of: header.type, shape: header.shape) else {
      throw failure(.shapeTooLarge(shape: header.shape))
    }
    let dataStart = headerStart + length
    guard size == part.upperBound - dataStart else {
      let (needed, overflow) = size.addingReportingOverflow(dataStart - part.lowerBound)
      throw failure(.size(needed: overflow ? .max : needed, found: part.count))
    }
    return StoredArray(
      name: name, type: header.type, shape: header.shape, file: file, start: dataStart)
  }
}
