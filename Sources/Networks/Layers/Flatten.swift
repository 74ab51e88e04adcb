/// All values as features, channels before positions.
struct Flatten: LayerDefinition {
  static let row = KindRow("all values as features", .shaping) { _ in .flatten }

  var kind: Kind { .flatten }

  func output(for input: Shape, windows: Windows?) throws(ShapeFault) -> Shape {
    Shape([input.count])
  }

  func strides(over input: Shape, windows: Windows?) -> [Int]? {
    input.spatialRank == 0 ? [] : nil
  }

  func receptiveField(_ field: ReceptiveField, input: Shape, windows: Windows?) -> ReceptiveField {
    .whole
  }

  func channelFlow(path: String) -> ChannelFlow { .flattens }
}
