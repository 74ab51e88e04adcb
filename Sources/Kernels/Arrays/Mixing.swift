/// Means of two arrays.
package enum Mixing {
  /// a = share·a + (1 − share)·b and b = share·b + (1 − share)·a, of two arrays that do not overlap.
  package static func mix(
    _ a: UnsafeMutablePointer<Float>, _ b: UnsafeMutablePointer<Float>, share: Float, count: Int
  ) {
    var i = 0
    while i < count {
      let one = UnsafePointer(a).vector(i, end: count)
      let two = UnsafePointer(b).vector(i, end: count)
      a.store((two * (1 - share)).plus(one, share), i, end: count)
      b.store((one * (1 - share)).plus(two, share), i, end: count)
      i &+= 16
    }
  }

  /// average += share·(x − average).
  package static func follow(
    _ average: UnsafeMutablePointer<Float>, _ x: UnsafePointer<Float>, share: Float, count: Int
  ) {
    var i = 0
    while i < count {
      let mean = UnsafePointer(average).vector(i, end: count)
      average.store(mean.plus(x.vector(i, end: count) - mean, share), i, end: count)
      i &+= 16
    }
  }

  /// Exchanges two arrays that do not overlap.
  package static func swap(
    _ a: UnsafeMutablePointer<Float>, _ b: UnsafeMutablePointer<Float>, count: Int
  ) {
    var i = 0
    while i < count {
      let one = UnsafePointer(a).vector(i, end: count)
      a.store(UnsafePointer(b).vector(i, end: count), i, end: count)
      b.store(one, i, end: count)
      i &+= 16
    }
  }
}
