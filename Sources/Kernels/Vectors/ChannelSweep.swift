/// How an operation reads and writes a vector of data: wholly, or as much as is left.
protocol Access {
  func load(_ source: UnsafePointer<Float>, _ index: Int) -> Vector
  func store(_ lanes: Vector, _ target: UnsafeMutablePointer<Float>, _ index: Int)

  /// The lanes that there are data for, zeros elsewhere.
  func kept(_ lanes: Vector) -> Vector
}

struct WholeAccess: Access {
  @_transparent func load(_ source: UnsafePointer<Float>, _ index: Int) -> Vector {
    source.vector(index)
  }
  @_transparent func store(_ lanes: Vector, _ target: UnsafeMutablePointer<Float>, _ index: Int) {
    target.store(lanes, index)
  }
  @_transparent func kept(_ lanes: Vector) -> Vector { lanes }
}

struct PartialAccess: Access {
  let count: Int
  @_transparent func load(_ source: UnsafePointer<Float>, _ index: Int) -> Vector {
    source.vector(index, count: count)
  }
  @_transparent func store(_ lanes: Vector, _ target: UnsafeMutablePointer<Float>, _ index: Int) {
    target.store(lanes, index, count: count)
  }
  @_transparent func kept(_ lanes: Vector) -> Vector {
    Vector.zero.replacing(with: lanes, where: Vector.lanes(before: count))
  }
}

/// An operation on `[rows, channels]` with values per channel that were expanded over a period.
protocol ChannelSweep {
  /// Treats the vector at `index`, whose channels are those at `lane` of the period.
  func step<A: Access>(_ index: Int, _ lane: Int, _ access: A)
}

extension ChannelSweep {
  @inline(__always) func run(_ period: ChannelPeriod, rows: Int) {
    if period.span > 1 {
      run(spans: period, examples: rows / period.span)
    } else {
      run(periods: period, rows: rows)
    }
  }

  /// The same where channels come first.
  @inline(__always) private func run(spans period: ChannelPeriod, examples: Int) {
    var i = 0
    for _ in 0..<examples {
      var lane = 0
      while lane < period.lanes {
        let end = i &+ period.span
        while i < end {
          step(i, lane, WholeAccess())
          i &+= 16
        }
        lane &+= 16
      }
    }
  }

  @inline(__always) private func run(periods period: ChannelPeriod, rows: Int) {
    let count = rows &* period.channels
    var i = 0
    while i &+ period.lanes <= count {
      var lane = 0
      while lane < period.lanes {
        step(i &+ lane, lane, WholeAccess())
        lane &+= 16
      }
      i &+= period.lanes
    }
    var lane = 0
    while i &+ 16 <= count {
      step(i, lane, WholeAccess())
      lane &+= 16
      i &+= 16
    }
    if i < count { step(i, lane, PartialAccess(count: count &- i)) }
  }
}

/// What follows a sum: nothing, or a ReLU.
protocol Ending {
  static func finish(_ lanes: Vector) -> Vector
  /// The gradient of the sum from that of the output, which a ReLU lets pass where y > 0.
  static func gate<C: Chunk>(_ dy: C, _ y: C) -> C
}

enum Plain: Ending {
  @_transparent static func finish(_ lanes: Vector) -> Vector { lanes }
  @_transparent static func gate<C: Chunk>(_ dy: C, _ y: C) -> C { dy }
}

enum Rectified: Ending {
  @_transparent static func finish(_ lanes: Vector) -> Vector { lanes.atLeast(0) }
  @_transparent static func gate<C: Chunk>(_ dy: C, _ y: C) -> C { dy.passing(positive: y) }
}
