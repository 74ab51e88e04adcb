/// The rectifier family: the positive half passes, the negative half is bent.
enum Rectifiers {
  static let seluAlpha: Float = 1.673_263_2
  static let seluScale: Float = 1.050_701

  @inline(__always) static func leaky(
    _ x: UnsafePointer<Float>, _ slope: Float, _ y: UnsafeMutablePointer<Float>, _ count: Int
  ) {
    Mapping.unary(x, y, count) { $0.replacing(with: $0 * slope, where: $0 .< 0) }
  }

  @inline(__always) static func elu(
    _ x: UnsafePointer<Float>, _ alpha: Float, _ scale: Float, _ y: UnsafeMutablePointer<Float>,
    _ count: Int
  ) {
    Mapping.unary(x, y, count) {
      let bent = $0.exponentialMinusOne() * (alpha * scale)
      return ($0 * scale).replacing(with: bent, where: $0 .< 0)
    }
  }

  @inline(__always) static func reluBackward(
    _ y: UnsafePointer<Float>, _ dy: UnsafePointer<Float>, _ dx: UnsafeMutablePointer<Float>,
    _ count: Int, _ accumulate: Bool
  ) {
    Gradient.combine(y, dy, dx, count, accumulate) {
      Vector.zero.replacing(with: $1, where: $0 .> 0)
    }
  }

  @inline(__always) static func leakyBackward(
    _ y: UnsafePointer<Float>, _ slope: Float, _ dy: UnsafePointer<Float>,
    _ dx: UnsafeMutablePointer<Float>, _ count: Int, _ accumulate: Bool
  ) {
    Gradient.combine(y, dy, dx, count, accumulate) {
      ($1 * slope).replacing(with: $1, where: $0 .> 0)
    }
  }

  /// The derivative below zero is y + alpha · scale.
  @inline(__always) static func eluBackward(
    _ y: UnsafePointer<Float>, _ alpha: Float, _ scale: Float, _ dy: UnsafePointer<Float>,
    _ dx: UnsafeMutablePointer<Float>, _ count: Int, _ accumulate: Bool
  ) {
    Gradient.combine(y, dy, dx, count, accumulate) {
      ($1 * ($0 + alpha * scale)).replacing(with: $1 * scale, where: $0 .> 0)
    }
  }
}
