import Testing

@testable import Networks

/// What is refused before memory is taken.
@Suite struct AvailableMemoryTests {
  @Test func refusesMoreThanThereIs() throws {
    let error = #expect(throws: AvailableMemory.Shortage.self) {
      try AvailableMemory.check(bytes: 1 << 50)
    }
    let shortage = try #require(error)
    #expect(shortage.needed == 1 << 50)
    #expect(shortage.available > AvailableMemory.reserve)
    #expect(shortage.available <= AvailableMemory.bytesAvailable)
  }

  @Test("what is said to be available can be had", .serialized, arguments: [1 << 50, Int.max])
  func tellsWhatCanBeHad(bytes: Int) throws {
    let most = AvailableMemory.most(below: bytes)
    try AvailableMemory.check(bytes: most / 2)
    #expect(throws: AvailableMemory.Shortage.self) { try AvailableMemory.check(bytes: bytes) }
  }

  @Test func countsThatNoArrayHasAreRefused() {
    #expect(AvailableMemory.bytes(1 << 40, 1 << 40) == .max)
    #expect(AvailableMemory.bytes(3, 4, 5) == 60)
    #expect(throws: AvailableMemory.Shortage.self) {
      try AvailableMemory.check(count: 1 << 62, of: Double.self)
    }
    #expect(throws: AvailableMemory.Shortage.self) {
      var values = [1.0, 2]
      try values.makeRoom(for: .max)
    }
  }

  @Test func roomGrowsWithTheArray() throws {
    var values: [Int] = []
    var moves = 0
    for value in 0..<100_000 {
      let before = values.capacity
      try values.makeRoom()
      if values.capacity != before { moves += 1 }
      values.append(value)
    }
    #expect(moves < 20)
  }

  @Test(arguments: [
    (512, "512 bytes"), (999, "999 bytes"), (1000, "1.0 KB"), (9_940, "9.9 KB"),
    (99_949, "99.9 KB"),
    (99_950, "100 KB"), (34_359_738_368, "34.4 GB"), (123_456_789_012, "123 GB"),
    (1_500_000_000_000, "1.5 TB"), (Int.max, "9.2 EB"),
  ])
  func saysBytes(bytes: Int, text: String) {
    #expect(ByteCount.text(bytes) == text)
  }
}
