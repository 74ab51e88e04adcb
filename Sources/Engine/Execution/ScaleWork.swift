import Kernels

/// y = α · x, or y += α · x, with a learnable α.
struct ScaleWork {
  let x: UnsafePointer<Float>
  let factor: UnsafePointer<Float>
  let y: UnsafeMutablePointer<Float>
  let count: Int
  let accumulate: Bool

  func run(_ part: Part) {
    let range = part.range(of: count, unit: 16)
    let (source, target) = (x + range.lowerBound, y + range.lowerBound)
    if accumulate {
      Elementwise.accumulate(source, factor: factor.pointee, into: target, count: range.count)
    } else {
      Elementwise.scale(source, by: factor.pointee, into: target, count: range.count)
    }
  }
}

/// Sums of a · b over pieces of equal length, each a partial sum of its own.
struct DotWork {
  let a: UnsafePointer<Float>
  let b: UnsafePointer<Float>
  let count: Int
  let partials: UnsafeMutablePointer<Float>

  /// Values of a piece: the same whatever the number of threads, so that the bits are too.
  static let piece = 1 << 13

  /// How many pieces so many values make.
  static func pieces(_ count: Int) -> Int { max(1, (count + piece - 1) / piece) }

  func run(_ part: Part) {
    for index in part.range(of: Self.pieces(count)) {
      let start = index &* Self.piece
      let length = min(Self.piece, count &- start)
      partials[index] = Float(Elementwise.dot(a + start, b + start, count: length))
    }
  }
}

/// The sum of partial sums, in their order.
struct TotalWork {
  let partials: UnsafePointer<Float>
  let count: Int
  let target: UnsafeMutablePointer<Float>

  func run() {
    var sum = 0.0
    for index in 0..<count { sum += Double(partials[index]) }
    target.pointee = Float(sum)
  }
}
