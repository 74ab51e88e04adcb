/// A parameter file of MXNet that breaks its format, or tensors that it cannot hold.
///
/// Arrays are counted from 1, since their names come last; `byte` counts from the file's first, 0.
package enum ParamsProblem: Error, Equatable, Sendable {
  /// The file does not start with the format's number.
  case notParams

  /// What takes `needed` bytes at `byte` goes beyond the file's `size`.
  case endedEarly(Part, byte: Int, needed: Int, size: Int)

  /// More arrays or names than there are bytes for.
  case count(Part, byte: Int, found: UInt64)

  /// An array that starts with a number of no version.
  case version(array: Int, byte: Int, found: UInt32)
  case sparse(array: Int, storage: Int32)

  /// An array whose shape was not known when it was saved.
  case shapeUnknown(array: Int)
  case dimensions(array: Int, found: Int)
  case shapeTooLarge(array: Int, shape: [Int])
  case elementType(array: Int, found: Int32)
  case nameCount(arrays: Int, names: Int)
  case nameNotText(byte: Int)

  /// A name that occurs twice, in a file or among the tensors to write.
  case duplicateName(String, whileWriting: Bool)

  /// More bytes than the format tells of.
  case bytesBehind(byte: Int)

  /// A tensor to write that has no values.
  case noValues(String, shape: [Int])

  /// What the file consists of.
  package enum Part: Equatable, Sendable {
    case arrays
    case array(Int)
    case names
    case name
  }
}
