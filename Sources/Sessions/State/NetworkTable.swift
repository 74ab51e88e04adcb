/// Networks by name, each by reference: states of which one changes a network share all the others.
struct NetworkTable: Sequence, Sendable {
  private var shared: [String: Shared<NetworkState>] = [:]

  /// The network of a name; what is set takes memory of its own.
  subscript(name: String) -> NetworkState? {
    get { shared[name]?.value }
    set { shared[name] = newValue.map(Shared.init) }
  }

  /// How many networks there are.
  var count: Int { shared.count }

  var isEmpty: Bool { shared.isEmpty }

  /// The names, in no order.
  var keys: some Collection<String> { shared.keys }

  /// The networks, in no order.
  var values: some Sequence<NetworkState> { shared.values.lazy.map(\.value) }

  /// The networks with their names, in no order.
  func makeIterator() -> AnyIterator<(name: String, known: NetworkState)> {
    var entries = shared.makeIterator()
    return AnyIterator { entries.next().map { ($0.key, $0.value.value) } }
  }

  /// The networks that satisfy a condition, still shared.
  func filter(_ isIncluded: (NetworkState) -> Bool) -> NetworkTable {
    var result = NetworkTable()
    result.shared = shared.filter { isIncluded($0.value.value) }
    return result
  }

  /// What a function gives of each network, by name, where it gives something.
  func compactMapValues<Value>(_ transform: (NetworkState) -> Value?) -> [String: Value] {
    shared.compactMapValues { transform($0.value) }
  }

  /// Gives a network another name; one of that name goes.
  mutating func rename(_ old: String, to new: String) {
    guard let entry = shared.removeValue(forKey: old) else { return }
    shared[new] = entry
  }

  /// Whether another table has other names, or a network that differs by a condition; those shared do not.
  func differs(
    from other: NetworkTable, by condition: (NetworkState, NetworkState) -> Bool
  ) -> Bool {
    count != other.count
      || shared.contains { name, entry in
        guard let known = other.shared[name] else { return true }
        return known !== entry && condition(entry.value, known.value)
      }
  }
}
