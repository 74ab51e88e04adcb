import Networks

/// CIFAR-10 in its binary version: rows of a class and 3×32×32 bytes, red, green, blue (Krizhevsky 2009).
package enum Cifar {
  private static let shape = Shape([3, 32, 32])
  private static let classes = [
    "airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck",
  ]

  /// Reads a file of rows, or a folder: all `.bin` files train, save those with `test` in their names.
  ///
  /// Inputs are `[count, 3, 32, 32]`, 0 to 1.
  package static func read(_ path: String, test: String? = nil) throws(FileError) -> ExamplesPair {
    try read(DataFiles(train: [path], test: test.map { [$0] } ?? []))
  }

  /// Reads files of rows, or a folder of them.
  package static func read(_ files: DataFiles) throws(FileError) -> ExamplesPair {
    var (train, tests) = (files.train, files.test)
    if train.count == 1, Folder.exists(train[0]) {
      let found = try self.files(for: train[0])
      (train, tests) = (found.0, tests.isEmpty ? found.1 : tests)
    }
    return ExamplesPair(
      name: "cifar10", train: try examples(train), test: tests.isEmpty ? nil : try examples(tests),
      files: train + tests)
  }

  private static func files(for path: String) throws(FileError) -> ([String], [String]) {
    guard Folder.exists(path) else { return ([path], []) }
    let names = try Folder.names(in: path).filter {
      Path.fileExtension(of: Path.unpacked($0)) == "bin"
    }
    func paths(test: Bool) -> [String] {
      names.filter { $0.contains("test") == test }.map { Path.joining(path, $0) }
    }
    guard !paths(test: false).isEmpty else {
      throw FileError(path: path, problem: .array(.noFiles(.cifar10)))
    }
    return (paths(test: false), paths(test: true))
  }

  private static func examples(_ paths: [String]) throws(FileError) -> Examples {
    var values: [Float] = []
    var labels: [Int32] = []
    for path in paths { try read(path, &values, &labels) }
    return Examples(
      inputs: Tensor(shape: [labels.count] + shape.extents, values: values),
      targets: .classes(labels, names: classes))
  }

  private static func read(
    _ path: String, _ values: inout [Float], _ labels: inout [Int32]
  ) throws(FileError) {
    let row = 1 + shape.count
    let file = try ReadableFile.unpacking(path)
    guard file.isRegular else {
      throw FileError(path: path, problem: .system(.notARegularFile))
    }
    guard file.size > 0, file.size % row == 0 else {
      throw FileError(path: path, problem: .array(.rows(row: row, found: file.size)))
    }
    guard file.size <= FileLimits.values - values.count else {
      throw FileError(path: path, problem: .table(.tooManyValues(limit: FileLimits.values)))
    }
    let bytes = try file.read(0..<file.size) { Array($0) }
    try values.makeRoom(file.size, for: path)
    for start in stride(from: 0, to: bytes.count, by: row) {
      guard bytes[start] < 10 else {
        throw FileError(
          path: path, problem: .array(.cifarLabel(row: start / row + 1, found: bytes[start])))
      }
      labels.append(Int32(bytes[start]))
      for byte in bytes[start + 1..<start + row] { values.append(Float(byte) / 255) }
    }
  }
}
