/// Sums of a · b over pieces of equal length, each a partial sum of its own.
package struct DotWork {
  let a: UnsafePointer<Float>
  let b: UnsafePointer<Float>
  let count: Int
  let partials: UnsafeMutablePointer<Float>

  /// The work on this memory, which a plan owns.
  package init(
    a: UnsafePointer<Float>, b: UnsafePointer<Float>, count: Int,
    partials: UnsafeMutablePointer<Float>
  ) {
    self.a = a
    self.b = b
    self.count = count
    self.partials = partials
  }

  /// Values of a piece: the same whatever the number of threads, so that the bits are too.
  static let piece = 1 << 13

  /// How many pieces so many values make.
  package static func pieces(_ count: Int) -> Int { max(1, (count + piece - 1) / piece) }

  func run(_ part: Part) {
    for index in part.range(of: Self.pieces(count)) {
      let start = index &* Self.piece
      let length = min(Self.piece, count &- start)
      partials[index] = Float(Elementwise.dot(a + start, b + start, count: length))
    }
  }
}

/// The sums of the columns of partial sums `[count, width]`, in their order.
package struct TotalWork {
  let partials: UnsafePointer<Float>
  let count: Int
  var width = 1
  let target: UnsafeMutablePointer<Float>

  /// The work on this memory, which a plan owns.
  package init(
    partials: UnsafePointer<Float>, count: Int, width: Int = 1, target: UnsafeMutablePointer<Float>
  ) {
    self.partials = partials
    self.count = count
    self.width = width
    self.target = target
  }

  func run() {
    for column in 0..<width {
      var sum = 0.0
      for index in 0..<count { sum += Double(partials[index &* width &+ column]) }
      target[column] = Float(sum)
    }
  }
}
