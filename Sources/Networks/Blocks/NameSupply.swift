/// The names in use among siblings, and fresh ones beside them in constant time.
package struct NameSupply {
  private var taken: Set<String> = []

  /// The highest number behind each stem.
  private var highest: [String: Int] = [:]

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
    Naming.count(number, of: stem, in: &highest)
    return true
  }

  /// The first name after those in use: `conv3` beside `conv1` and `conv2`.
  ///
  /// A base that ends in a digit stands as it is while it is free: `resnet20`, then `resnet20_2`.
  package func fresh(_ base: String) -> String {
    Naming.fresh(base, highest: highest) { taken.contains($0) }
  }
}
