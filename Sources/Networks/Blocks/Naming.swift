/// Names of blocks: what may be one, and how blocks without one get theirs.
package enum Naming {
  /// The most letters, digits and `_` of a name.
  package static let maximumLength = 64

  /// The first name after those of the siblings: `conv3` beside `conv1` and `conv2`.
  ///
  /// A base that ends in a digit stands as it is while it is free: `resnet20`, then `resnet20_2`.
  package static func fresh(_ base: String, among siblings: some Sequence<String>) -> String {
    let siblings = Array(siblings)
    var highest: Int?
    let stem = stem(of: base)
    for name in siblings where name.hasPrefix(stem) {
      let (found, number) = split(name)
      if found == stem, let number = counted(number) { highest = max(highest ?? 0, number) }
    }
    return fresh(base, highest: { _ in highest }, isTaken: siblings.contains)
  }

  /// Numbers beyond this one are parts of names like any other, not counted on from.
  private static let largestNumber = 999_999_999

  /// The number behind a stem, where it is one to count on from.
  static func counted(_ number: Int?) -> Int? {
    number.flatMap { $0 <= largestNumber ? $0 : nil }
  }

  /// What numbers are put behind: a base that ends in a digit needs something between.
  private static func stem(of base: String) -> String {
    split(base).number == nil ? base : base + "_"
  }

  /// The fresh name for a base where the highest number behind each stem is known.
  static func fresh(
    _ base: String, highest: (String) -> Int?, isTaken: (String) -> Bool
  ) -> String {
    let stem = stem(of: base)
    let endsInDigit = stem != base
    if endsInDigit, !isTaken(base) { return base }
    var number = max(highest(stem) ?? 0, endsInDigit ? 1 : 0)
    var name: String
    repeat {
      number += 1
      let digits = "\(number)"
      let room = maximumLength - digits.utf8.count
      name = String(stem.unicodeScalars.prefix(room)) + digits
    } while isTaken(name)
    return name
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
