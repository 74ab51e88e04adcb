/// Values moved from places at even distances to places at even distances, the same within every image.
///
/// Nested loops say where: what is taken apart, put in another order and joined again is such a nest. Where rows
/// of the source and of the target run across each other, squares of both are kept at hand.
package struct StridedCopy: Sendable {
  /// A loop, with the floats from one value to the next on both sides.
  package struct Loop: Hashable, Sendable {
    package var count: Int
    package var source: Int
    package var target: Int

    /// So many values at even distances.
    package init(count: Int, source: Int, target: Int) {
      (self.count, self.source, self.target) = (count, source, target)
    }

    fileprivate static let none = Loop(count: 1, source: 0, target: 0)
    fileprivate var turned: Loop { Loop(count: count, source: target, target: source) }
  }

  /// Floats of one image, and the first that is moved.
  package struct Side: Hashable, Sendable {
    package var image: Int
    package var start: Int

    /// A side with so many floats for each image.
    package init(image: Int, start: Int = 0) { (self.image, self.start) = (image, start) }
  }

  package var images: Int
  package let source: Side
  package let target: Side

  /// The innermost loop, over neighbours in the target, and that over neighbours in the source.
  private let inner: Loop
  private let second: Loop
  private let outer: (Loop, Loop, Loop, Loop)

  /// Whether some floats of the target are not moved to.
  private let leavesGaps: Bool

  /// The most loops of a nest.
  package static let mostLoops = 6

  /// A nest of at most six loops, which must not move two values to one place.
  package init(images: Int, source: Side, target: Side, loops: [Loop]) {
    precondition(loops.count <= Self.mostLoops, "a nest has at most six loops")
    (self.images, self.source, self.target) = (images, source, target)
    leavesGaps = loops.reduce(1) { $0 &* $1.count } != target.image
    var rest = Self.merged(loops)
    inner = rest.popLast() ?? .none
    if inner.source != 1, let place = rest.indices.min(by: { rest[$0].source < rest[$1].source }) {
      second = rest.remove(at: place)
    } else {
      second = rest.popLast() ?? .none
    }
    rest = Array(repeating: .none, count: max(0, 4 - rest.count)) + rest
    outer = (rest[0], rest[1], rest[2], rest[3])
  }

  /// The loops with the widest steps through the target first, those joined that go on where others end.
  private static func merged(_ loops: [Loop]) -> [Loop] {
    var result: [Loop] = []
    for loop in loops.filter({ $0.count != 1 }).sorted(by: { $0.target > $1.target }) {
      if let last = result.last, last.source == loop.source &* loop.count,
        last.target == loop.target &* loop.count
      {
        result[result.count - 1] = Loop(
          count: last.count &* loop.count, source: loop.source, target: loop.target)
      } else {
        result.append(loop)
      }
    }
    return result
  }

  /// The way back.
  package var reversed: StridedCopy {
    StridedCopy(
      images: images, source: target, target: source,
      loops: [outer.0, outer.1, outer.2, outer.3, second, inner].map(\.turned))
  }

  /// Writes y, zeros where nothing is moved to, or adds to it.
  package func run(
    _ x: UnsafePointer<Float>, into y: UnsafeMutablePointer<Float>, accumulate: Bool = false
  ) {
    if leavesGaps, !accumulate { y.update(repeating: 0, count: images &* target.image) }
    for image in 0..<images {
      let x = x + (image &* source.image &+ source.start)
      let y = y + (image &* target.image &+ target.start)
      if accumulate { each(x, y, add) } else { each(x, y, move) }
    }
  }

  @inline(__always) private func each(
    _ x: UnsafePointer<Float>, _ y: UnsafeMutablePointer<Float>,
    _ body: (UnsafePointer<Float>, UnsafeMutablePointer<Float>) -> Void
  ) {
    let (a, b, c, d) = outer
    for i in 0..<a.count {
      for j in 0..<b.count {
        for k in 0..<c.count {
          let from = x + (i &* a.source &+ j &* b.source &+ k &* c.source)
          let to = y + (i &* a.target &+ j &* b.target &+ k &* c.target)
          for l in 0..<d.count { body(from + l &* d.source, to + l &* d.target) }
        }
      }
    }
  }

  @inline(__always) private func move(
    _ x: UnsafePointer<Float>, _ y: UnsafeMutablePointer<Float>
  ) {
    if inner.source == 1, inner.target == 1 {
      for row in 0..<second.count {
        (y + row &* second.target).update(from: x + row &* second.source, count: inner.count)
      }
    } else {
      tiles(x, y) { $1.pointee = $0.pointee }
    }
  }

  @inline(__always) private func add(
    _ x: UnsafePointer<Float>, _ y: UnsafeMutablePointer<Float>
  ) {
    if inner.source == 1, inner.target == 1 {
      for row in 0..<second.count {
        Elementwise.accumulate(
          x + row &* second.source, into: y + row &* second.target, count: inner.count)
      }
    } else {
      tiles(x, y) { $1.pointee += $0.pointee }
    }
  }

  /// Goes over squares of both loops.
  @inline(__always) private func tiles(
    _ x: UnsafePointer<Float>, _ y: UnsafeMutablePointer<Float>,
    _ body: (UnsafePointer<Float>, UnsafeMutablePointer<Float>) -> Void
  ) {
    var row = 0
    while row < second.count {
      let rowEnd = min(row &+ 16, second.count)
      var column = 0
      while column < inner.count {
        let columnEnd = min(column &+ 16, inner.count)
        for r in row..<rowEnd {
          let from = x + r &* second.source
          let to = y + r &* second.target
          for c in column..<columnEnd { body(from + c &* inner.source, to + c &* inner.target) }
        }
        column = columnEnd
      }
      row = rowEnd
    }
  }
}
