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
  /// Throws where the user asks for an end.
  package init(of inputs: Tensor, scope: Scope) throws(DataError) {
    self.scope = scope
    let shape = Shape(Array(inputs.shape.dropFirst()))
    let groups = scope.groups(of: shape)
    let statistics = try Statistics(
      inputs.values[...], groups: groups, run: groups > 0 ? shape.count / groups : 0)
    mean = statistics.mean
    deviation = statistics.deviation
  }

  /// Whether the statistics are those of inputs of a shape.
  package func fits(_ shape: Shape) -> Bool { mean.count == scope.groups(of: shape) }

  /// Inputs `[count, channels, …]` shifted and scaled; the statistics fit them.
  ///
  /// Throws where the user asks for an end.
  package func applied(to inputs: Tensor) throws(DataError) -> Tensor {
    let shape = Shape(Array(inputs.shape.dropFirst()))
    var result = inputs
    try Self.inParts(inputs.values[...], examples: shape.count) { part throws(DataError) in
      guard scope == .series else {
        result.values.withUnsafeMutableBufferPointer {
          Self.apply(mean, deviation, run: shape.count / max(1, mean.count), to: $0[part])
        }
        return
      }
      let run = shape.count / max(1, shape.channels)
      for start in stride(from: part.lowerBound, to: part.upperBound, by: shape.count) {
        let example = start..<start + shape.count
        let own = try Statistics(inputs.values[example], groups: shape.channels, run: run)
        result.values.withUnsafeMutableBufferPointer {
          Self.apply(own.mean, own.deviation, run: run, to: $0[example])
        }
      }
    }
    return result
  }

  /// Does work on the values of whole examples of a size, about a million at a time, as long as the user does not
  /// ask for an end.
  private static func inParts(
    _ values: ArraySlice<Float>, examples size: Int, _ work: (Range<Int>) throws(DataError) -> Void
  ) throws(DataError) {
    guard size > 0 else { return }
    let part = size * max(1, 1 << 20 / size)
    for start in stride(from: values.startIndex, to: values.endIndex, by: part) {
      try DataError.checkInterruption()
      try work(start..<min(start + part, values.endIndex))
    }
  }

  /// Brings runs of values to the mean and deviation of their groups, which follow one another.
  private static func apply(
    _ mean: [Float], _ deviation: [Float], run: Int,
    to values: Slice<UnsafeMutableBufferPointer<Float>>
  ) {
    var values = values
    var index = values.startIndex
    while index < values.endIndex, run > 0 {
      for group in mean.indices {
        let (shift, scale) = (Double(mean[group]), Double(deviation[group]))
        for place in index..<index + run {
          values[place] = Float((Double(values[place]) - shift) / scale)
        }
        index += run
      }
    }
  }

  /// Means and deviations of groups, each a run of values that comes again in every example; in two passes.
  private struct Statistics {
    var mean: [Float] = []
    var deviation: [Float] = []

    init(_ values: ArraySlice<Float>, groups: Int, run: Int) throws(DataError) {
      guard groups > 0, run > 0 else { return }
      let count = Double(max(1, values.count / groups))
      let means = try Self.sums(values, groups, run) { value, _ in value }.map { $0 / count }
      let squares = try Self.sums(values, groups, run) { value, group in
        (value - means[group]) * (value - means[group])
      }
      mean = means.map { Float($0) }
      deviation = squares.map { square in
        let deviation = min(Float((square / count).squareRoot()), .greatestFiniteMagnitude)
        return deviation > 0 ? deviation : 1
      }
    }

    private static func sums(
      _ values: ArraySlice<Float>, _ groups: Int, _ run: Int, _ term: (Double, Int) -> Double
    ) throws(DataError) -> [Double] {
      var sums = [Double](repeating: 0, count: groups)
      try inParts(values, examples: groups * run) { part in
        var index = part.lowerBound
        while index < part.upperBound {
          for group in 0..<groups {
            var sum = 0.0
            for place in index..<index + run { sum += term(Double(values[place]), group) }
            sums[group] += sum
            index += run
          }
        }
      }
      return sums
    }
  }
}
