/// A dictionary that shares almost all of its storage with those it was made from, as a value that is kept for
/// `undo` while it grows must.
///
/// It is layers of dictionaries, each at least twice as large as the next; an entry stands in the last layer that
/// has its key. To add one copies a small layer, and now and then joins some: a logarithm of the size on average.
package struct LayeredTable<Key: Hashable & Sendable, Value: Sendable>: Sendable {
  private var layers: [[Key: Value]]

  /// How many keys there are.
  package private(set) var count: Int

  /// How many entries were brought to another layer, which tells what growing has cost.
  private(set) var moved = 0

  /// Entries up to which the last layer is copied.
  private static var smallest: Int { 32 }

  /// The table of a dictionary.
  package init(_ entries: [Key: Value] = [:]) {
    layers = entries.isEmpty ? [] : [entries]
    count = entries.count
  }

  /// The value of a key, or nothing.
  package subscript(key: Key) -> Value? {
    for layer in layers.reversed() {
      if let value = layer[key] { return value }
    }
    return nil
  }

  /// Gives a key a value.
  package mutating func insert(_ value: Value, for key: Key) {
    if self[key] == nil { count += 1 }
    if (layers.last?.count ?? .max) >= Self.smallest {
      join()
      layers.append([:])
    }
    layers[layers.count - 1][key] = value
  }

  /// Joins layers from the last one on, until each is at least twice as large as the next.
  private mutating func join() {
    while layers.count > 1, layers[layers.count - 2].count < 2 * layers[layers.count - 1].count {
      let last = layers.removeLast()
      moved += last.count
      layers[layers.count - 1].merge(last) { _, new in new }
    }
  }

  /// All entries, in no order; costs a copy.
  package var entries: [Key: Value] {
    guard var all = layers.first else { return [:] }
    for layer in layers.dropFirst() { all.merge(layer) { _, new in new } }
    return all
  }
}

extension LayeredTable: Equatable where Value: Equatable {
  package static func == (left: LayeredTable, right: LayeredTable) -> Bool {
    left.count == right.count && left.entries.allSatisfy { right[$0.key] == $0.value }
  }
}
