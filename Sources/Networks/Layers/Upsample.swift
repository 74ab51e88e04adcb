/// Several positions for each of its input, without parameters.
package struct Upsample: Hashable, Sendable {
  /// What stands at the positions between.
  package enum Mode: String, CaseIterable, Hashable, Sendable {
    /// The position itself, again.
    case nearest

    /// A mean of the positions around, weighed by distance, edges not aligned, as PyTorch's
    /// `align_corners=False`; over two dimensions it is called bilinear.
    case linear
  }

  package var factor: Extents
  package var mode = Mode.nearest

  /// Every position so many times.
  package init(factor: Extents) { self.factor = factor }
}

extension Upsample: LayerDefinition {
  static let row = KindRow(
    "repeats each position so many times, or interpolates linearly between them", .shaping,
    [
      .positional(
        "factor", .extents, "positions for each of the input", also: ["scale_factor", "size"]),
      .keyed(
        "mode", .choice(Mode.allCases.map(\.rawValue)), default: "nearest",
        "the nearest position, or a mean of those around", also: ["interpolation"]),
    ]
  ) { arguments in
    var upsample = Upsample(factor: arguments.extents("factor") ?? Extents(1))
    upsample.mode = Mode(rawValue: arguments.word("mode")) ?? .nearest
    return .upsample(upsample)
  }

  func write(to arguments: inout Arguments) {
    arguments["factor"] = .extents(factor)
    arguments["mode"] = .word(mode.rawValue)
  }

  var kind: Kind { .upsample }

  /// The factor along each dimension of an input.
  package func factors(over input: Shape) throws(ShapeFault) -> [Int] {
    if input.spatialRank == 0 { throw .rank(kind: kind.rawValue, wanted: [1, 2], input: input) }
    guard let factors = factor.resolved(rank: input.spatialRank) else {
      throw .dimensions(parameter: "factor", given: "\(factor)", input: input)
    }
    for factor in factors { try NetworkLimits.check(factor, of: "factor", from: 1, input: input) }
    return factors
  }

  func output(for input: Shape, windows: Windows?) throws(ShapeFault) -> Shape {
    input.replacingSpatial(
      zip(input.spatial, try factors(over: input)).map { saturatingProduct($0, $1) })
  }

  /// None: an output lies between positions of the input.
  func strides(over input: Shape, windows: Windows?) -> [Int]? {
    factor.values.allSatisfy { $0 == 1 } ? Array(repeating: 1, count: input.spatialRank) : nil
  }

  func receptiveField(_ field: ReceptiveField, input: Shape, windows: Windows?) -> ReceptiveField {
    guard let factors = try? factors(over: input) else { return field }
    return field.upsampled(by: factors, isLinear: mode == .linear)
  }
}
