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
  package static func read(
    _ files: DataFiles, storage: RowStorage = RowStorage()
  ) throws(FileError) -> ExamplesPair {
    var (train, tests) = (files.train, files.test)
    if train.count == 1, Folder.exists(train[0]) {
      let found = try self.files(for: train[0])
      (train, tests) = (found.0, tests.isEmpty ? found.1 : tests)
    }
    return ExamplesPair(
      name: "cifar10", train: try examples(train, storage),
      test: tests.isEmpty ? nil : try examples(tests, storage),
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

  private static func examples(
    _ paths: [String], _ storage: RowStorage
  ) throws(FileError) -> Examples {
    let files = try paths.map { path throws(FileError) in try file(path) }
    let isStored =
      storage.stores(files.reduce(0) { $0 + $1.size }) && files.allSatisfy(\.hasPlaces)
    var values: [Float] = []
    var labels: [Int32] = []
    for file in files {
      if !isStored { try values.makeRoom(file.size, for: file.path) }
      try read(file, &labels) { row in
        if !isStored { for byte in row { values.append(Float(byte) / 255) } }
      }
    }
    let rows: InputRows =
      if isStored {
        .stored(StoredRows(files.map(rows), rowShape: shape.extents))
      } else {
        .memory(Tensor(shape: [labels.count] + shape.extents, values: values))
      }
    return Examples(rows: rows, targets: .classes(labels, names: classes))
  }

  /// Bytes of a row: the class, and the values.
  private static let rowBytes = 1 + shape.count

  private static func rows(of file: ReadableFile) -> FileRows {
    FileRows(
      file, type: .uint8, start: 1, distance: rowBytes, count: file.size / rowBytes,
      size: shape.count, divisor: 255)
  }

  private static func file(_ path: String) throws(FileError) -> ReadableFile {
    let file = try ReadableFile.unpacking(path)
    guard file.isRegular else {
      throw FileError(path: path, problem: .system(.notARegularFile))
    }
    guard file.size > 0, file.size % rowBytes == 0 else {
      throw FileError(path: path, problem: .array(.rows(row: rowBytes, found: file.size)))
    }
    return file
  }

  /// Reads the classes of all rows, and hands on the values of each.
  private static func read(
    _ file: ReadableFile, _ labels: inout [Int32], _ body: (Slice<UnsafeRawBufferPointer>) -> Void
  ) throws(FileError) {
    var row = 0
    try file.readPieces(0..<file.size, unit: rowBytes) { bytes throws(FileError) in
      for start in stride(from: 0, to: bytes.count, by: rowBytes) {
        row += 1
        guard bytes[start] < 10 else {
          throw FileError(
            path: file.path, problem: .array(.cifarLabel(row: row, found: bytes[start])))
        }
        try labels.append(Int32(bytes[start]), for: file.path)
        body(bytes[start + 1..<start + rowBytes])
      }
    }
  }
}
