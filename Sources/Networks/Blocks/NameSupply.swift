import HashTreeCollections

/// The names in use among siblings, and fresh ones beside them in constant time.
///
/// A copy to which names are added shares the others.
package struct NameSupply: Sendable {
  private var taken = TreeSet<String>()

  /// The highest number behind each stem.
  private var highest = TreeDictionary<String, Int>()

  /// The supply beside some names.
  package init(_ names: some Sequence<String> = []) {
    for name in names { insert(name) }
  }

  /// Whether a name is in use.
  package func contains(_ name: String) -> Bool { taken.contains(name) }

  /// Puts a name to use; false where it was already.
  @discardableResult
  package mutating func insert(_ name: String) -> Bool {
    guard taken.insert(name).inserted else { return false }
    let (stem, number) = Naming.split(name)
    if let number = Naming.counted(number), number > highest[stem] ?? 0 {
      highest[stem] = number
    }
    return true
  }

  /// The first name after those in use: `conv3` beside `conv1` and `conv2`.
  ///
  /// A base that ends in a digit stands as it is while it is free: `resnet20`, then `resnet20_2`.
  package func fresh(_ base: String) -> String {
    Naming.fresh(base, highest: { highest[$0] }, isTaken: contains)
  }
}
