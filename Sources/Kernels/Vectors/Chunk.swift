/// A few neighbouring vectors treated as one, so that a loop keeps several accumulators in registers.
protocol Chunk {
  static var lanes: Int { get }
  static func load(_ source: UnsafePointer<Float>) -> Self
  static func repeating(_ value: Float) -> Self
  func store(_ target: UnsafeMutablePointer<Float>)
  /// Writes the first `count` lanes, or adds them.
  func store(_ target: UnsafeMutablePointer<Float>, count: Int, accumulate: Bool)
  static func + (a: Self, b: Self) -> Self
  static func - (a: Self, b: Self) -> Self
  static func * (a: Self, b: Self) -> Self
  /// `self + a * b`.
  func plus(_ a: Self, _ b: Self) -> Self
  /// The lanes added by halves, always in the same order.
  var total: Float { get }
  /// Zero in the lanes where `gate` is not above zero.
  func passing(positive gate: Self) -> Self
}

/// One vector as a chunk.
struct One: Chunk {
  var v: Vector
  @inline(__always) static var lanes: Int { 16 }
  @inline(__always) static func load(_ source: UnsafePointer<Float>) -> One {
    One(v: source.vector(0))
  }
  @inline(__always) static func repeating(_ value: Float) -> One {
    One(v: Vector(repeating: value))
  }
  @inline(__always) func store(_ target: UnsafeMutablePointer<Float>) { target.store(v, 0) }
  @inline(__always) func store(
    _ target: UnsafeMutablePointer<Float>, count: Int, accumulate: Bool
  ) {
    if count >= 16 {
      target.store(accumulate ? target.vector(0) + v : v, 0)
    } else if count > 0 {
      let sum = accumulate ? target.vector(0, count: count) + v : v
      target.store(sum, 0, count: count)
    }
  }
  @inline(__always) static func + (a: One, b: One) -> One { One(v: a.v + b.v) }
  @inline(__always) static func - (a: One, b: One) -> One { One(v: a.v - b.v) }
  @inline(__always) static func * (a: One, b: One) -> One { One(v: a.v * b.v) }
  @inline(__always) func plus(_ a: One, _ b: One) -> One { One(v: v.plus(a.v, b.v)) }
  @inline(__always) var total: Float { v.total }
  @inline(__always) func passing(positive gate: One) -> One {
    One(v: Vector.zero.replacing(with: v, where: gate.v .> 0))
  }
}

/// Two neighbouring chunks as one.
struct Twice<Half: Chunk>: Chunk {
  var low: Half
  var high: Half
  @inline(__always) static var lanes: Int { Half.lanes &* 2 }
  @inline(__always) static func load(_ source: UnsafePointer<Float>) -> Self {
    Self(low: Half.load(source), high: Half.load(source + Half.lanes))
  }
  @inline(__always) static func repeating(_ value: Float) -> Self {
    Self(low: Half.repeating(value), high: Half.repeating(value))
  }
  @inline(__always) func store(_ target: UnsafeMutablePointer<Float>) {
    low.store(target)
    high.store(target + Half.lanes)
  }
  @inline(__always) func store(
    _ target: UnsafeMutablePointer<Float>, count: Int, accumulate: Bool
  ) {
    low.store(target, count: count, accumulate: accumulate)
    high.store(target + Half.lanes, count: count &- Half.lanes, accumulate: accumulate)
  }
  @inline(__always) static func + (a: Self, b: Self) -> Self {
    Self(low: a.low + b.low, high: a.high + b.high)
  }
  @inline(__always) static func - (a: Self, b: Self) -> Self {
    Self(low: a.low - b.low, high: a.high - b.high)
  }
  @inline(__always) static func * (a: Self, b: Self) -> Self {
    Self(low: a.low * b.low, high: a.high * b.high)
  }
  @inline(__always) func plus(_ a: Self, _ b: Self) -> Self {
    Self(low: low.plus(a.low, b.low), high: high.plus(a.high, b.high))
  }
  @inline(__always) var total: Float { (low + high).total }
  @inline(__always) func passing(positive gate: Self) -> Self {
    Self(low: low.passing(positive: gate.low), high: high.passing(positive: gate.high))
  }
}

typealias Two = Twice<One>
typealias Four = Twice<Two>
