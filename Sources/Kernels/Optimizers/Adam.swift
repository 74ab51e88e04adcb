/// One step of Adam with its bias corrections worked out.
struct Adam {
  private let beta1: Float
  private let beta2: Float
  private let epsilon: Float
  private let stepSize: Float
  private let secondCorrection: Float

  init(_ beta1: Float, _ beta2: Float, _ epsilon: Float, _ learningRate: Float, _ step: Int) {
    self.beta1 = beta1
    self.beta2 = beta2
    self.epsilon = epsilon
    let first = 1 - Self.power(Double(beta1), step)
    let second = 1 - Self.power(Double(beta2), step)
    stepSize = Float(Double(learningRate) / first)
    secondCorrection = Float(1 / second.squareRoot())
  }

  /// m and v decay toward g and g²; w −= stepSize·m / (√v·correction + epsilon).
  func update(
    _ w: UnsafeMutablePointer<Float>, _ g: UnsafePointer<Float>, _ m: UnsafeMutablePointer<Float>,
    _ v: UnsafeMutablePointer<Float>, _ count: Int, _ decay: Float
  ) {
    var i = 0
    while i < count {
      let weight = UnsafePointer(w).vector(i, end: count)
      let slope = g.vector(i, end: count).plus(weight, decay)
      let first = UnsafePointer(m).vector(i, end: count)
      let mean = first.plus(slope - first, 1 - beta1)
      let square = (UnsafePointer(v).vector(i, end: count) * beta2)
        .plus(slope * slope, 1 - beta2)
      m.store(mean, i, end: count)
      v.store(square, i, end: count)
      let distance = (square.squareRoot() * secondCorrection) + epsilon
      w.store(weight - (mean * stepSize) / distance, i, end: count)
      i &+= 16
    }
  }

  /// `base` to a whole power ≥ 0.
  private static func power(_ base: Double, _ exponent: Int) -> Double {
    var result = 1.0
    var square = base
    var rest = exponent
    while rest > 0 {
      if rest & 1 == 1 { result *= square }
      square *= square
      rest >>= 1
    }
    return result
  }
}
