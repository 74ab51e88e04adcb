/// Reads one press at the beginning of bytes.
struct SequenceReader {
  let bytes: ArraySlice<UInt8>
  let readsUTF8: Bool

  /// Whether no more bytes will come, so that what is unfinished is taken as it stands.
  let isFinal: Bool

  private static let escape: UInt8 = 0x1B
  private static let longestSequence = 64

  /// The press and its length in bytes, or nothing where more bytes must come first.
  func next() -> (Key, Int)? {
    guard let first = bytes.first else { return nil }
    if first == Self.escape { return escaped() }
    return plain(at: 0)
  }

  private subscript(offset: Int) -> UInt8? {
    let index = bytes.startIndex + offset
    return index < bytes.endIndex ? bytes[index] : nil
  }

  /// A character or control that begins at an offset.
  private func plain(at offset: Int) -> (Key, Int)? {
    guard let byte = self[offset] else { return nil }
    switch byte {
    case 0x0D: return (Key(.enter), 1)
    case 0x09: return (Key(.tab), 1)
    case 0x7F: return (Key(.backspace), 1)
    case 0x1B: return (Key(.escape), 1)
    case 0x00: return (.control(" "), 1)
    case 0x01...0x1A: return (.control(Unicode.Scalar(byte + 0x60)), 1)
    case 0x1C...0x1F: return (.control(Unicode.Scalar(byte + 0x40)), 1)
    case 0x20...0x7E: return (Key(.character(Unicode.Scalar(byte))), 1)
    default: return readsUTF8 ? multibyte(at: offset) : (Key(.unknown), 1)
    }
  }

  /// A UTF-8 sequence of two to four bytes.
  private func multibyte(at offset: Int) -> (Key, Int)? {
    guard let lead = self[offset] else { return nil }
    let length =
      switch lead {
      case 0xC2...0xDF: 2
      case 0xE0...0xEF: 3
      case 0xF0...0xF4: 4
      default: 1
      }
    guard length > 1 else { return (Key(.unknown), 1) }
    var value = UInt32(lead) & (0x7F >> UInt32(length))
    for step in 1..<length {
      guard let byte = self[offset + step] else { return isFinal ? (Key(.unknown), 1) : nil }
      guard byte & 0xC0 == 0x80 else { return (Key(.unknown), 1) }
      value = value << 6 | UInt32(byte & 0x3F)
    }
    let smallest: UInt32 = length == 2 ? 0x80 : length == 3 ? 0x800 : 0x10000
    guard value >= smallest, let scalar = Unicode.Scalar(value) else { return (Key(.unknown), 1) }
    return (Key(.character(scalar)), length)
  }

  /// What follows an Escape: a sequence, a key with Meta, or nothing.
  private func escaped() -> (Key, Int)? {
    guard let second = self[1] else { return isFinal ? (Key(.escape), 1) : nil }
    switch second {
    case UInt8(ascii: "["), UInt8(ascii: "O"): return sequence(at: 0)
    case Self.escape:
      guard let third = self[2] else { return isFinal ? (Key(.escape), 1) : nil }
      guard third == UInt8(ascii: "[") || third == UInt8(ascii: "O") else {
        return (Key(.escape), 1)
      }
      guard let (key, length) = sequence(at: 1) else { return nil }
      return (Key(key.code, key.modifiers.union(.meta)), length + 1)
    default:
      guard let (key, length) = plain(at: 1) else { return nil }
      if key.code == .unknown { return (Key(.escape), 1) }
      return (Key(key.code, key.modifiers.union(.meta)), length + 1)
    }
  }

  /// A control sequence whose Escape is at an offset.
  private func sequence(at offset: Int) -> (Key, Int)? {
    guard let opener = self[offset + 1] else { return nil }
    guard let afterOpener = self[offset + 2] else { return unfinished(offset, opener, 2) }
    if opener == UInt8(ascii: "["), afterOpener == opener {
      guard let letter = self[offset + 3] else { return unfinished(offset, opener, 3) }
      return (Key(SequenceTable.consoleFunction(letter)), 4)
    }
    var length = 2
    while let byte = self[offset + length] {
      switch byte {
      case 0x40...0x7E:
        let body = bytes[(bytes.startIndex + offset + 2)..<(bytes.startIndex + offset + length)]
        let key = SequenceTable.key(opener: opener, body: Array(body), final: byte)
        return (key, length + 1)
      case 0x20...0x3F where length < Self.longestSequence: length += 1
      default: return (length == 2 ? metaOpener(opener) : Key(.unknown), length)
      }
    }
    return unfinished(offset, opener, length)
  }

  private func unfinished(_ offset: Int, _ opener: UInt8, _ length: Int) -> (Key, Int)? {
    guard isFinal else { return nil }
    if length == 2 { return (metaOpener(opener), 2) }
    let body = bytes[(bytes.startIndex + offset + 2)..<(bytes.startIndex + offset + length)]
    guard body.last == UInt8(ascii: "$") else { return (Key(.unknown), length) }
    let digits = Array(body.dropLast())
    let key = SequenceTable.key(opener: opener, body: digits, final: UInt8(ascii: "~"))
    return (Key(key.code, key.modifiers.union(.shift)), length)
  }

  private func metaOpener(_ opener: UInt8) -> Key {
    Key(.character(Unicode.Scalar(opener)), .meta)
  }
}
