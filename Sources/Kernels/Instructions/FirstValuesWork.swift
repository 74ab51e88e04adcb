/// Fills memory with random numbers and has their stream go on.
package struct RandomWork {
  /// How the numbers are spread.
  package enum Spread {
    case uniform(low: Float, high: Float)
    case normal(deviation: Float)
  }

  let spread: Spread
  let stream: UnsafeMutablePointer<RandomStream>
  let target: UnsafeMutablePointer<Float>
  let count: Int

  /// So many numbers of a stream.
  package init(
    spread: Spread, stream: UnsafeMutablePointer<RandomStream>,
    target: UnsafeMutablePointer<Float>, count: Int
  ) {
    self.spread = spread
    self.stream = stream
    self.target = target
    self.count = count
  }

  func run() {
    switch spread {
    case .uniform(let low, let high):
      stream.pointee.fillUniform(target, count: count, low: low, high: high)
    case .normal(let deviation):
      stream.pointee.fillNormal(target, count: count, deviation: deviation)
    }
  }
}

/// Makes vectors orthogonal and of length 1, in place.
package struct OrthonormalWork {
  let start: UnsafeMutablePointer<Float>
  let vectors: Int

  /// Floats from one vector to the next, the length of each, and floats from one of its values to the next.
  let vectorStep: Int
  let length: Int
  let step: Int
  let isStopped: @convention(c) () -> Bool

  /// The status where an end was asked for before all was done.
  package static let stopped: Int32 = -3

  /// Vectors in memory; `isStopped` is asked before each.
  package init(
    start: UnsafeMutablePointer<Float>, vectors: Int, vectorStep: Int, length: Int, step: Int,
    isStopped: @convention(c) () -> Bool
  ) {
    self.start = start
    self.vectors = vectors
    self.vectorStep = vectorStep
    self.length = length
    self.step = step
    self.isStopped = isStopped
  }

  func run() -> Int32 {
    let isWhole = Orthonormalization.run(
      start, vectors: vectors, vectorStep: vectorStep, length: length, step: step,
      isStopped: { isStopped() })
    return isWhole ? 0 : Self.stopped
  }
}
