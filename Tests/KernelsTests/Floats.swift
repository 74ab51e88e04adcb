import Kernels
import Testing

/// Floats at an odd alignment between guards, so that a kernel that strays is found out.
///
/// The memory is kept to the end of the process: pointers into it outlive this object.
struct Floats {
  private static let guarded = 35
  private static let mark: Float = -777.25
  private let base: UnsafeMutablePointer<Float>
  let count: Int

  init(_ count: Int, fill: Float = .nan) {
    self.count = count
    base = .allocate(capacity: count + 2 * Self.guarded)
    base.initialize(repeating: Self.mark, count: count + 2 * Self.guarded)
    pointer.update(repeating: fill, count: count)
  }

  init(_ values: [Float]) {
    self.init(values.count)
    for (index, value) in values.enumerated() { pointer[index] = value }
  }

  /// Uneven numbers that depend on the seed alone, by a generator of the tests' own.
  init(_ count: Int, seed: UInt64, low: Float = -2, high: Float = 2) {
    self.init(count)
    var state = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    for index in 0..<count {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      pointer[index] = low + (high - low) * Float(state >> 40) / Float(1 << 24)
    }
  }

  var pointer: UnsafeMutablePointer<Float> { base + Self.guarded }

  var constant: UnsafePointer<Float> { UnsafePointer(pointer) }

  subscript(index: Int) -> Float {
    get { pointer[index] }
    nonmutating set { pointer[index] = newValue }
  }

  var floats: [Float] { (0..<count).map { pointer[$0] } }

  var doubles: [Double] { floats.map(Double.init) }

  func copy() -> Floats { Floats(floats) }

  /// Whether the guards on both sides are untouched.
  var isIntact: Bool {
    (0..<Self.guarded).allSatisfy {
      base[$0] == Self.mark && base[Self.guarded + count + $0] == Self.mark
    }
  }
}

/// Expects every float within `tolerance` of what is expected, relative to numbers above one.
func expectClose(
  _ found: Floats, _ expected: [Double], tolerance: Double = 1e-5, _ what: String = "",
  sourceLocation: SourceLocation = #_sourceLocation
) {
  #expect(found.isIntact, "\(what): wrote outside its memory", sourceLocation: sourceLocation)
  guard found.count == expected.count else {
    Issue.record(
      "\(what): \(found.count) floats for \(expected.count)", sourceLocation: sourceLocation)
    return
  }
  for index in 0..<expected.count {
    let error = abs(Double(found[index]) - expected[index])
    if !(error <= tolerance * max(1, abs(expected[index]))) {
      Issue.record(
        "\(what)[\(index)] is \(found[index]), expected \(expected[index])",
        sourceLocation: sourceLocation)
      return
    }
  }
}

/// Expects a gradient to agree with central differences of `loss` along every element of `input`.
func expectGradient(
  _ gradient: [Double], of input: Floats, step: Float = 1 / 64, tolerance: Double = 4e-3,
  _ what: String = "", sourceLocation: SourceLocation = #_sourceLocation,
  loss: () -> Double
) {
  for index in 0..<input.count {
    let kept = input[index]
    input[index] = kept + step
    let above = loss()
    input[index] = kept - step
    let below = loss()
    input[index] = kept
    let slope = (above - below) / Double(2 * step)
    if !(abs(slope - gradient[index]) <= tolerance * max(1, abs(slope))) {
      Issue.record(
        "\(what): slope \(index) is \(gradient[index]), by differences \(slope)",
        sourceLocation: sourceLocation)
      return
    }
  }
}

/// Rows and channels with every kind of tail: one row, odd channels, more than a block.
let shapes: [(rows: Int, channels: Int)] = [
  (1, 1), (1, 10), (2, 3), (5, 1), (7, 17), (16, 16), (33, 10), (320, 10), (64, 64), (9, 100),
  (130, 48), (1001, 3), (3, 131), (2500, 7), (700, 20), (40, 512), (6, 33),
]
