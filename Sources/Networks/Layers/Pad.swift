/// Positions added around an input: zeros, or values that are there.
package struct Pad: Hashable, Sendable {
  /// What stands at the added positions.
  package enum Mode: String, CaseIterable, Hashable, Sendable {
    case zero

    /// The positions next to the edge, mirrored at it, without the edge itself.
    case reflect

    /// The value of the edge.
    case replicate
  }

  /// The same sides in every dimension, or sides for each.
  package var sides: [Padding.Sides]
  package var mode = Mode.zero

  /// Zeros at the sides of all dimensions, or of each.
  package init(_ sides: [Padding.Sides]) { self.sides = sides }
}

extension Pad: LayerDefinition {
  static let row = KindRow(
    "adds positions around its input: zeros, mirrored ones or the edge", .shaping,
    [
      .positional("amount", .sides, "positions added", also: ["padding"]),
      .keyed(
        "mode", .choice(Mode.allCases.map(\.rawValue)), default: "zero",
        "zeros, mirrored positions, or the edge again"),
    ]
  ) { arguments in
    guard case .explicit(let sides) = arguments.padding("amount") else { return .identity }
    var pad = Pad(sides)
    pad.mode = Mode(rawValue: arguments.word("mode")) ?? .zero
    return .pad(pad)
  }

  func write(to arguments: inout Arguments) {
    arguments["amount"] = .padding(.explicit(sides))
    arguments["mode"] = .word(mode.rawValue)
  }

  var kind: Kind { .pad }

  /// Positions before and after along each dimension of an input.
  package func sides(over input: Shape) throws(ShapeFault) -> [Padding.Sides] {
    try windows(over: input).padding
  }

  /// Windows of one position, which stand on every position of the padded input.
  private func windows(over input: Shape) throws(ShapeFault) -> Windows {
    if input.spatialRank == 0 { throw .rank(kind: kind.rawValue, wanted: [1, 2], input: input) }
    let count = sides.count
    if count > 1, count != input.spatialRank {
      throw .dimensions(
        parameter: "amount", given: "\(Padding.explicit(sides))", input: input)
    }
    return try Windows(
      kernel: Extents(1), stride: Extents(1), padding: .explicit(sides), dilation: Extents(1),
      input: input)
  }

  func slidingWindows(over input: Shape) throws(ShapeFault) -> Windows? {
    try windows(over: input)
  }

  func output(for input: Shape, windows: Windows?) throws(ShapeFault) -> Shape {
    guard let windows else { return input }
    if mode == .reflect {
      for (extent, sides) in zip(input.spatial, windows.padding)
      where sides.before >= extent || sides.after >= extent {
        throw .mirroredWidth(extent: extent, padding: sides)
      }
    }
    return input.replacingSpatial(try windows.positions(over: input, roundsUp: false))
  }

  func repairs(of fault: ShapeFault) -> [[Setting.Value]] {
    guard case .mirroredWidth(let extent, _) = fault else { return [] }
    let most = sides.map {
      Padding.Sides(before: min($0.before, extent - 1), after: min($0.after, extent - 1))
    }
    return [
      [Setting.Value("mode", .word(Mode.replicate.rawValue))],
      [Setting.Value("amount", .padding(.explicit(most)))],
    ]
  }
}
