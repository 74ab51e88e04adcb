/// The input as it is.
struct Identity: LayerDefinition {
  static let row = KindRow("the input as it is", .shaping) { _ in .identity }

  var kind: Kind { .identity }
}
