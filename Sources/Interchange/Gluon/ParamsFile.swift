import Networks

/// An open parameter file of MXNet and Gluon, `.params`: its contents are known, its arrays are read when asked for.
///
/// The format: a number, the arrays one after the other, each with its shape, element type and values, then
/// their names. Arrays come as 32-bit floats, whatever they are stored as.
package struct ParamsFile: ArrayFile {
  /// The file as the user named it.
  package let path: String

  /// The arrays in the order of the file; `arg:` and `aux:` before their names are left off, and those without
  /// names have their numbers from 0 on.
  package let arrays: [StoredArray]
  package let positions: [String: Int]

  /// Opens a file and reads all but the values; throws where they do not fill it.
  package init(path: String) throws(FileError) {
    self.path = path
    let file = try ReadableFile(path: path)
    guard file.isRegular else {
      throw FileError(path: path, problem: .system(.notARegularFile))
    }
    var cursor = ParamsCursor(file)
    guard cursor.left >= 8, try cursor.number(UInt64.self, of: .arrays) == ParamsFormat.magic
    else { throw cursor.failure(.notParams) }
    _ = try cursor.number(UInt64.self, of: .arrays)
    let parts = try Self.arrays(&cursor)
    let names = try Self.names(&cursor, count: parts.count)
    guard cursor.left == 0 else { throw cursor.failure(.bytesBehind(byte: cursor.position)) }
    var positions: [String: Int] = [:]
    var arrays: [StoredArray] = []
    for (part, name) in zip(parts, names) {
      guard positions.updateValue(arrays.count, forKey: name) == nil else {
        throw cursor.failure(.duplicateName(name, whileWriting: false))
      }
      try arrays.append(
        StoredArray(
          name: name, type: part.type, shape: part.shape, file: file, start: part.start),
        for: path)
    }
    self.arrays = arrays
    self.positions = positions
  }

  /// An array without its name: where its values start.
  private struct Part {
    let type: ElementType
    let shape: [Int]
    let start: Int
  }

  private static func arrays(_ cursor: inout ParamsCursor) throws(FileError) -> [Part] {
    var parts: [Part] = []
    let count = try cursor.count(of: .arrays, size: 8)
    while parts.count < count {
      try parts.append(array(&cursor, number: parts.count + 1), for: cursor.file.path)
    }
    return parts
  }

  /// Reads an array's description and steps over its values.
  private static func array(
    _ cursor: inout ParamsCursor, number: Int
  ) throws(FileError) -> Part {
    let start = cursor.position
    let found = try cursor.number(UInt32.self, of: .array(number))
    guard let version = ParamsFormat.Version(found) else {
      throw cursor.failure(.version(array: number, byte: start, found: found))
    }
    if version.hasStorage {
      let storage = try cursor.number(Int32.self, of: .array(number))
      guard storage == 0 else {
        throw cursor.failure(.sparse(array: number, storage: storage))
      }
    }
    let shape: [Int]
    switch version {
    case .dimensionsFirst:
      shape = try extents(&cursor, UInt32.self, count: Int(found), of: number)
    case .dense, .storage, .numpyShapes:
      let count = Int(try cursor.number(Int32.self, of: .array(number)))
      shape = try extents(&cursor, Int64.self, count: count, of: number)
    }
    // Before it had NumPy's shapes MXNet wrote those it did not know yet as zeros, with nothing behind them.
    if version != .numpyShapes, shape.isEmpty || shape.contains(0) {
      throw cursor.failure(.shapeUnknown(array: number))
    }
    _ = try cursor.skip(8, of: .array(number))
    let type = try cursor.number(Int32.self, of: .array(number))
    guard let type = ParamsFormat.elementType(type) else {
      throw cursor.failure(.elementType(array: number, found: type))
    }
    guard let size = StoredArray.size(of: type, shape: shape) else {
      throw cursor.failure(.shapeTooLarge(array: number, shape: shape))
    }
    let values = try cursor.skip(size, of: .array(number))
    return Part(type: type, shape: shape, start: values.lowerBound)
  }

  /// Reads the extents of an array.
  private static func extents<Number: FixedWidthInteger>(
    _ cursor: inout ParamsCursor, _ type: Number.Type, count: Int, of number: Int
  ) throws(FileError) -> [Int] {
    guard count >= 0 else { throw cursor.failure(.shapeUnknown(array: number)) }
    guard count <= ParamsFormat.dimensionLimit else {
      throw cursor.failure(.dimensions(array: number, found: count))
    }
    var shape: [Int] = []
    for _ in 0..<count {
      let extent = Int(try cursor.number(type, of: .array(number)))
      guard extent >= 0 else { throw cursor.failure(.shapeUnknown(array: number)) }
      shape.append(extent)
    }
    return shape
  }

  /// Reads the names of so many arrays, or makes them where there are none.
  private static func names(
    _ cursor: inout ParamsCursor, count: Int
  ) throws(FileError) -> [String] {
    let found = try cursor.count(of: .names, size: 8)
    if found == 0 { return (0..<count).map { String($0) } }
    guard found == count else {
      throw cursor.failure(.nameCount(arrays: count, names: found))
    }
    var names: [String] = []
    while names.count < count {
      let name = try cursor.name()
      let isPrefixed = name.hasPrefix("arg:") || name.hasPrefix("aux:")
      try names.append(isPrefixed ? String(name.dropFirst(4)) : name, for: cursor.file.path)
    }
    return names
  }
}
