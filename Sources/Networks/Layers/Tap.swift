/// A name for the value that passes, under which a later `join` takes it.
package struct Tap: LayerDefinition, Hashable, Sendable {
  /// The name, of which a join takes the value that was tapped last.
  package let name: String

  /// A tap of a name.
  package init(name: String) { self.name = name }

  static let row = KindRow(
    "names what passes here, for a later join to take", .shaping,
    [.positional("tap", .name, "the name, which join takes")]
  ) { .tap(Tap(name: $0.word("tap"))) }

  var kind: Kind { .tap }

  func write(to arguments: inout Arguments) { arguments["tap"] = .word(name) }
}
