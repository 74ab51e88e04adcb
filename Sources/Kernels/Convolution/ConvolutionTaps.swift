/// Which source positions each target position of a pass along one axis reads.
///
/// Forward, target o reads source o · stride − before + k · dilation for each tap k. Backward, target i
/// reads source (i + before − k · dilation) / stride where that is whole. Either way the targets fall
/// into classes of even spacing, within which every tap's source advances evenly.
struct ConvolutionTaps: Sendable {
  /// Targets `first + j · spacing` for j in `0..<count`.
  struct Class: Sendable {
    var first: Int
    var spacing: Int
    var count: Int

    /// How far the source moves from one target of the class to the next.
    var advance: Int

    /// Each tap's number in the kernel and its source position at j = 0, sources ascending.
    var taps: [(tap: Int, base: Int)]
  }

  private(set) var classes: [Class] = []

  /// Positions before and after the source that taps touch, with targets counted in whole tiles.
  private(set) var reach = (before: 0, after: 0)

  /// The forward pass: targets are outputs.
  static func forward(
    _ axis: ConvolutionGeometry.Axis, input: Int, output: Int, tile: Int = 1
  ) -> Self {
    var result = Self()
    let taps = (0..<axis.kernel).map { (tap: $0, base: $0 * axis.dilation - axis.before) }
    result.append(
      Class(first: 0, spacing: 1, count: output, advance: axis.stride, taps: taps),
      source: input, tile: tile)
    return result
  }

  /// The pass from outputs' gradients to inputs' gradients: targets are inputs.
  static func backward(
    _ axis: ConvolutionGeometry.Axis, input: Int, output: Int, tile: Int = 1
  ) -> Self {
    var result = Self()
    for first in 0..<min(axis.stride, input) {
      let taps = (0..<axis.kernel).compactMap { tap -> (tap: Int, base: Int)? in
        let distance = first + axis.before - tap * axis.dilation
        let (quotient, rest) = distance.quotientAndRemainder(dividingBy: axis.stride)
        return rest == 0 ? (tap, quotient) : nil
      }.reversed()
      let count = (input - first + axis.stride - 1) / axis.stride
      result.append(
        Class(first: first, spacing: axis.stride, count: count, advance: 1, taps: Array(taps)),
        source: output, tile: tile)
    }
    return result
  }

  private mutating func append(_ item: Class, source: Int, tile: Int) {
    classes.append(item)
    guard let first = item.taps.first, let last = item.taps.last else { return }
    let end = (item.count + tile - 1) / tile * tile - 1
    reach.before = max(reach.before, -first.base)
    reach.after = max(reach.after, last.base + end * item.advance + 1 - source)
  }

  /// The kernel's taps in the order of packed weights: class by class, sources ascending.
  var order: [Int] { classes.flatMap { $0.taps.map(\.tap) } }
}
