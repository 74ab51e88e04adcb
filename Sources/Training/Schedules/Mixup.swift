#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// How much each example keeps of itself where the examples of a batch are mixed, as mixup of Zhang and others has it (2018).
enum Mixup {
  /// A share drawn from Beta(alpha, alpha); seed and step alone decide it.
  static func share(alpha: Double, seed: UInt64, step: Int) -> Double {
    var generator = SeededGenerator(
      seed: seed, stream: UInt64.max - UInt64(truncatingIfNeeded: step))
    let one = gamma(alpha, &generator)
    let two = gamma(alpha, &generator)
    return one + two > 0 ? one / (one + two) : 0.5
  }

  /// A number of the gamma distribution (Marsaglia and Tsang 2000).
  private static func gamma(_ shape: Double, _ generator: inout SeededGenerator) -> Double {
    if shape < 1 {
      let larger = gamma(shape + 1, &generator)
      return larger * pow(1 - generator.unit(), 1 / shape)
    }
    let d = shape - 1.0 / 3
    let c = 1 / (9 * d).squareRoot()
    while true {
      let x = generator.normal()
      let root = 1 + c * x
      if root <= 0 { continue }
      let v = root * root * root
      let u = 1 - generator.unit()
      if log(u) < 0.5 * x * x + d - d * v + d * log(v) { return d * v }
    }
  }
}
