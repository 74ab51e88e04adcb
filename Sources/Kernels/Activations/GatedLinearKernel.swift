/// The gated linear unit: the first half of the channels times the logistic function of the second.
///
/// Inputs are `[rows, 2 · channels]`, outputs `[rows, channels]`.
package enum GatedLinearKernel {
  /// y = a · logistic b.
  package static func forward(
    _ x: UnsafePointer<Float>, rows: Int, channels: Int, into y: UnsafeMutablePointer<Float>
  ) {
    for row in 0..<rows {
      let a = x + row &* channels &* 2
      let b = a + channels
      let target = y + row &* channels
      var i = 0
      while i < channels {
        let gate = b.vector(i, end: channels).logistic()
        target.store(a.vector(i, end: channels) * gate, i, end: channels)
        i &+= 16
      }
    }
  }

  /// da = dy · logistic b and db = dy · a · (logistic b)′, or what is added to them.
  package static func backward(
    _ x: UnsafePointer<Float>, dy: UnsafePointer<Float>, rows: Int, channels: Int,
    into dx: UnsafeMutablePointer<Float>, accumulate: Bool = false
  ) {
    for row in 0..<rows {
      let a = x + row &* channels &* 2
      let b = a + channels
      let slope = dy + row &* channels
      let da = dx + row &* channels &* 2
      let db = da + channels
      var i = 0
      while i < channels {
        let gate = b.vector(i, end: channels).logistic()
        let dy = slope.vector(i, end: channels)
        var first = dy * gate
        var second = dy * a.vector(i, end: channels) * gate * (1 - gate)
        if accumulate {
          first += UnsafePointer(da).vector(i, end: channels)
          second += UnsafePointer(db).vector(i, end: channels)
        }
        da.store(first, i, end: channels)
        db.store(second, i, end: channels)
        i &+= 16
      }
    }
  }
}
