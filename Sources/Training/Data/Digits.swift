import Networks

/// The handwritten digits of UCI, 1,797 images of 8×8 in 17 shades (Alpaydin and Kaynak 1998, CC BY 4.0).
///
/// `docs/data/digits.md` says where they come from.
package enum Digits {
  /// The number of digits that train: the first ones; the last 360 test.
  ///
  /// The digits are in the order of their writers, so the test part has hands that training never saw,
  /// which makes it harder than a random one.
  package static let trainCount = 1437

  /// About the bytes that all digits take, and their two parts.
  static let bytes = 2 * 1797 * (64 + 1) * MemoryLayout<Float>.size

  /// All digits in their order, `[1797, 1, 8, 8]`, 0 (paper) to 1 (ink).
  package static let examples: Examples = {
    var values: [Float] = []
    var labels: [Int32] = []
    values.reserveCapacity(1797 * 64)
    labels.reserveCapacity(1797)
    PackedDigits.forEach { label, pixels in
      labels.append(Int32(label))
      for pixel in pixels { values.append(Float(pixel) / 16) }
    }
    return Examples(
      inputs: Tensor(shape: [labels.count, 1, 8, 8], values: values),
      targets: .classes(labels, names: (0...9).map(String.init)))
  }()

  /// The digits in their two parts, made once.
  package static let dataset = Dataset(
    name: "digits", description: "handwritten digits, 8×8, UCI",
    train: examples.selecting(0..<trainCount),
    test: examples.selecting(trainCount..<examples.count))
}
