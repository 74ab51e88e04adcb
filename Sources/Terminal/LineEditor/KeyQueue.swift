/// Keys on their way to readline: whole characters only, since it takes parts of one for good.
package struct KeyQueue {
  private var bytes: [UInt8] = []
  private var start = 0
  private var partial: [UInt8] = []
  private var expansions = 0
  let readsUTF8: Bool

  /// Macros that one key may lead to, and bytes that may wait; macros that call themselves end here.
  private static let expansionLimit = 64
  private static let macroLimit = 1 << 16

  /// An empty queue; without UTF-8 every byte is a character.
  package init(readsUTF8: Bool) { self.readsUTF8 = readsUTF8 }

  /// Whether readline has read all whole characters.
  package var isEmpty: Bool { start == bytes.count }

  /// Adds what was typed; bytes that belong to no character are left out.
  package mutating func append(_ typed: some Sequence<UInt8>) {
    expansions = 0
    for byte in typed { readsUTF8 ? take(byte) : bytes.append(byte) }
  }

  /// Puts a macro's keys before all others.
  ///
  /// - Returns: whether there was room for them.
  package mutating func expand(_ macro: [UInt8]) -> Bool {
    expansions += 1
    guard expansions <= Self.expansionLimit, bytes.count - start + macro.count <= Self.macroLimit
    else {
      clear()
      return false
    }
    bytes.replaceSubrange(..<start, with: macro)
    start = 0
    return true
  }

  /// The next byte of a whole character.
  package mutating func next() -> UInt8? {
    guard start < bytes.count else { return nil }
    defer {
      start += 1
      if isEmpty { (bytes, start) = ([], 0) }
    }
    return bytes[start]
  }

  /// Forgets everything.
  package mutating func clear() { (bytes, start, partial, expansions) = ([], 0, [], 0) }

  private mutating func take(_ byte: UInt8) {
    if byte & 0xC0 != 0x80 { partial = [] } else if partial.isEmpty { return }
    partial.append(byte)
    guard partial.count == Self.length(from: partial[0]) else { return }
    if String(validating: partial, as: UTF8.self) != nil { bytes += partial }
    partial = []
  }

  /// The bytes of a character that begins so.
  private static func length(from first: UInt8) -> Int {
    first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
  }
}
