/// Some of the channels, or of the positions.
package struct Slicing: Hashable, Sendable {
  /// What is counted.
  package enum Unit: String, CaseIterable, Hashable, Sendable {
    case channels
    case positions
  }

  /// One range, or one for each spatial dimension.
  package var ranges: [SliceRange]
  package var unit = Unit.channels

  /// A slice of the channels, or of the positions along all dimensions or each.
  package init(_ ranges: [SliceRange], of unit: Unit = .channels) {
    (self.ranges, self.unit) = (ranges, unit)
  }

  /// The ranges as they are typed.
  private var text: String { SliceRange.text(of: ranges) }
}

extension Slicing: LayerDefinition {
  static let row = KindRow(
    "keeps a range of the channels, or of the positions", .shaping,
    [
      .positional("range", .ranges, "first place kept : first place behind, counted from 0"),
      .keyed(
        "over", .choice(Unit.allCases.map(\.rawValue)), default: "channels",
        "channels, or positions along all dimensions or each"),
    ]
  ) { arguments in
    guard case .ranges(let ranges) = arguments["range"] else { return .identity }
    return .rearrangement(
      .slice(Slicing(ranges, of: Unit(rawValue: arguments.word("over")) ?? .channels)))
  }

  func write(to arguments: inout Arguments) {
    arguments["range"] = .ranges(ranges)
    arguments["over"] = .word(unit.rawValue)
  }

  var kind: Kind { .slice }

  /// The places that are kept of an input, along each dimension, channels first.
  ///
  /// - Throws: A fault where a range holds no place, or places that the input does not have.
  func kept(of input: Shape) throws(ShapeFault) -> [Range<Int>] {
    let whole = input.extents.map { 0..<$0 }
    switch unit {
    case .channels:
      guard ranges.count == 1 else {
        throw .slice(range: text, extent: input.channels, unit: unit)
      }
      return [try kept(ranges[0], of: input.channels)] + whole.dropFirst()
    case .positions:
      if input.spatialRank == 0 {
        throw .rank(kind: "\(kind.rawValue) over=positions", wanted: [1, 2], input: input)
      }
      guard ranges.count == 1 || ranges.count == input.spatialRank else {
        throw .dimensions(parameter: "range", given: text, input: input)
      }
      var kept = Array(whole.prefix(1))
      for (axis, extent) in input.spatial.enumerated() {
        kept.append(try self.kept(ranges[min(axis, ranges.count - 1)], of: extent))
      }
      return kept
    }
  }

  private func kept(_ range: SliceRange, of extent: Int) throws(ShapeFault) -> Range<Int> {
    guard let places = range.places(of: extent) else {
      throw .slice(range: "\(range)", extent: extent, unit: unit)
    }
    return places
  }

  func output(for input: Shape, windows: Windows?) throws(ShapeFault) -> Shape {
    Shape(try kept(of: input).map(\.count))
  }

  func receptiveField(_ field: ReceptiveField, input: Shape, windows: Windows?) -> ReceptiveField {
    guard unit == .positions, let kept = try? kept(of: input) else { return field }
    let ones = input.spatial.map { _ in 1 }
    return field.through(
      kernel: ones, stride: ones, dilation: ones,
      padding: kept.dropFirst().map { Padding.Sides(before: -$0.lowerBound, after: 0) })
  }

  func repairs(of fault: ShapeFault) -> [[Setting.Value]] {
    guard case .slice(_, let extent, _) = fault else { return [] }
    return [[Setting.Value("range", .ranges(ranges.map { $0.clamped(to: extent) }))]]
  }

  func channelFlow(path: String) -> ChannelFlow {
    unit == .positions ? .passes : .refuses(.mixing(path: path, kind: kind))
  }
}
