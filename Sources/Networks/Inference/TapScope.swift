import HashTreeCollections

/// The values that taps have named so far, in the order of execution: of equal names the newest counts.
package struct TapScope<Value: Sendable>: Sendable {
  private var values: TreeDictionary<String, Value> = [:]

  /// Nothing tapped yet.
  package init() {}

  /// The newest value of a name.
  package subscript(name: String) -> Value? {
    get { values[name] }
    set { values[name] = newValue }
  }

  /// The names that can be joined, in the order of letters.
  package var names: [String] { values.keys.sorted() }
}

/// What is known of a tapped value.
struct TappedValue: Sendable {
  let shape: Shape
  let receptiveField: ReceptiveField
}
