import Networks

/// How far a tensor is from the expected one.
struct Comparison: CustomStringConvertible {
  let shapesAgree: Bool

  /// The largest |found − expected|, and the largest |expected|.
  private(set) var difference = 0.0
  private(set) var scale = 0.0

  /// The largest |found − expected| / |expected| of any element.
  private(set) var greatestRatio = 0.0

  init(_ found: Tensor, _ expected: Tensor) {
    shapesAgree = found.shape == expected.shape
    for (found, expected) in zip(found.values, expected.values) {
      let distance = Double(abs(found - expected))
      // Whatever is no number is as far away as can be.
      difference = distance.isNaN ? .infinity : max(difference, distance)
      scale = max(scale, Double(abs(expected)))
      greatestRatio =
        distance.isNaN ? .infinity : max(greatestRatio, distance / Double(abs(expected)))
    }
  }

  /// The difference as a share of the largest expected value.
  var relativeDifference: Double { difference / scale }

  /// Whether the expected values are zero but for the rounding of 64 bits.
  var isVanishing: Bool { scale < 1e-12 }

  var description: String { "\(difference) of up to \(scale)" }
}
