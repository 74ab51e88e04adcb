/// What a parameter takes, and how its text becomes a value.
package enum ArgumentType: Hashable, Sendable {
  /// A whole number, at least 1.
  case count

  /// A whole number from 1, or `auto` where it follows from something else.
  case countOrAuto

  /// A size for every dimension, or one for each; at least 1.
  case extents

  /// A number of positions for every dimension, or one for each; at least 0.
  case offsets

  /// `same`, `valid`, `causal`, or numbers: `1`, `3:4`, `1x2`.
  case padding

  /// Positions before and after, for every dimension or for each: `1`, `3:4`, `1x2`.
  case sides

  /// Ranges of places, for every dimension or for each: `2:6`, `4:`, `1:-1x0:4`.
  case ranges

  /// A shape of which one extent may be open: `16x4x4`, `_x4x4`.
  case shape

  /// A number within bounds.
  case number(ClosedRange<Double>)

  /// A number at least 0 and below 1.
  case share

  /// `yes` or `no`.
  case flag

  /// `yes`, `no`, or the number that a bias starts at.
  case bias

  /// An activation's name or `none`.
  case activation

  /// How a shortcut is made: a kind's name, or `project` for B.
  case shortcut

  /// One of some words.
  case choice([String])

  /// A name of letters, digits and `_`.
  case name

  /// What may be typed, as an error says it.
  package var expectation: String {
    switch self {
    case .count: "a whole number from 1"
    case .countOrAuto: "a whole number from 1, or auto"
    case .extents: "a size from 1 such as 3 or 3x5"
    case .offsets: "a number of positions from 0 such as 1 or 0x1"
    case .padding: "same, valid, causal, or positions such as 1, 3:4 or 1x2"
    case .sides: "positions such as 1, 3:4 or 1x2"
    case .ranges: "a range of places such as 0:16, 8:, :-1 or 1:-1x0:4"
    case .shape: "a shape such as 16x4x4 or _x4x4, where _ is what is left"
    case .number(let range):
      "a number from \(Self.text(range.lowerBound)) to \(Self.text(range.upperBound))"
    case .share: "a number from 0 to below 1"
    case .flag: "yes or no"
    case .bias:
      "yes, no or a number from \(Self.text(-Self.mostStart)) to \(Self.text(Self.mostStart))"
    case .activation: "an activation such as relu, or none"
    case .shortcut: ShortcutKind.words.joined(separator: ", ")
    case .choice(let words): words.joined(separator: ", ")
    case .name: "a name of letters, digits and _"
    }
  }

  /// Words that complete an argument, where there are few.
  package var completions: [String] {
    switch self {
    case .countOrAuto: ["auto"]
    case .padding: ["same", "valid", "causal"]
    case .flag, .bias: ["yes", "no"]
    case .activation:
      ["none"] + Kind.allCases.filter { Activation(word: $0.rawValue) != nil }.map(\.rawValue)
    case .shortcut: ShortcutKind.words
    case .choice(let words): words
    case .count, .extents, .offsets, .sides, .ranges, .shape, .number, .share, .name: []
    }
  }

  /// The value of a text, or nothing where it is not what is expected.
  package func value(of text: String) -> ArgumentValue? {
    switch self {
    case .count: return Self.positive(text).map { .count($0) }
    case .countOrAuto:
      return text == "auto" ? .word(text) : ArgumentType.count.value(of: text)
    case .extents: return Self.sizes(text).map { .extents(Extents(typed: $0)) }
    case .offsets: return Self.sizes(text, from: 0).map { .extents(Extents(typed: $0)) }
    case .padding:
      switch text {
      case "same": return .padding(.same)
      case "valid": return .padding(Padding(0))
      case "causal": return .padding(.causal)
      default: return ArgumentType.sides.value(of: text)
      }
    case .sides: return Self.sides(text).map { .padding(.explicit($0)) }
    case .ranges: return Self.ranges(text).map { .ranges($0) }
    case .shape: return Self.shape(text).map { .shape($0) }
    case .number(let range):
      guard let number = Double(text), range.contains(number) else { return nil }
      return .number(number)
    case .share:
      guard let number = Double(text), number >= 0, number < 1 else { return nil }
      return .number(number)
    case .flag:
      switch text.lowercased() {
      case "yes", "true", "on": return .flag(true)
      case "no", "false", "off": return .flag(false)
      default: return nil
      }
    case .bias:
      if let flag = ArgumentType.flag.value(of: text) { return flag }
      return Self.start.value(of: text)
    case .activation:
      if text.lowercased() == "none" { return .activation(nil) }
      return Activation(word: text).map { .activation($0) }
    case .shortcut: return ShortcutKind(word: text).map { .word($0.rawValue) }
    case .choice(let words): return words.contains(text) ? .word(text) : nil
    case .name: return Naming.isValid(text) ? .word(text) : nil
    }
  }

  /// A number that parameters may start at.
  package static let start = ArgumentType.number(-mostStart...mostStart)

  private static let mostStart = 1000.0

  private static func positive(_ text: some StringProtocol, from least: Int = 1) -> Int? {
    guard let number = Int(text), number >= least else { return nil }
    return number
  }

  private static func sizes(_ text: String, from least: Int = 1) -> [Int]? {
    let parts = text.split(separator: "x", omittingEmptySubsequences: false)
    let sizes = parts.compactMap { positive($0, from: least) }
    return sizes.count == parts.count ? sizes : nil
  }

  private static func ranges(_ text: String) -> [SliceRange]? {
    let parts = text.split(separator: "x", omittingEmptySubsequences: false)
    let ranges = parts.compactMap { SliceRange($0) }
    return ranges.count == parts.count ? ranges : nil
  }

  /// Extents of which one at most is open, typed as `_` or as PyTorch's -1.
  private static func shape(_ text: String) -> [Int?]? {
    var extents: [Int?] = []
    for part in text.split(separator: "x", omittingEmptySubsequences: false) {
      if part == "_" || part == "-1" {
        extents.append(nil)
      } else {
        guard let extent = positive(part) else { return nil }
        extents.append(extent)
      }
    }
    let isFitting = extents.count <= Shape.maximumRank && extents.count { $0 == nil } <= 1
    return isFitting ? extents : nil
  }

  private static func sides(_ text: String) -> [Padding.Sides]? {
    var result: [Padding.Sides] = []
    for part in text.split(separator: "x", omittingEmptySubsequences: false) {
      let numbers = part.split(separator: ":", omittingEmptySubsequences: false).map { Int($0) }
      guard (1...2).contains(numbers.count), let before = numbers[0], before >= 0,
        let after = numbers[numbers.count - 1], after >= 0
      else { return nil }
      result.append(Padding.Sides(before: before, after: after))
    }
    return result
  }

  /// A number as it is typed: whole ones without a point.
  static func text(_ number: Double) -> String {
    if let whole = Int(exactly: number), abs(whole) < 1_000_000_000 { return "\(whole)" }
    return "\(number)"
  }
}

/// A value of a parameter.
package enum ArgumentValue: Hashable, Sendable {
  case count(Int)
  case extents(Extents)
  case padding(Padding)
  case ranges([SliceRange])
  case shape([Int?])
  case number(Double)
  case flag(Bool)
  case activation(Activation?)
  case word(String)

  /// The value as it is typed.
  package var text: String {
    switch self {
    case .count(let value): "\(value)"
    case .extents(let value): "\(value)"
    case .padding(let value): "\(value)"
    case .ranges(let value): SliceRange.text(of: value)
    case .shape(let value): Reshape.text(of: value)
    case .number(let value): ArgumentType.text(value)
    case .flag(let value): value ? "yes" : "no"
    case .activation(let value): value?.kind.rawValue ?? "none"
    case .word(let value): value
    }
  }
}
