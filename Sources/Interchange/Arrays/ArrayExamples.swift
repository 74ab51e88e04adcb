import Networks

/// Examples kept as arrays: `x` and, where there are answers, `y`.
package enum ArrayExamples {
  /// How arrays are to be read.
  package struct Options: Equatable, Sendable {
    /// The labels that there may be, where the files do not have all of them, or none is 0.
    package var labels: ClosedRange<Int>?

    /// Whether inputs are N×L×C or N×H×W×C.
    package var channelsLast = false

    /// Which arrays stay in their files.
    package var storage = RowStorage()

    /// The defaults: classes as the labels say, channels first.
    package init() {}
  }

  /// The arrays of one part.
  typealias Pair = (x: StoredArray, y: StoredArray?)

  /// Reads `x` and `y` of a safetensors file, and a test part from a second file.
  ///
  /// `x_train`, `y_train`, `x_test` and `y_test` in one file are as good.
  package static func readSafetensors(
    _ path: String, test: String? = nil, options: Options = Options()
  ) throws(FileError) -> ExamplesPair {
    let arrays = try SafetensorsFile(path: path).arrays
    let other = try test.map { path throws(FileError) in try SafetensorsFile(path: path).arrays }
    return try read(path, arrays, test: test, other, options: options)
  }

  /// Reads `x` and `y` of an archive of `numpy.savez`, as of a safetensors file.
  package static func readNpz(
    _ path: String, test: String? = nil, options: Options = Options()
  ) throws(FileError) -> ExamplesPair {
    let arrays = try NpzFile.arrays(path)
    let other = try test.map { path throws(FileError) in try NpzFile.arrays(path) }
    return try read(path, arrays, test: test, other, options: options)
  }

  /// Reads inputs and labels that `numpy.save` wrote to a file each.
  package static func readNpy(
    _ path: String, labels: String? = nil, test: String? = nil, testLabels: String? = nil,
    options: Options = Options()
  ) throws(FileError) -> ExamplesPair {
    func array(_ path: String?) throws(FileError) -> StoredArray? {
      guard let path else { return nil }
      return try NpyFile.array(path)
    }
    let train = (x: try NpyFile.array(path), y: try array(labels))
    let testLabels = try array(testLabels)
    return try pair(
      name: Path.stem(of: Path.unpacked(path)), train: train,
      test: try array(test).map { ($0, testLabels) },
      options: options)
  }

  private static func read(
    _ path: String, _ arrays: [StoredArray], test: String?, _ other: [StoredArray]?,
    options: Options
  ) throws(FileError) -> ExamplesPair {
    let train = (
      x: try array(["x", "x_train"], of: arrays, path: path),
      y: find(["y", "y_train"], of: arrays)
    )
    var testPair = find(["x_test"], of: arrays).map { ($0, find(["y_test"], of: arrays)) }
    if let test, let other {
      testPair = (
        try array(["x", "x_test"], of: other, path: test), find(["y", "y_test"], of: other)
      )
    }
    return try pair(
      name: Path.stem(of: Path.unpacked(path)), train: train, test: testPair, options: options)
  }

  /// The array of one of these names, in any case.
  private static func find(_ names: [String], of arrays: [StoredArray]) -> StoredArray? {
    for name in names {
      if let array = arrays.first(where: { $0.name.lowercased() == name }) { return array }
    }
    return nil
  }

  private static func array(
    _ names: [String], of arrays: [StoredArray], path: String
  ) throws(FileError) -> StoredArray {
    if let array = find(names, of: arrays) { return array }
    throw FileError(
      path: path,
      problem: .array(.noSuchArray(names: names, found: arrays.map(\.name))))
  }

  /// Reads the arrays of one or two parts.
  ///
  /// An integer `y` has N labels, or N×L or N×H×W of inputs that have those positions. The labels of both parts are the
  /// classes, in their order, unless the options say which there are. A floating `y` has N, N×K, N×K×L or N×K×H×W numbers.
  static func pair(
    name: String, train: Pair, test: Pair?, options: Options
  ) throws(FileError) -> ExamplesPair {
    let part = try ArrayPart(train, options: options)
    let other = try test.map { pair throws(FileError) in try ArrayPart(pair, options: options) }
    if let other { try other.checkMatches(part) }
    let labels = try classLabels(of: [part] + (other.map { [$0] } ?? []), options: options)
    let files = [train.x, train.y, test?.x, test?.y].compactMap { $0?.path }
    return ExamplesPair(
      name: name, train: part.examples(labels: labels), test: other?.examples(labels: labels),
      files: files.reduce(into: []) { if !$0.contains($1) { $0.append($1) } })
  }

  /// The labels that the classes stand for, in the order of their indices.
  private static func classLabels(
    of parts: [ArrayPart], options: Options
  ) throws(FileError) -> [Int64] {
    let labels = Set(parts.flatMap { $0.labels ?? [] })
    if let allowed = options.labels {
      for part in parts {
        guard let wrong = part.labels?.first(where: { !allowed.contains(Int($0)) }) else {
          continue
        }
        throw FileError(
          path: part.labelPath,
          problem: .examples(.labelOutOfRange(found: Int(wrong), allowed: allowed)))
      }
      return allowed.map { Int64($0) }
    }
    guard labels.count <= ClassLabels.limit else {
      throw FileError(
        path: parts[0].labelPath, problem: .examples(.tooManyClasses(limit: ClassLabels.limit)))
    }
    return labels.sorted()
  }
}
