/// An array file that breaks its format, or arrays that are not what is needed.
package enum ArrayProblem: Error, Equatable, Sendable {
  case noSuchArray(names: [String], found: [String])
  case notIntegers(array: String, type: String)

  /// An unsigned integer beyond the signed ones.
  case integerTooLarge(array: String, found: UInt64)

  /// The file starts with other bytes than its format does.
  case notOfFormat(ArrayFormat)

  /// The file has `found` bytes where its own description needs `needed`.
  case size(needed: Int, found: Int)

  /// The array's size in bytes is beyond a machine integer.
  case shapeTooLarge(shape: [Int])

  // NPY and NPZ

  /// A header that is no description of an array.
  case npyHeader(found: String)
  case npyType(found: String)
  case columnMajor

  // IDX and CIFAR

  case idxType(found: UInt8)

  /// Rows of `row` bytes do not fill a file of `found`.
  case rows(row: Int, found: Int)
  case cifarLabel(row: Int, found: UInt8)
  case noFiles(ArrayFormat)

  /// The formats of arrays, by the names of the `data` command.
  package enum ArrayFormat: String, Equatable, Sendable {
    case npy
    case npz
    case mnist
    case cifar10
  }
}
