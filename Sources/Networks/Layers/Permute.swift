/// Channels and positions in another order.
///
/// Dimensions are counted from 1, the channels, as PyTorch's `permute` counts them behind the batch.
package struct Permute: Hashable, Sendable {
  /// For each of three dimensions of the output the one of the input; those that a shape lacks stay.
  package var order: [Int]

  /// Three numbers; others than 1, 2 and 3 fit no input.
  package init(order: [Int]) { self.order = order }

  /// The order as it is typed.
  private var text: String { order.map(String.init).joined(separator: " ") }
}

extension Permute: LayerDefinition {
  private static let names = ["first", "second", "third"]

  static let row = KindRow(
    "puts channels (1) and positions (2, 3) in another order", .shaping,
    [
      .positional("first", .count, default: "2", "dimension that becomes the channels"),
      .positional("second", .count, default: "1", "dimension that becomes length or height"),
      .positional("third", .count, default: "3", "dimension that becomes the width"),
    ]
  ) { arguments in .rearrangement(.permute(Permute(order: names.map { arguments.count($0) }))) }

  func write(to arguments: inout Arguments) {
    for (name, axis) in zip(Self.names, order) { arguments[name] = .count(axis) }
  }

  var kind: Kind { .permute }

  /// For each dimension of the output the place of its dimension in the input, from 0.
  ///
  /// - Throws: A fault where they are no order of the input's dimensions.
  package func axes(over input: Shape) throws(ShapeFault) -> [Int] {
    let count = input.extents.count
    let axes = order.map { $0 - 1 }
    guard axes.sorted() == Array(0..<3), axes.dropFirst(count).elementsEqual(count..<3) else {
      throw .order(order: text, input: input)
    }
    return Array(axes.prefix(count))
  }

  /// How values move over an input.
  func regrouping(of input: Shape) throws(ShapeFault) -> Regrouping {
    Regrouping(factors: input.extents.map { [$0] }, order: try axes(over: input).map { [$0] })
  }

  func output(for input: Shape, windows: Windows?) throws(ShapeFault) -> Shape {
    Shape(try regrouping(of: input).output)
  }

  private func keepsChannels(of input: Shape) -> Bool { (try? axes(over: input))?.first == 0 }

  /// None where channels become positions.
  func strides(over input: Shape, windows: Windows?) -> [Int]? {
    keepsChannels(of: input) ? Array(repeating: 1, count: input.spatialRank) : nil
  }

  /// The whole input where channels become positions.
  func receptiveField(_ field: ReceptiveField, input: Shape, windows: Windows?) -> ReceptiveField {
    guard keepsChannels(of: input), let axes = try? axes(over: input) else { return .whole }
    guard let spans = field.spans, spans.count == input.spatialRank else { return field }
    return ReceptiveField(spans: axes.dropFirst().map { spans[$0 - 1] })
  }

  func repairs(of fault: ShapeFault) -> [[Setting.Value]] {
    guard case .order(_, let input) = fault, input.spatialRank > 0 else { return [] }
    return [
      zip(Self.names, [2, 1, 3]).map { Setting.Value($0, .count($1)) }
    ]
  }

  func channelFlow(path: String) -> ChannelFlow { .refuses(.mixing(path: path, kind: kind)) }
}
