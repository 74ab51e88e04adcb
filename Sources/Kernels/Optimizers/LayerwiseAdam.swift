/// One step of LAMB, of You and others (2019), on one whole parameter, as Gluon has it.
///
/// r = m̂/(√v̂ + epsilon) + decay·w; w −= lr·‖w‖/‖r‖·r, or lr·r where either length is 0.
struct LayerwiseAdam {
  private let beta1: Float
  private let beta2: Float
  private let epsilon: Float
  private let learningRate: Float
  private let firstCorrection: Float
  private let secondCorrection: Float
  private let decay: Float

  init(beta1: Float, beta2: Float, epsilon: Float, learningRate: Float, step: Int, decay: Float) {
    self.beta1 = beta1
    self.beta2 = beta2
    self.epsilon = epsilon
    self.learningRate = learningRate
    self.decay = decay
    firstCorrection = Float(1 / (1 - Adam.power(Double(beta1), step)))
    secondCorrection = Float(1 / (1 - Adam.power(Double(beta2), step)))
  }

  @inline(__always) private func direction(_ w: Vector, _ m: Vector, _ v: Vector) -> Vector {
    (m * firstCorrection / ((v * secondCorrection).squareRoot() + epsilon)).plus(w, decay)
  }

  func run(
    _ w: UnsafeMutablePointer<Float>, _ g: UnsafePointer<Float>,
    _ m: UnsafeMutablePointer<Float>, _ v: UnsafeMutablePointer<Float>, _ count: Int
  ) {
    let weightSquares = Elementwise.dot(w, w, count: count)
    var low = Doubles.zero
    var high = Doubles.zero
    var i = 0
    while i < count {
      let end = min(i &+ 16, count)
      let gradient = g.vector(i, end: count)
      var mean = UnsafePointer(m).vector(i, end: count)
      var square = UnsafePointer(v).vector(i, end: count)
      mean = mean.plus(gradient - mean, 1 - beta1)
      square = (square * beta2).plus(gradient * gradient, 1 - beta2)
      m.store(mean, i, end: count)
      v.store(square, i, end: count)
      let all = direction(UnsafePointer(w).vector(i, end: count), mean, square)
      let step = Vector.zero.replacing(with: all, where: Vector.lanes(before: end &- i))
      let (one, two) = (Doubles(widening: step.lowHalf), Doubles(widening: step.highHalf))
      low = low.plus(one, one)
      high = high.plus(two, two)
      i &+= 16
    }
    let squares = (low + high).sum()
    let trust =
      weightSquares > 0 && squares > 0 ? Float((weightSquares / squares).squareRoot()) : 1
    i = 0
    while i < count {
      let weight = UnsafePointer(w).vector(i, end: count)
      let step = direction(
        weight, UnsafePointer(m).vector(i, end: count), UnsafePointer(v).vector(i, end: count))
      w.store(weight.plus(step, -learningRate * trust), i, end: count)
      i &+= 16
    }
  }
}
