/// Sums of products for a few weights of a few output channels, a vector of positions each, held in registers.
protocol WindowTile {
  associatedtype Outputs: OutputTile where Outputs.Lanes == One

  /// Weights of each channel.
  static var steps: Int { get }

  /// Sums that lie at an address, channels so many floats apart.
  static func load(_ sums: UnsafePointer<Float>, _ row: Int) -> Self

  /// Adds sources times outputs' gradients, sources lying where the steps say.
  mutating func absorb(
    _ source: UnsafePointer<Float>, _ steps: UnsafePointer<SeriesPass.Step>, _ dy: Outputs)

  /// Writes the sums where they were.
  func store(_ sums: UnsafeMutablePointer<Float>, _ row: Int)
}

/// One weight of each channel.
struct OneStep<Outputs: OutputTile>: WindowTile where Outputs.Lanes == One {
  var sums: Outputs

  @_transparent static var steps: Int { 1 }

  @_transparent static func load(_ sums: UnsafePointer<Float>, _ row: Int) -> Self {
    Self(sums: .load(sums, row))
  }

  @_transparent mutating func absorb(
    _ source: UnsafePointer<Float>, _ steps: UnsafePointer<SeriesPass.Step>, _ dy: Outputs
  ) {
    sums.absorb(.load(source + steps[0].source), times: dy)
  }

  @_transparent func store(_ sums: UnsafeMutablePointer<Float>, _ row: Int) {
    self.sums.store(sums, row, accumulate: false)
  }
}

/// The weights of two tiles, one behind the other.
struct JoinedSteps<Low: WindowTile, High: WindowTile>: WindowTile
where Low.Outputs == High.Outputs {
  typealias Outputs = Low.Outputs
  var low: Low
  var high: High

  @_transparent static var steps: Int { Low.steps &+ High.steps }

  @_transparent static func load(_ sums: UnsafePointer<Float>, _ row: Int) -> Self {
    Self(low: .load(sums, row), high: .load(sums + Low.steps &* 16, row))
  }

  @_transparent mutating func absorb(
    _ source: UnsafePointer<Float>, _ steps: UnsafePointer<SeriesPass.Step>, _ dy: Outputs
  ) {
    low.absorb(source, steps, dy)
    high.absorb(source, steps + Low.steps, dy)
  }

  @_transparent func store(_ sums: UnsafeMutablePointer<Float>, _ row: Int) {
    low.store(sums, row)
    high.store(sums + Low.steps &* 16, row)
  }
}

typealias TwoSteps<T: OutputTile> = JoinedSteps<OneStep<T>, OneStep<T>> where T.Lanes == One
typealias FourSteps<T: OutputTile> = JoinedSteps<TwoSteps<T>, TwoSteps<T>> where T.Lanes == One
