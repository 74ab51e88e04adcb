/// RMSProp over one range, with and without momentum.
enum RootMeanSquare {
  static func update(
    _ w: UnsafeMutablePointer<Float>, _ g: UnsafePointer<Float>, _ s: UnsafeMutablePointer<Float>,
    _ count: Int, _ learningRate: Float, _ smoothing: Float, _ epsilon: Float, _ decay: Float
  ) {
    var i = 0
    while i < count {
      let weight = UnsafePointer(w).vector(i, end: count)
      let scaled = advance(weight, g, s, i, count, smoothing, epsilon, decay)
      w.store(weight.plus(scaled, -learningRate), i, end: count)
      i &+= 16
    }
  }

  static func update(
    _ w: UnsafeMutablePointer<Float>, _ g: UnsafePointer<Float>, _ s: UnsafeMutablePointer<Float>,
    _ b: UnsafeMutablePointer<Float>, _ count: Int, _ learningRate: Float, _ smoothing: Float,
    _ momentum: Float, _ epsilon: Float, _ decay: Float
  ) {
    var i = 0
    while i < count {
      let weight = UnsafePointer(w).vector(i, end: count)
      let scaled = advance(weight, g, s, i, count, smoothing, epsilon, decay)
      let velocity = scaled.plus(UnsafePointer(b).vector(i, end: count), momentum)
      b.store(velocity, i, end: count)
      w.store(weight.plus(velocity, -learningRate), i, end: count)
      i &+= 16
    }
  }

  /// Updates the mean square and returns the gradient over its root.
  @inline(__always) private static func advance(
    _ weight: Vector, _ g: UnsafePointer<Float>, _ s: UnsafeMutablePointer<Float>, _ i: Int,
    _ count: Int, _ smoothing: Float, _ epsilon: Float, _ decay: Float
  ) -> Vector {
    let slope = g.vector(i, end: count).plus(weight, decay)
    let square = (UnsafePointer(s).vector(i, end: count) * smoothing)
      .plus(slope * slope, 1 - smoothing)
    s.store(square, i, end: count)
    return slope / (square.squareRoot() + epsilon)
  }
}
