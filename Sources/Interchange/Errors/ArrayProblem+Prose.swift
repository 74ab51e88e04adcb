extension ArrayProblem {
  func prose(path: String) -> Prose {
    switch self {
    case .noSuchArray(let names, let found):
      return Prose(
        expected: "an array " + names.map { Prose.quoted($0) }.joined(separator: " or "),
        found: found.isEmpty ? "no arrays" : Prose.list(found), next: "save it under this name")
    case .notIntegers(let array, let type):
      return Prose(
        expected: "whole numbers in \(Prose.quoted(array))", found: type,
        next: "convert it to I64 before saving")
    case .integerTooLarge(let array, let found):
      return Prose(
        expected: "numbers below 9,223,372,036,854,775,808 in \(Prose.quoted(array))",
        found: Prose.counted(found), next: "convert it to I64 before saving")
    case .notOfFormat(let format):
      return Prose(
        expected: format.start, found: "other bytes",
        next: "name the format it really has: help data")
    case .size(let needed, let found):
      return Prose(
        expected: "\(Prose.counted(needed, "byte")) as the header says",
        found: Prose.counted(found), next: "check that the file was copied whole")
    case .shapeTooLarge(let shape):
      return Prose(
        expected: "an array that fits in memory",
        found: "the shape \(shape.prefix(8).map { Prose.counted($0) }.joined(separator: "×"))",
        next: "check that the file was copied whole")
    case .npyHeader(let found):
      return Prose(
        expected: "a header with 'descr', 'fortran_order' and 'shape'", found: Prose.quoted(found),
        next: "save the array anew with numpy.save")
    case .npyType(let found):
      return Prose(
        expected: "little-endian numbers such as '<f4'", found: Prose.quoted(found),
        next: "save it with numpy.save after .astype('<f4'), labels after .astype('<i8')")
    case .columnMajor:
      return Prose(
        expected: "an array in row-major order", found: "fortran_order True",
        next: "save numpy.ascontiguousarray of it")
    case .idxType(let found):
      return Prose(
        expected: "elements of one byte, type 8 or 9", found: "type \(found)",
        next: "convert it to bytes before saving")
    case .rows(let row, let found):
      return Prose(
        expected: "rows of \(Prose.counted(row)) bytes",
        found: "\(Prose.counted(found, "byte")) in all",
        next: "check that the file was copied whole")
    case .cifarLabel(let row, let found):
      return Prose(
        expected: "a class 0 to 9 at the start of row \(Prose.counted(row))", found: "\(found)",
        next: "check that it is the binary version of CIFAR-10")
    case .noFiles(let format):
      return Prose(
        expected: format.files, found: "none in the folder",
        next: "data \(format.rawValue) \(Prose.typed(Path.joining(path, "FILE")))")
    }
  }
}

extension ArrayProblem.ArrayFormat {
  /// What a file of the format starts with.
  fileprivate var start: String {
    switch self {
    case .npy: "an array of numpy.save, starting with \\x93NUMPY"
    case .npz: "an archive of numpy.savez, starting with PK"
    case .mnist: "an IDX file, starting with two zero bytes"
    case .cifar10: "rows of CIFAR-10"
    }
  }

  /// What a folder of the format holds.
  fileprivate var files: String {
    switch self {
    case .npy: "files NAME.npy"
    case .npz: "files NAME.npz"
    case .mnist: "train-images-idx3-ubyte"
    case .cifar10: "data_batch_1.bin or other files NAME.bin"
    }
  }
}
