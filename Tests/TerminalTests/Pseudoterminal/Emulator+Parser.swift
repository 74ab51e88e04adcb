extension Emulator {
  /// What has been read of a sequence or character that is not complete yet.
  struct Parser {
    enum State {
      case ground
      case escape
      case control
      case characterSet
      case secondCharacterSet

      /// A command of the operating system kind, such as that which gives colours back their values.
      case command
    }

    var state = State.ground
    var pending: [UInt8] = []
  }

  /// The private modes that our programs may switch; others are noted as unknown.
  static let knownModes: Set = [1, 7, 12, 25, 1000, 1006, 1049, 2004]

  /// Takes bytes as a program wrote them.
  mutating func feed(_ bytes: some Sequence<UInt8>) {
    for byte in bytes { feed(byte) }
  }

  private mutating func feed(_ byte: UInt8) {
    switch parser.state {
    case .control where byte == 0x1B, .characterSet where byte == 0x1B:
      // An Escape within a sequence begins another one.
      parser = Parser(state: .escape)
    case .ground: ground(byte)
    case .escape: escape(byte)
    case .characterSet:
      if byte != UInt8(ascii: "B") { note("ESC (", [byte]) }
      parser.state = .ground
    case .secondCharacterSet: parser.state = .ground
    case .command:
      if byte == 0x07 {
        let body = parser.pending
        parser = Parser()
        if body != Array("104".utf8) { note("ESC ]", body) }
      } else {
        parser.pending.append(byte)
      }
    case .control:
      if (0x40...0x7E).contains(byte) {
        let body = parser.pending
        parser = Parser()
        control(body, byte)
      } else {
        parser.pending.append(byte)
      }
    }
  }

  private mutating func ground(_ byte: UInt8) {
    if byte >= 0x80 || !parser.pending.isEmpty { return multibyte(byte) }
    switch byte {
    case 0x07: break
    case 0x08: move(column: column - 1)
    case 0x09: move(column: (column / 8 + 1) * 8)
    case 0x0A: lineFeed()
    case 0x0D: move(column: 0)
    case 0x0F: break
    case 0x1B: parser.state = .escape
    case 0x20...0x7E: put(Character(Unicode.Scalar(byte)))
    default: note("", [byte])
    }
  }

  private mutating func multibyte(_ byte: UInt8) {
    parser.pending.append(byte)
    let lead = parser.pending[0]
    let length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2
    let isBroken = lead < 0xC2 || parser.pending.dropFirst().contains { $0 & 0xC0 != 0x80 }
    guard isBroken || parser.pending.count == length else { return }
    if isBroken {
      note("not UTF-8: ", parser.pending)
    } else {
      for character in String(decoding: parser.pending, as: UTF8.self) { put(character) }
    }
    parser.pending = []
  }

  private mutating func escape(_ byte: UInt8) {
    parser.state = .ground
    switch byte {
    case UInt8(ascii: "["): parser.state = .control
    case UInt8(ascii: "("): parser.state = .characterSet
    case UInt8(ascii: ")"): parser.state = .secondCharacterSet
    case UInt8(ascii: "]"): parser.state = .command
    case UInt8(ascii: "M"): reverseLineFeed()
    case UInt8(ascii: "7"): saveCursor()
    case UInt8(ascii: "8"): restoreCursor()
    case UInt8(ascii: "="), UInt8(ascii: ">"): break
    default: note("ESC ", [byte])
    }
  }

  private mutating func control(_ body: [UInt8], _ final: UInt8) {
    let letter = Character(Unicode.Scalar(final))
    if body.first == UInt8(ascii: "?") { return privateMode(body, letter) }
    guard body.allSatisfy({ (0x30...0x3B).contains($0) }) else {
      return note("CSI ", body + [final])
    }
    let numbers = String(decoding: body, as: UTF8.self)
      .split(separator: ";", omittingEmptySubsequences: false).map { Int($0) ?? 0 }
    let first = numbers.first ?? 0
    let count = max(1, first)
    switch letter {
    case "A": move(row: row - count)
    case "B": move(row: row + count)
    case "C": move(column: column + count)
    case "D": move(column: column - count)
    case "G": move(column: count - 1)
    case "d": move(row: count - 1)
    case "H": move(column: max(1, numbers.count > 1 ? numbers[1] : 1) - 1, row: count - 1)
    case "J" where first < 3: eraseScreen(first)
    case "K" where first < 3:
      erase([column..<columns, 0..<(column + 1), 0..<columns][first])
    case "X": erase(column..<(column + count))
    case "@": insertBlanks(count)
    case "P": insertBlanks(-count)
    case "L": insertLines(count)
    case "M": insertLines(-count)
    case "S": scroll(up: count)
    case "T": scroll(up: -count)
    case "b": repeatLast(count)
    case "r":
      let bottom = numbers.count > 1 && numbers[1] > 0 ? numbers[1] : rows
      setRegion(min(count - 1, bottom)..<bottom)
    case "m": select(numbers)
    case "t": break
    case "l" where first == 4 || first == 34: break
    case "h" where first == 34: break
    default: note("CSI ", body + [final])
    }
  }

  private mutating func privateMode(_ body: [UInt8], _ letter: Character) {
    let numbers = String(decoding: body.dropFirst(), as: UTF8.self).split(separator: ";")
    for number in numbers {
      if letter == "c" { continue }
      guard letter == "h" || letter == "l", let mode = Int(number), Self.knownModes.contains(mode)
      else {
        note("CSI ", body + Array(String(letter).utf8))
        continue
      }
      set(mode: mode, letter == "h")
    }
  }

  private mutating func eraseScreen(_ part: Int) {
    switch part {
    case 0:
      erase(column..<columns)
      eraseLines((row + 1)..<max(row + 1, rows))
    case 1:
      erase(0..<(column + 1))
      eraseLines(0..<row)
    default: eraseLines(0..<rows)
    }
  }

  private mutating func repeatLast(_ count: Int) {
    guard column > 0, let character = cell(column - 1, row).text.first else { return }
    for _ in 0..<count { put(character) }
  }

  /// Select Graphic Rendition: colours and stress.
  private mutating func select(_ numbers: [Int]) {
    var rest = (numbers.isEmpty ? [0] : numbers)[...]
    while let number = rest.popFirst() {
      switch number {
      case 0: style = Style()
      case 1: style.isBold = true
      case 2: style.isDim = true
      case 4: style.isUnderlined = true
      case 7: style.isReversed = true
      case 10: break
      case 22: (style.isBold, style.isDim) = (false, false)
      case 24: style.isUnderlined = false
      case 27: style.isReversed = false
      case 30...37: style.foreground = number - 30
      case 39: style.foreground = nil
      case 40...47: style.background = number - 40
      case 49: style.background = nil
      case 90...97: style.foreground = number - 82
      case 100...107: style.background = number - 92
      case 38 where rest.first == 5 && rest.count > 1:
        style.foreground = rest[rest.startIndex + 1]
        rest = rest.dropFirst(2)
      case 48 where rest.first == 5 && rest.count > 1:
        style.background = rest[rest.startIndex + 1]
        rest = rest.dropFirst(2)
      default: note("SGR ", Array(String(number).utf8))
      }
    }
  }

  /// Notes a sequence without a meaning here.
  private mutating func note(_ kind: String, _ bytes: [UInt8]) {
    let text = bytes.map { byte in
      (0x21...0x7E).contains(byte) ? String(Unicode.Scalar(byte)) : "\\x" + String(byte, radix: 16)
    }
    unknown.append(kind + text.joined())
  }
}
