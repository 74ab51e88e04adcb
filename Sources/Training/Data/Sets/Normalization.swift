import Networks

/// A shift and a scale that bring inputs to mean 0 and standard deviation 1: x ↦ (x − mean) / deviation.
package struct Normalization: Equatable, Sendable {
  /// What shares one mean and one deviation.
  package enum Scope: String, CaseIterable, Sendable {
    /// All values of all examples.
    case all

    /// Each value of an example for itself, over all examples: the columns of a table.
    case value

    /// Each channel, over all examples and positions.
    case channel

    /// Each channel of each example, over its positions.
    case series

    /// The scope that suits inputs: columns of tables, channels of series and images.
    package static func natural(for shape: Shape) -> Scope {
      shape.spatialRank == 0 ? .value : .channel
    }

    /// How many means are kept for inputs of a shape; none where each example has its own.
    package func groups(of shape: Shape) -> Int {
      switch self {
      case .all: 1
      case .value: shape.count
      case .channel: shape.channels
      case .series: 0
      }
    }
  }

  package let scope: Scope

  /// One for each group that shares it.
  package let mean: [Float]

  /// The standard deviation over N, or 1 where values do not vary.
  package let deviation: [Float]

  /// Statistics known already, as many as the scope has groups.
  package init(scope: Scope, mean: [Float], deviation: [Float]) {
    self.scope = scope
    self.mean = mean
    self.deviation = deviation
  }

  /// The statistics of inputs `[count, channels, …]`; without examples they change nothing.
  ///
  /// Throws where the user asks for an end, or rows cannot be read.
  package init(of inputs: InputRows, scope: Scope) throws(DataError) {
    self.scope = scope
    let groups = scope.groups(of: Shape(Array(inputs.shape.dropFirst())))
    let size = inputs.rowSize
    let statistics: Statistics
    do throws(RowFault) {
      statistics = try Statistics(
        groups: groups, run: groups > 0 ? size / groups : 0, count: inputs.count * size
      ) { body throws(RowFault) in try inputs.forEachPiece(body) }
    } catch { throw DataError(error) }
    mean = statistics.mean
    deviation = statistics.deviation
  }

  /// Whether the statistics are those of inputs of a shape.
  package func fits(_ shape: Shape) -> Bool { mean.count == scope.groups(of: shape) }

  /// Inputs `[count, channels, …]` shifted and scaled, at once or as they are read; the statistics fit them.
  ///
  /// Throws where the user asks for an end.
  package func applied(to inputs: InputRows) throws(DataError) -> InputRows {
    let channels = Shape(Array(inputs.shape.dropFirst())).channels
    let change = AppliedNormalization(normalization: self, channels: channels)
    switch inputs {
    case .stored(let rows): return .stored(rows.changed(by: change))
    case .memory(var tensor):
      let size = inputs.rowSize
      guard size > 0 else { return inputs }
      let part = size * max(1, 1 << 20 / size)
      for start in stride(from: 0, to: tensor.count, by: part) {
        try DataError.checkInterruption()
        let end = min(start + part, tensor.count)
        tensor.values.withUnsafeMutableBufferPointer {
          change.apply(to: .init(rebasing: $0[start..<end]), rowSize: size)
        }
      }
      return .memory(tensor)
    }
  }
}

/// A normalization of rows of so many channels, as it is done.
private struct AppliedNormalization: RowChange {
  let normalization: Normalization
  let channels: Int

  func apply(to values: UnsafeMutableBufferPointer<Float>, rowSize: Int) {
    let groups = normalization.mean.count
    guard normalization.scope == .series else {
      return Self.shift(
        values, by: normalization.mean, normalization.deviation, run: rowSize / max(1, groups))
    }
    let run = rowSize / max(1, channels)
    for start in stride(from: 0, to: values.count, by: max(1, rowSize)) {
      let row = UnsafeMutableBufferPointer(rebasing: values[start..<start + rowSize])
      let own = Statistics(groups: channels, run: run, count: rowSize) { $0(.init(row)) }
      Self.shift(row, by: own.mean, own.deviation, run: run)
    }
  }

  /// Brings runs of values to the mean and deviation of their groups, which follow one another.
  private static func shift(
    _ values: UnsafeMutableBufferPointer<Float>, by mean: [Float], _ deviation: [Float], run: Int
  ) {
    var index = 0
    while index < values.count, run > 0, !mean.isEmpty {
      for group in mean.indices {
        let (shift, scale) = (Double(mean[group]), Double(deviation[group]))
        for place in index..<index + run {
          values[place] = Float((Double(values[place]) - shift) / scale)
        }
        index += run
      }
    }
  }
}

/// Means and deviations of groups, each a run of values that comes again in every example; in two passes.
private struct Statistics {
  var mean: [Float] = []
  var deviation: [Float] = []

  /// Looks twice at all values, as many as `count`, which come in pieces of whole examples.
  init<Failure>(
    groups: Int, run: Int, count: Int,
    _ forEachPiece: ((UnsafeBufferPointer<Float>) -> Void) throws(Failure) -> Void
  ) throws(Failure) {
    guard groups > 0, run > 0 else { return }
    let count = Double(max(1, count / groups))
    var means = [Double](repeating: 0, count: groups)
    try forEachPiece { Self.add($0, run, to: &means) { value, _ in value } }
    for group in means.indices { means[group] /= count }
    var squares = [Double](repeating: 0, count: groups)
    try forEachPiece { values in
      Self.add(values, run, to: &squares) { value, group in
        (value - means[group]) * (value - means[group])
      }
    }
    mean = means.map { Float($0) }
    deviation = squares.map { square in
      let deviation = min(Float((square / count).squareRoot()), .greatestFiniteMagnitude)
      return deviation > 0 ? deviation : 1
    }
  }

  private static func add(
    _ values: UnsafeBufferPointer<Float>, _ run: Int, to sums: inout [Double],
    _ term: (Double, Int) -> Double
  ) {
    var index = 0
    while index < values.count {
      for group in sums.indices {
        var sum = 0.0
        for place in index..<index + run { sum += term(Double(values[place]), group) }
        sums[group] += sum
        index += run
      }
    }
  }
}
