/// The same values in another shape, in PyTorch's order: channels outermost, positions innermost.
package struct Reshape: Hashable, Sendable {
  /// The extents, channels first; nothing for one that follows from the number of values.
  package var extents: [Int?]

  /// A reshaping to so many extents, of which one at most is open.
  package init(_ extents: [Int?]) { self.extents = extents }

  /// Extents as they are typed: `_x4x4`.
  static func text(of extents: [Int?]) -> String {
    extents.map { $0.map(String.init) ?? "_" }.joined(separator: "x")
  }
}

extension Reshape: LayerDefinition {
  static let row = KindRow(
    "gives the same values another shape, channels outermost", .shaping,
    [.positional("shape", .shape, "shape of the output, channels first")]
  ) { arguments in
    guard case .shape(let extents) = arguments["shape"] else { return .identity }
    return .rearrangement(.reshape(Reshape(extents)))
  }

  func write(to arguments: inout Arguments) { arguments["shape"] = .shape(extents) }

  var kind: Kind { .reshape }

  func output(for input: Shape, windows: Windows?) throws(ShapeFault) -> Shape {
    let known = extents.compactMap { $0 }
    let limit = NetworkLimits.valuesPerExample
    guard (1...Shape.maximumRank).contains(extents.count),
      let product = boundedProduct(known, limit: limit), product > 0,
      known.count == extents.count
        ? product == input.count
        : known.count == extents.count - 1 && input.count % product == 0
    else { throw .reshape(shape: Self.text(of: extents), input: input) }
    return Shape(extents.map { $0 ?? input.count / product })
  }

  private func keepsPositions(of input: Shape) -> Bool {
    (try? output(for: input, windows: nil)) == input
  }

  func strides(over input: Shape, windows: Windows?) -> [Int]? {
    keepsPositions(of: input) ? Array(repeating: 1, count: input.spatialRank) : nil
  }

  func receptiveField(_ field: ReceptiveField, input: Shape, windows: Windows?) -> ReceptiveField {
    keepsPositions(of: input) ? field : .whole
  }

  /// Each extent in turn as what is left of the values, then all features.
  func repairs(of fault: ShapeFault) -> [[Setting.Value]] {
    guard case .reshape(_, let input) = fault else { return [] }
    let open = extents.indices.map { place in
      extents.enumerated().map { $0.offset == place ? nil : $0.element }
    }
    let fitting = open.first { extents in
      extents.count { $0 == nil } == 1
        && (try? Reshape(extents).output(for: input, windows: nil)) != nil
    }
    return [[Setting.Value("shape", .shape(fitting ?? [nil]))]]
  }

  func channelFlow(path: String) -> ChannelFlow { .refuses(.mixing(path: path, kind: kind)) }
}
