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

  /// Whether a text may name a block: letters, digits and `_`; at most 64 characters.
  package static func isValid(_ name: String) -> Bool {
    !name.isEmpty && name.count <= 64
      && name.allSatisfy { $0.isLetter || $0.isWholeNumber || $0 == "_" }
  }

  /// The children with names unique among them: later ones that repeat a name get a fresh one.
  package static func unique(_ children: [Block]) -> [Block] {
    var taken = Set<String>()
    return children.map { child in
      var child = child
      if !taken.insert(child.name).inserted {
        child.name = fresh(child.stemOfName, among: taken)
        taken.insert(child.name)
      }
      return child
    }
  }
}

extension Block {
  /// The name without its number, or the kind's stem where nothing is left.
  fileprivate var stemOfName: String {
    let stem = String(name.reversed().drop { $0.isWholeNumber }.reversed())
    return stem.isEmpty ? kind.nameStem : stem
  }
}
