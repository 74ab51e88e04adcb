import Networks

/// An open file of arrays with names, each of which is read when asked for.
package protocol ArrayFile {
  /// The file as the user named it.
  var path: String { get }

  /// The arrays in the order of the file.
  var arrays: [StoredArray] { get }

  /// The place of each name in `arrays`.
  var positions: [String: Int] { get }

  /// An array before it is read; throws where there is none of this name.
  func array(_ name: String) throws(FileError) -> StoredArray
}

extension ArrayFile {
  /// The arrays' names in the order of the file.
  package var names: [String] { arrays.map(\.name) }

  /// Whether there is an array of this name.
  package func contains(_ name: String) -> Bool { positions[name] != nil }

  /// An array before it is read; throws where there is none of this name.
  package func array(_ name: String) throws(FileError) -> StoredArray {
    guard let position = positions[name] else {
      throw FileError(path: path, problem: .array(.noSuchArray(names: [name], found: names)))
    }
    return arrays[position]
  }

  /// Reads an array as 32-bit floats.
  package func tensor(_ name: String) throws(FileError) -> Tensor {
    try array(name).tensor()
  }
}
