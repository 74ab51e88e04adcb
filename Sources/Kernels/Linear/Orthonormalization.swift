/// Makes vectors orthogonal and of length 1 by the modified Gram–Schmidt process, run twice over each vector
/// so that rounding leaves nothing behind.
package enum Orthonormalization {
  /// Vector v has element e at `start[v · vectorStep + e · step]`; there are at most `length` vectors.
  ///
  /// A vector that depends on those before it keeps what rounding left of it, made of length 1.
  ///
  /// - Parameter isStopped: Asked before each vector, which takes time as their number times their length.
  /// - Returns: Whether all is done.
  package static func run(
    _ start: UnsafeMutablePointer<Float>, vectors: Int, vectorStep: Int, length: Int, step: Int,
    isStopped: () -> Bool
  ) -> Bool {
    for current in 0..<vectors {
      if isStopped() { return false }
      let v = start + current &* vectorStep
      for _ in 0..<2 {
        for earlier in 0..<current {
          let u = start + earlier &* vectorStep
          let share = dot(u, v, length, step)
          for index in 0..<length { v[index &* step] -= Float(share) * u[index &* step] }
        }
      }
      let norm = dot(v, v, length, step).squareRoot()
      if norm > 0 {
        let factor = Float(1 / norm)
        for index in 0..<length { v[index &* step] *= factor }
      }
    }
    return true
  }

  private static func dot(
    _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, _ length: Int, _ step: Int
  ) -> Double {
    var sum = 0.0
    for index in 0..<length { sum += Double(a[index &* step]) * Double(b[index &* step]) }
    return sum
  }
}
