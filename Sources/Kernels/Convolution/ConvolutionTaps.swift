/// Which source positions each target position of a pass along one axis reads.
///
/// Forward, target o reads source o · stride − before + k · dilation for each tap k. Backward, target i
/// reads source (i + before − k · dilation) / stride where that is whole. Either way the targets fall
/// into classes of even spacing, within which every tap's source advances evenly.
package struct ConvolutionTaps: Sendable {
  /// Targets `first + j · spacing` for j in `0..<count`.
  struct Class: Sendable {
    var first: Int
    var spacing: Int
    var count: Int
    /// How far the source moves from one target of the class to the next.
    var advance: Int
    /// Each tap's number in the kernel and its source position at j = 0, sources ascending.
    var taps: [(tap: Int, base: Int)]
    /// The j for which every tap's source exists.
    var inner: Range<Int>
  }

  var classes: [Class] = []
  let sourceExtent: Int

  /// The forward pass: targets are outputs.
  static func forward(_ axis: ConvolutionGeometry.Axis, input: Int, output: Int) -> Self {
    var result = Self(sourceExtent: input)
    let taps = (0..<axis.kernel).map { (tap: $0, base: $0 * axis.dilation - axis.before) }
    result.append(first: 0, spacing: 1, count: output, advance: axis.stride, taps: taps)
    return result
  }

  /// The pass from outputs' gradients to inputs' gradients: targets are inputs.
  static func backward(_ axis: ConvolutionGeometry.Axis, input: Int, output: Int) -> Self {
    var result = Self(sourceExtent: output)
    for first in 0..<min(axis.stride, input) {
      let taps = (0..<axis.kernel).compactMap { tap -> (tap: Int, base: Int)? in
        let distance = first + axis.before - tap * axis.dilation
        let (quotient, rest) = distance.quotientAndRemainder(dividingBy: axis.stride)
        return rest == 0 ? (tap, quotient) : nil
      }.reversed()
      let count = (input - first + axis.stride - 1) / axis.stride
      result.append(
        first: first, spacing: axis.stride, count: count, advance: 1, taps: Array(taps))
    }
    return result
  }

  private init(sourceExtent: Int) { self.sourceExtent = sourceExtent }

  private mutating func append(
    first: Int, spacing: Int, count: Int, advance: Int, taps: [(tap: Int, base: Int)]
  ) {
    var low = 0
    var high = count
    for (_, base) in taps {
      if base < 0 { low = max(low, (-base + advance - 1) / advance) }
      high = min(high, base < sourceExtent ? (sourceExtent - 1 - base) / advance + 1 : 0)
    }
    low = min(low, count)
    classes.append(
      Class(
        first: first, spacing: spacing, count: count, advance: advance, taps: taps,
        inner: low..<max(low, high)))
  }
}
