/// Backward loops that write their result or add it to what is there.
enum Gradient {
  /// dx = transform(saved, dy), or dx +=.
  @inline(__always) static func combine(
    _ saved: UnsafePointer<Float>, _ dy: UnsafePointer<Float>, _ dx: UnsafeMutablePointer<Float>,
    _ count: Int, _ accumulate: Bool, _ transform: (Vector, Vector) -> Vector
  ) {
    if accumulate {
      Mapping.ternary(saved, dy, dx, dx, count) { $2 + transform($0, $1) }
    } else {
      Mapping.binary(saved, dy, dx, count, transform)
    }
  }

  /// dx = derivative(saved) · dy, or dx +=.
  @inline(__always) static func multiply(
    _ saved: UnsafePointer<Float>, _ dy: UnsafePointer<Float>, _ dx: UnsafeMutablePointer<Float>,
    _ count: Int, _ accumulate: Bool, _ derivative: (Vector) -> Vector
  ) {
    combine(saved, dy, dx, count, accumulate) { derivative($0) * $1 }
  }
}
