/// Neighbouring positions, each a vector of sixteen channels kept in a register.
protocol PositionTile {
  static var positions: Int { get }
  static func repeating(_ lanes: Vector) -> Self

  /// Adds to each position the weights times that position's one value; values lie `step` apart.
  mutating func absorb(_ values: UnsafePointer<Float>, _ step: Int, _ weights: Vector)

  /// Adds to each position the lane-by-lane product of two vectors; those of neighbours lie `step` and
  /// `otherStep` apart.
  mutating func absorb(
    _ values: UnsafePointer<Float>, _ step: Int, times other: UnsafePointer<Float>, _ otherStep: Int
  )

  /// The sum of all positions.
  var total: Vector { get }

  /// Writes each position to its target by `sink`.
  func put<S: PositionSink>(_ first: Int, _ sink: S)
}

/// Where finished positions go.
protocol PositionSink {
  func put(_ position: Int, _ lanes: Vector)
}

/// One position.
struct OnePosition: PositionTile {
  var lanes: Vector

  @_transparent static var positions: Int { 1 }

  @_transparent static func repeating(_ lanes: Vector) -> Self { Self(lanes: lanes) }

  @_transparent mutating func absorb(
    _ values: UnsafePointer<Float>, _ step: Int, _ weights: Vector
  ) {
    lanes = lanes.plus(weights, Vector(repeating: values[0]))
  }

  @_transparent mutating func absorb(
    _ values: UnsafePointer<Float>, _ step: Int, times other: UnsafePointer<Float>, _ otherStep: Int
  ) {
    lanes = lanes.plus(other.vector(0), values.vector(0))
  }

  @_transparent var total: Vector { lanes }

  @_transparent func put<S: PositionSink>(_ first: Int, _ sink: S) { sink.put(first, lanes) }
}

/// Two tiles side by side.
struct TwicePositions<Half: PositionTile>: PositionTile {
  var low: Half
  var high: Half

  @_transparent static var positions: Int { Half.positions &* 2 }

  @_transparent static func repeating(_ lanes: Vector) -> Self {
    Self(low: .repeating(lanes), high: .repeating(lanes))
  }

  @_transparent mutating func absorb(
    _ values: UnsafePointer<Float>, _ step: Int, _ weights: Vector
  ) {
    low.absorb(values, step, weights)
    high.absorb(values + Half.positions &* step, step, weights)
  }

  @_transparent mutating func absorb(
    _ values: UnsafePointer<Float>, _ step: Int, times other: UnsafePointer<Float>, _ otherStep: Int
  ) {
    low.absorb(values, step, times: other, otherStep)
    high.absorb(
      values + Half.positions &* step, step, times: other + Half.positions &* otherStep, otherStep)
  }

  @_transparent var total: Vector { low.total + high.total }

  @_transparent func put<S: PositionSink>(_ first: Int, _ sink: S) {
    low.put(first, sink)
    high.put(first &+ Half.positions, sink)
  }
}

typealias TwoPositions = TwicePositions<OnePosition>
typealias FourPositions = TwicePositions<TwoPositions>
typealias EightPositions = TwicePositions<FourPositions>
typealias SixteenPositions = TwicePositions<EightPositions>
