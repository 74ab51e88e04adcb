import Networks

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// How far outputs are from the numbers that they should be, one example after another.
///
/// Figures are those of scikit-learn: the means over the outputs of what each comes to by itself.
package struct NumberMetrics: Hashable, Sendable {
  /// What was added up of one output.
  private struct Tally: Hashable, Sendable {
    var absolute = 0.0
    var squared = 0.0

    /// The mean of the targets, and the sum of their squared distances from it.
    var mean = 0.0
    var spread = 0.0
  }

  private var tallies: [Tally]

  /// The least and the greatest target.
  private var least = Double.infinity
  private var greatest = -Double.infinity

  /// Examples that were added.
  package private(set) var count = 0

  /// Nothing added yet.
  package init(outputs: Int) { tallies = Array(repeating: Tally(), count: outputs) }

  /// What it takes in memory.
  static func bytes(outputs: Int) -> Int {
    AvailableMemory.bytes(outputs, MemoryLayout<Tally>.stride)
  }

  /// Adds an example by its outputs and what they should be.
  package mutating func add(
    _ outputs: UnsafeBufferPointer<Float>, targets: UnsafeBufferPointer<Float>
  ) {
    count += 1
    for index in 0..<min(outputs.count, targets.count, tallies.count) {
      let target = Double(targets[index])
      let distance = Double(outputs[index]) - target
      least = min(least, target)
      greatest = max(greatest, target)
      tallies[index].absolute += abs(distance)
      tallies[index].squared += distance * distance
      // Welford's update: exact where all targets are the same.
      let before = target - tallies[index].mean
      tallies[index].mean += before / Double(count)
      tallies[index].spread += before * (target - tallies[index].mean)
    }
  }

  /// The mean absolute error.
  package var meanAbsoluteError: Double { mean { $0.absolute / Double(count) } }

  /// The root of the mean squared error.
  package var rootMeanSquaredError: Double { mean { ($0.squared / Double(count)).squareRoot() } }

  /// The share of the targets' variance that is explained: 1 − Σ(p − t)² / Σ(t − mean)².
  ///
  /// Where all targets are the same it is 1 for outputs that are exactly right, else 0; of fewer than two examples
  /// it is no number.
  package var r2: Double {
    if count < 2 { return .nan }
    return mean { tally in
      if tally.spread == 0 { return tally.squared == 0 ? 1 : tally.squared.isNaN ? .nan : 0 }
      return 1 - tally.squared / tally.spread
    }
  }

  /// 10 · log₁₀(range² / mean squared error) in decibels, of all outputs together; the range is that from the least
  /// target to the greatest, and where it is 0 there is no number.
  package var peakSignalToNoiseRatio: Double {
    let range = greatest - least
    if !(range > 0) { return .nan }
    return 10 * log10(range * range / mean { $0.squared / Double(count) })
  }

  private func mean(_ figure: (Tally) -> Double) -> Double {
    tallies.reduce(0) { $0 + figure($1) } / Double(tallies.count)
  }
}
