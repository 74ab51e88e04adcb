/// The keys that complete control sequences stand for, over the terminals in use.
enum SequenceTable {
  /// The key of a sequence `ESC opener body final`.
  static func key(opener: UInt8, body: [UInt8], final: UInt8) -> Key {
    if body.first == UInt8(ascii: "<") {
      return mouse(parameters(body.dropFirst()), isRelease: final == UInt8(ascii: "m"))
    }
    guard body.allSatisfy({ (0x30...0x3B).contains($0) }) else { return Key(.unknown) }
    let numbers = parameters(body[...])
    switch final {
    case UInt8(ascii: "~"): return numbered(numbers)
    case UInt8(ascii: "^"): return numbered(numbers, holding: .control)
    case UInt8(ascii: "@"): return numbered(numbers, holding: [.control, .shift])
    case UInt8(ascii: "u"): return character(numbers.first, numbers.dropFirst().first)
    case UInt8(ascii: "Z"): return Key(.tab, .shift)
    case UInt8(ascii: "a")...UInt8(ascii: "d"):
      guard let arrow = letter(final - 0x20) else { return Key(.unknown) }
      return Key(arrow, opener == UInt8(ascii: "O") ? .control : .shift)
    default:
      if opener == UInt8(ascii: "O"), body.isEmpty, let key = keypad(final) { return key }
      guard let code = letter(final) else { return Key(.unknown) }
      let held = numbers.count > 1 ? numbers[1] : opener == UInt8(ascii: "O") ? numbers.first : nil
      return Key(code, modifiers(held ?? 1))
    }
  }

  /// The first function keys of the Linux console: `ESC [ [ A` and on.
  static func consoleFunction(_ letter: UInt8) -> Key.Code {
    (0x41...0x45).contains(letter) ? .function(Int(letter) - 0x40) : .unknown
  }

  private static func letter(_ final: UInt8) -> Key.Code? {
    switch final {
    case UInt8(ascii: "A"): .up
    case UInt8(ascii: "B"): .down
    case UInt8(ascii: "C"): .right
    case UInt8(ascii: "D"): .left
    case UInt8(ascii: "F"): .end
    case UInt8(ascii: "H"): .home
    case UInt8(ascii: "P")...UInt8(ascii: "S"): .function(Int(final) - 0x4F)
    default: nil
    }
  }

  /// Keys of the numeric pad in application mode.
  private static func keypad(_ final: UInt8) -> Key? {
    switch final {
    case UInt8(ascii: "M"): Key(.enter)
    case UInt8(ascii: "j")...UInt8(ascii: "y"): Key(.character(Unicode.Scalar(final - 0x40)))
    default: nil
    }
  }

  private static func numbered(_ numbers: [Int], holding: Key.Modifiers = []) -> Key {
    guard let number = numbers.first else { return Key(.unknown) }
    if number == 27, numbers.count == 3 { return character(numbers[2], numbers[1]) }
    let code: Key.Code
    switch number {
    case 1, 7: code = .home
    case 2: code = .insert
    case 3: code = .delete
    case 4, 8: code = .end
    case 5: code = .pageUp
    case 6: code = .pageDown
    case 11...15: code = .function(number - 10)
    case 17...21: code = .function(number - 11)
    case 23...26: code = .function(number - 12)
    case 28...29: code = .function(number - 13)
    case 31...34: code = .function(number - 14)
    default: return Key(.unknown)
    }
    let held = numbers.count > 1 ? modifiers(numbers[1]) : []
    return Key(code, held.union(holding))
  }

  /// A character reported by number, as terminals do that tell all modifiers.
  private static func character(_ value: Int?, _ held: Int?) -> Key {
    guard let value, let bits = UInt32(exactly: value), let scalar = Unicode.Scalar(bits) else {
      return Key(.unknown)
    }
    let modifiers = modifiers(held ?? 1)
    switch value {
    case 9: return Key(.tab, modifiers)
    case 13: return Key(.enter, modifiers)
    case 27: return Key(.escape, modifiers)
    case 127: return Key(.backspace, modifiers)
    default: return value < 32 ? Key(.unknown) : Key(.character(scalar), modifiers)
    }
  }

  private static func mouse(_ numbers: [Int], isRelease: Bool) -> Key {
    guard numbers.count == 3, numbers[1] > 0, numbers[2] > 0 else { return Key(.unknown) }
    let (bits, place) = (numbers[0], Point(numbers[1] - 1, numbers[2] - 1))
    var held: Key.Modifiers = []
    if bits & 4 != 0 { held.insert(.shift) }
    if bits & 8 != 0 { held.insert(.meta) }
    if bits & 16 != 0 { held.insert(.control) }
    let action: Key.Mouse
    switch (bits & 64 != 0, bits & 3, bits & 32 != 0) {
    case (true, 0, _): action = .wheelUp
    case (true, 1, _): action = .wheelDown
    case (true, _, _): return Key(.unknown)
    case (false, _, true): action = .motion
    case (false, let button, false): action = isRelease ? .release(button) : .press(button)
    }
    return Key(.mouse(action, place), held)
  }

  private static func modifiers(_ parameter: Int) -> Key.Modifiers {
    guard (2...16).contains(parameter) else { return [] }
    let bits = UInt8(parameter - 1)
    var held = Key.Modifiers(rawValue: bits & 7)
    if bits & 8 != 0 { held.insert(.meta) }
    return held
  }

  /// Decimal parameters between semicolons; absurd ones count as zero, as missing ones do.
  private static func parameters(_ body: ArraySlice<UInt8>) -> [Int] {
    guard !body.isEmpty else { return [] }
    return body.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false).map { part in
      let digits = part.prefix { $0 != UInt8(ascii: ":") }
      return Int(String(decoding: digits, as: UTF8.self)) ?? 0
    }
  }
}
