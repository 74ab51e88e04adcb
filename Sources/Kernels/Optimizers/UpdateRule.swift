/// The arithmetic of an optimizer on sixteen weights, their gradients and up to two states.
protocol UpdateRule {
  func apply(_ w: inout Vector, _ g: Vector, _ s: inout Vector, _ t: inout Vector)
}

/// The loops over a rule; a rule with one state or none passes the same memory twice.
extension UpdateRule {
  func run(
    _ w: UnsafeMutablePointer<Float>, _ g: UnsafePointer<Float>,
    _ s: UnsafeMutablePointer<Float>, _ t: UnsafeMutablePointer<Float>, _ count: Int
  ) {
    let whole = count & ~15
    var i = 0
    while i < whole {
      var weight = w.vector(i)
      var first = s.vector(i)
      var second = t.vector(i)
      apply(&weight, g.vector(i), &first, &second)
      t.store(second, i)
      s.store(first, i)
      w.store(weight, i)
      i &+= 16
    }
    let rest = count &- whole
    if rest == 0 { return }
    var weight = w.vector(i, count: rest)
    var first = s.vector(i, count: rest)
    var second = t.vector(i, count: rest)
    apply(&weight, g.vector(i, count: rest), &first, &second)
    t.store(second, i, count: rest)
    s.store(first, i, count: rest)
    w.store(weight, i, count: rest)
  }
}
