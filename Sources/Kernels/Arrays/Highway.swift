/// y = T · H + (1 − T) · x with a gate T for every value, and its gradients.
///
/// After Srivastava et al. 2015.
package enum Highway {
  /// y = x + t · (h − x); y may be any of them.
  package static func forward(
    h: UnsafePointer<Float>, t: UnsafePointer<Float>, x: UnsafePointer<Float>,
    into y: UnsafeMutablePointer<Float>, count: Int
  ) {
    Mixture().map(h, t, x, into: y, count: count)
  }

  /// dt = (h − x) · dy, or dt += (h − x) · dy.
  package static func gateGradient(
    h: UnsafePointer<Float>, x: UnsafePointer<Float>, dy: UnsafePointer<Float>,
    into dt: UnsafeMutablePointer<Float>, count: Int, accumulate: Bool
  ) {
    if accumulate {
      Elementwise.accumulateProduct(h, dy, into: dt, count: count)
      ProductDifference().map(x, dy, dt, into: dt, count: count)
    } else {
      DifferenceProduct().map(h, x, dy, into: dt, count: count)
    }
  }

  /// dx = (1 − t) · dy, or dx += (1 − t) · dy; dx may be dy.
  package static func carryGradient(
    t: UnsafePointer<Float>, dy: UnsafePointer<Float>, into dx: UnsafeMutablePointer<Float>,
    count: Int, accumulate: Bool
  ) {
    ComplementProduct(accumulate: accumulate).map(dy, t, dx, into: dx, count: count)
  }
}
