/// The values that a `for` goes through, one at a time: a range costs no memory.
struct LoopItems: Sequence {
  fileprivate enum Item {
    case single(Atom)
    /// From `next` to `last`, both included; empty when `last` is smaller.
    case numbers(next: Int, last: Int)
  }

  private let items: [Item]

  /// A word `A..B` with a whole number on one side is a range; it includes both ends and is empty
  /// when B is smaller.
  ///
  /// Throws a diagnostic when the other side is no whole number.
  init(_ words: [Word]) throws {
    items = try words.map { word in
      guard word.kind != .string, let (first, last) = Self.ends(of: word.text) else {
        return .single(word.atom)
      }
      switch (Int(first), Int(last)) {
      case (nil, nil): return .single(word.atom)
      case (let first?, let last?): return .numbers(next: first, last: last)
      default: throw ExpansionProblem.notARange(word.text).at(word.range)
      }
    }
  }

  private static func ends(of text: String) -> (String, String)? {
    let bytes = Array(text.utf8)
    for index in bytes.indices.dropLast()
    where bytes[index] == UInt8(ascii: ".") && bytes[index + 1] == UInt8(ascii: ".") {
      let first = String(decoding: bytes[..<index], as: UTF8.self)
      let last = String(decoding: bytes[(index + 2)...], as: UTF8.self)
      return first.isEmpty || last.isEmpty ? nil : (first, last)
    }
    return nil
  }

  /// How many there are; `Int.max` where they are more than that.
  var count: Int {
    items.reduce(0) { sum, item in
      guard sum < .max else { return sum }
      switch item {
      case .single: return sum + 1
      case .numbers(let first, let last):
        if last < first { return sum }
        let (distance, isFar) = last.subtractingReportingOverflow(first)
        let (count, overflows) = distance.addingReportingOverflow(1)
        let (next, isMore) = sum.addingReportingOverflow(count)
        return isFar || overflows || isMore ? .max : next
      }
    }
  }

  /// The first one, where there is any.
  var first: Atom? {
    var iterator = makeIterator()
    return iterator.next()
  }

  /// The last one, where there is any.
  var last: Atom? {
    for item in items.reversed() {
      switch item {
      case .single(let atom): return atom
      case .numbers(let first, let last): if first <= last { return Atom(.integer(last)) }
      }
    }
    return nil
  }

  func makeIterator() -> Iterator { Iterator(items: items[...]) }

  struct Iterator: IteratorProtocol {
    fileprivate var items: ArraySlice<Item>
    private var current: Item?

    fileprivate init(items: ArraySlice<Item>) { self.items = items }

    mutating func next() -> Atom? {
      while true {
        if case .numbers(let number, let last)? = current, number <= last {
          current = number < last ? .numbers(next: number + 1, last: last) : nil
          return Atom(.integer(number))
        }
        guard let item = items.popFirst() else { return nil }
        if case .single(let atom) = item { return atom }
        current = item
      }
    }
  }
}
