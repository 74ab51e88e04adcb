import Networks

/// A shift and a scale that bring inputs to mean 0 and standard deviation 1: x ↦ (x − mean) / deviation.
package struct Normalization: Equatable, Sendable {
  /// What shares one mean and one deviation.
  package enum Scope: String, CaseIterable, Sendable {
    /// All values of all examples.
    case whole

    /// Each channel, or each feature where there are no channels, for itself.
    case channels
  }

  package let scope: Scope

  /// One for all, or one for each channel.
  package let mean: [Float]

  /// The standard deviation over N, or 1 where values do not vary.
  package let deviation: [Float]

  /// The statistics of inputs `[count, channels, …]`; without examples they change nothing.
  package init(of inputs: Tensor, scope: Scope) {
    let groups = scope == .whole ? 1 : inputs.shape[1]
    let layout = Layout(inputs, groups: groups)
    var means = [Float](repeating: 0, count: groups)
    var deviations = [Float](repeating: 1, count: groups)
    for group in 0..<groups {
      var sum = 0.0
      layout.forEach(group) { sum += Double(inputs.values[$0]) }
      let mean = sum / Double(max(1, layout.groupCount))
      var squares = 0.0
      layout.forEach(group) { index in
        let difference = Double(inputs.values[index]) - mean
        squares += difference * difference
      }
      let deviation = (squares / Double(max(1, layout.groupCount))).squareRoot()
      means[group] = Float(mean)
      deviations[group] = Float(deviation) > 0 ? Float(deviation) : 1
    }
    self.scope = scope
    mean = means
    deviation = deviations
  }

  /// Inputs shifted and scaled; they have the channels of those the statistics are of.
  package func applied(to inputs: Tensor) -> Tensor {
    let layout = Layout(inputs, groups: mean.count)
    var result = inputs
    for group in mean.indices {
      let (shift, scale) = (mean[group], deviation[group])
      layout.forEach(group) { result.values[$0] = (result.values[$0] - shift) / scale }
    }
    return result
  }

  /// Where the values of a group lie: in each example, one run after those of the groups before.
  private struct Layout {
    let exampleCount: Int
    let exampleSize: Int
    let run: Int

    init(_ inputs: Tensor, groups: Int) {
      exampleCount = inputs.shape[0]
      exampleSize = inputs.shape.dropFirst().reduce(1, *)
      run = exampleSize / max(1, groups)
    }

    var groupCount: Int { exampleCount * run }

    func forEach(_ group: Int, _ body: (Int) -> Void) {
      for example in 0..<exampleCount {
        let start = example * exampleSize + group * run
        for index in start..<start + run { body(index) }
      }
    }
  }
}
