/// The names in use among siblings, and fresh ones beside them in constant time.
package struct NameSupply {
  private var taken: Set<String> = []

  /// The highest number behind each stem.
  private var highest: [String: Int] = [:]

  /// Numbers beyond this one are names like any other, not counted on from.
  private static let largestNumber = 999_999_999

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
    if let number, number <= Self.largestNumber {
      highest[stem] = max(highest[stem] ?? 0, number)
    }
    return true
  }

  /// The first name after those in use: `conv3` beside `conv1` and `conv2`.
  ///
  /// A base that ends in a digit stands as it is while it is free: `resnet20`, then `resnet20_2`.
  package func fresh(_ base: String) -> String {
    let endsInDigit = Naming.split(base).number != nil
    if endsInDigit, !taken.contains(base) { return base }
    let stem = endsInDigit ? base + "_" : base
    var number = max(highest[stem] ?? 0, endsInDigit ? 1 : 0)
    var name: String
    repeat {
      number += 1
      let digits = "\(number)"
      let room = Naming.maximumLength - digits.utf8.count
      name = String(stem.unicodeScalars.prefix(room)) + digits
    } while taken.contains(name)
    return name
  }
}
