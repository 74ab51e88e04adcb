/// Names for blocks that were given none: the kind and the next number among the siblings.
package enum Naming {
  /// The first name after those of the siblings: `conv3` beside `conv1` and `conv2`.
  ///
  /// A base that ends in a digit stands as it is while it is free: `resnet20`, then `resnet20_2`.
  package static func fresh(_ base: String, among siblings: some Sequence<String>) -> String {
    let endsInDigit = base.last?.isWholeNumber ?? false
    let stem = endsInDigit ? base + "_" : base
    var highest = 0
    for name in siblings {
      if endsInDigit, name == base { highest = max(highest, 1) }
      if name.hasPrefix(stem), let number = Int(name.dropFirst(stem.count)), number < Int.max {
        highest = max(highest, number)
      }
    }
    return endsInDigit && highest == 0 ? base : "\(stem)\(highest + 1)"
  }

  /// Whether a text may name a block: a letter or `_`, then letters, digits or `_`; at most 64 characters.
  package static func isValid(_ name: String) -> Bool {
    guard let first = name.first, first.isLetter || first == "_", name.count <= 64 else {
      return false
    }
    return name.allSatisfy { $0.isLetter || $0.isWholeNumber || $0 == "_" }
  }
}
