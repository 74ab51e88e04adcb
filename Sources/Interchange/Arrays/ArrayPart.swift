import Networks

/// The arrays of one part, read and checked.
struct ArrayPart {
  /// The file with the inputs.
  let path: String

  /// The file with the labels.
  let labelPath: String

  /// `[count, features]`, `[count, channels, length]` or `[count, channels, height, width]`.
  let inputs: InputRows
  private(set) var labels: [Int64]?

  /// The positions of an example at each of which there is a label; none where there is one for the example.
  private(set) var positions: [Int] = []
  private(set) var values: Tensor?

  /// Reads inputs and targets; throws where they do not belong together.
  init(_ pair: ArrayExamples.Pair, options: ArrayExamples.Options) throws(FileError) {
    path = pair.x.path
    labelPath = pair.y?.path ?? pair.x.path
    guard (2...4).contains(pair.x.shape.count), !pair.x.shape.contains(0) else {
      throw FileError(path: path, problem: .examples(.inputShape(found: pair.x.shape)))
    }
    guard pair.x.shape[0] <= Int32.max else {
      throw FileError(path: path, problem: .examples(.tooManyExamples(limit: Int(Int32.max))))
    }
    if options.storage.stores(pair.x.shape.reduce(1, *)),
      let rows = pair.x.rows(channelsLast: options.channelsLast)
    {
      inputs = .stored(try Self.checked(rows, of: pair.x, options))
    } else {
      let stored = try pair.x.tensor()
      try Self.checkFinite(stored, of: pair.x)
      inputs = .memory(options.channelsLast ? try Self.channelsFirst(stored, of: path) : stored)
    }
    if let targets = pair.y { try readTargets(targets, channelsLast: options.channelsLast) }
  }

  /// Throws where examples or targets are of another kind than those of the part that trains.
  func checkMatches(_ train: ArrayPart) throws(FileError) {
    guard inputs.shape.dropFirst() == train.inputs.shape.dropFirst() else {
      throw FileError(
        path: path,
        problem: .examples(
          .partsDiffer(
            train: Shape(Array(train.inputs.shape.dropFirst())), path: train.path,
            test: Shape(Array(inputs.shape.dropFirst())))))
    }
    guard (train.labels == nil) == (labels == nil), train.positions == positions,
      train.values?.shape.dropFirst() == values?.shape.dropFirst()
    else {
      throw FileError(path: path, problem: .examples(.targetsDiffer(path: train.path)))
    }
  }

  /// The examples, whose classes stand for these labels.
  func examples(labels names: [Int64]) -> Examples {
    if let values { return Examples(rows: inputs, targets: .values(values)) }
    guard let labels else { return Examples(rows: inputs, targets: .none) }
    let indices = Dictionary(
      uniqueKeysWithValues: names.enumerated().map { ($0.element, Int32($0.offset)) })
    let (numbers, texts) = (labels.map { indices[$0] ?? 0 }, names.map { String($0) })
    return Examples(
      rows: inputs,
      targets: positions.isEmpty
        ? .classes(numbers, names: texts)
        : .maps(ClassMaps(labels: numbers, extents: positions, names: texts)))
  }

  private mutating func readTargets(_ array: StoredArray, channelsLast: Bool) throws(FileError) {
    let shape = array.shape
    let isColumn = shape.count == 1 || (shape.count == 2 && shape[1] == 1)
    let isMap = !isColumn && shape.count > 1 && shape.dropFirst() == inputs.shape.dropFirst(2)
    guard
      array.type.isInteger
        ? isColumn || isMap : (1...4).contains(shape.count) && !shape.contains(0)
    else {
      throw FileError(path: array.path, problem: .examples(.targetShape(found: shape)))
    }
    guard shape[0] == inputs.shape[0] else {
      throw FileError(
        path: array.path,
        problem: .examples(.exampleCount(inputs: inputs.shape[0], targets: shape[0])))
    }
    if array.type.isInteger {
      labels = try array.integers()
      if isMap { positions = Array(shape.dropFirst()) }
    } else {
      let tensor = try array.tensor()
      try Self.checkFinite(tensor, of: array)
      let whole = Tensor(
        shape: shape.count == 1 ? [shape[0], 1] : shape, values: tensor.values)
      values = channelsLast ? try Self.channelsFirst(whole, of: array.path) : whole
    }
  }

  private static func checkFinite(_ tensor: Tensor, of array: StoredArray) throws(FileError) {
    guard let index = tensor.values.firstIndex(where: { !$0.isFinite }) else { return }
    throw FileError(
      path: array.path,
      problem: .examples(
        .notFinite(array: array.name, index: index, value: tensor.values[index])))
  }

  /// Rows that stay in their file, once all of their values were seen to be finite.
  private static func checked(
    _ rows: FileRows, of array: StoredArray, _ options: ArrayExamples.Options
  ) throws(FileError) -> StoredRows {
    let shape = Array(array.shape.dropFirst())
    if !array.type.isInteger, let plain = array.rows() {
      var index = 0
      var found: (index: Int, value: Float)?
      do throws(RowFault) {
        try InputRows.stored(StoredRows([plain], rowShape: shape)).forEachPiece { values in
          if found == nil, let place = values.firstIndex(where: { !$0.isFinite }) {
            found = (index + place, values[place])
          }
          index += values.count
        }
      } catch { throw FileError(error) }
      if let found {
        throw FileError(
          path: array.path,
          problem: .examples(
            .notFinite(array: array.name, index: found.index, value: found.value)))
      }
    }
    let isFolded = options.channelsLast && shape.count > 1
    return StoredRows(
      [rows], rowShape: isFolded ? [shape[shape.count - 1]] + shape.dropLast() : shape)
  }

  /// N×…×C turned into N×C×….
  private static func channelsFirst(_ tensor: Tensor, of path: String) throws(FileError) -> Tensor {
    guard let channels = tensor.shape.last, tensor.shape.count > 2 else { return tensor }
    let positions = tensor.shape.dropFirst().dropLast().reduce(1, *)
    var values: [Float] = []
    try values.makeRoom(tensor.count, for: path)
    for example in 0..<tensor.shape[0] {
      let start = example * positions * channels
      for channel in 0..<channels {
        for position in 0..<positions {
          values.append(tensor.values[start + position * channels + channel])
        }
      }
    }
    return Tensor(
      shape: [tensor.shape[0], channels] + tensor.shape.dropFirst().dropLast(), values: values)
  }
}
