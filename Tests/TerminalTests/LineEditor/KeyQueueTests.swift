import Terminal
import Testing

/// The queue before readline.
@Suite struct KeyQueueTests {
  private func read(_ queue: inout KeyQueue) -> [UInt8] {
    var bytes: [UInt8] = []
    while let byte = queue.next() { bytes.append(byte) }
    return bytes
  }

  @Test func letsWholeCharactersThrough() {
    var queue = KeyQueue(readsUTF8: true)
    for byte in "aä€😀\0".utf8 { queue.append([byte]) }
    #expect(read(&queue) == Array("aä€😀\0".utf8))
    queue.append([0xE2, 0x82])
    #expect(queue.isEmpty)
    queue.append([0xAC])
    #expect(read(&queue) == Array("€".utf8))
  }

  @Test(
    arguments: [
      [0x80], [0xFF], [0xC3], [0xC3, 0xC3], [0xC0, 0x80], [0xE0, 0x80, 0x80], [0xED, 0xA0, 0x80],
      [0xF4, 0x90, 0x80, 0x80], [0xF8, 0x88, 0x80, 0x80, 0x80], [0xE2, 0x82],
    ] as [[UInt8]])
  func dropsWhatIsNone(bytes: [UInt8]) {
    var queue = KeyQueue(readsUTF8: true)
    queue.append(bytes + Array("ok".utf8))
    #expect(read(&queue) == Array("ok".utf8))
    var other = KeyQueue(readsUTF8: false)
    other.append(bytes)
    #expect(read(&other) == bytes)
  }

  @Test func expandsMacrosUpToABound() {
    var queue = KeyQueue(readsUTF8: true)
    queue.append(Array("xyz".utf8))
    let first = queue.next()
    let hasRoom = queue.expand(Array("ab".utf8))
    #expect(first == UInt8(ascii: "x"))
    #expect(hasRoom)
    #expect(read(&queue) == Array("abyz".utf8))
    var expansions = 0
    queue.append(Array("x".utf8))
    while queue.expand(Array("xx".utf8)) { expansions += 1 }
    #expect(expansions == 64)
    #expect(queue.isEmpty)
  }

  @Test func boundsWhatMacrosLeave() {
    var queue = KeyQueue(readsUTF8: true)
    let hasRoom = queue.expand([UInt8](repeating: 65, count: 100_000))
    #expect(!hasRoom)
    #expect(queue.isEmpty)
  }
}
