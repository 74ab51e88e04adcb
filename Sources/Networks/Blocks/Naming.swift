/// Names of blocks: what may be one, and how blocks without one get theirs.
package enum Naming {
  /// The most letters, digits and `_` of a name.
  package static let maximumLength = 64

  /// The first name after those of the siblings: `conv3` beside `conv1` and `conv2`.
  ///
  /// A base that ends in a digit stands as it is while it is free: `resnet20`, then `resnet20_2`.
  package static func fresh(_ base: String, among siblings: some Sequence<String>) -> String {
    NameSupply(siblings).fresh(base)
  }

  /// Whether a text may name a block: letters, digits and `_`; at most 64 of them.
  package static func isValid(_ name: String) -> Bool {
    !name.isEmpty && name.unicodeScalars.count <= maximumLength
      && name.allSatisfy { $0.isLetter || $0.isWholeNumber || $0 == "_" }
  }

  /// The children with names unique among them: those that repeat a name get a fresh one.
  ///
  /// - Parameter keeping: Children whose names stay, whatever their place.
  package static func unique(_ children: [Block], keeping kept: Set<BlockID> = []) -> [Block] {
    var taken = NameSupply(children.lazy.filter { kept.contains($0.id) }.map(\.name))
    var hasClash = false
    let isFree = children.map { child in
      let isFree = kept.contains(child.id) || taken.insert(child.name)
      hasClash = hasClash || !isFree
      return isFree
    }
    if !hasClash { return children }
    return zip(children, isFree).map { child, isFree in
      if isFree { return child }
      var child = child
      child.name = taken.fresh(child.stemOfName)
      taken.insert(child.name)
      return child
    }
  }

  /// A name without the number at its end, and the number.
  static func split(_ name: String) -> (stem: String, number: Int?) {
    let utf8 = name.utf8
    var start = utf8.endIndex
    var number: Int? = nil
    var unit = 1
    while start > utf8.startIndex, case let digit = utf8[utf8.index(before: start)],
      (0x30...0x39).contains(digit)
    {
      start = utf8.index(before: start)
      number = saturatingSum(number ?? 0, saturatingProduct(Int(digit) - 0x30, unit))
      unit = saturatingProduct(unit, 10)
    }
    return (String(name[..<start]), number)
  }
}

extension Block {
  /// The name without its number, or the kind's stem where nothing is left.
  fileprivate var stemOfName: String {
    let stem = Naming.split(name).stem
    return stem.isEmpty ? kind.nameStem : stem
  }
}
