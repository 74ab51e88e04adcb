/// Neighbouring positions of a convolution's target, each a vector of sixteen channels.
protocol PositionTile {
  static var positions: Int { get }
  static func repeating(_ lanes: Vector) -> Self

  /// Adds to each position the weights times that position's one source value; sources lie `step` apart.
  mutating func absorb(_ source: UnsafePointer<Float>, _ step: Int, _ weights: Vector)

  /// Calls `body` for each position in order.
  func forEach(from first: Int, _ body: (Int, Vector) -> Void)
}

/// One position.
struct OnePosition: PositionTile {
  var lanes: Vector

  @inline(__always) static var positions: Int { 1 }

  @inline(__always) static func repeating(_ lanes: Vector) -> Self { Self(lanes: lanes) }

  @inline(__always) mutating func absorb(
    _ source: UnsafePointer<Float>, _ step: Int, _ weights: Vector
  ) {
    lanes = lanes.addingProduct(weights, Vector(repeating: source[0]))
  }

  @inline(__always) func forEach(from first: Int, _ body: (Int, Vector) -> Void) {
    body(first, lanes)
  }
}

/// Two tiles side by side.
struct TwicePositions<Half: PositionTile>: PositionTile {
  var low: Half
  var high: Half

  @inline(__always) static var positions: Int { Half.positions &* 2 }

  @inline(__always) static func repeating(_ lanes: Vector) -> Self {
    Self(low: .repeating(lanes), high: .repeating(lanes))
  }

  @inline(__always) mutating func absorb(
    _ source: UnsafePointer<Float>, _ step: Int, _ weights: Vector
  ) {
    low.absorb(source, step, weights)
    high.absorb(source + Half.positions &* step, step, weights)
  }

  @inline(__always) func forEach(from first: Int, _ body: (Int, Vector) -> Void) {
    low.forEach(from: first, body)
    high.forEach(from: first &+ Half.positions, body)
  }
}

typealias TwoPositions = TwicePositions<OnePosition>
typealias FourPositions = TwicePositions<TwoPositions>
typealias EightPositions = TwicePositions<FourPositions>
