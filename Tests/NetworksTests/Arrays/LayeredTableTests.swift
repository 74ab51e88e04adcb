import Testing

@testable import Networks

@Suite struct LayeredTableTests {
  @Test func itIsADictionary() {
    var random = RandomSource(seed: 4)
    var table = LayeredTable(["0": -1, "5": -2])
    var dictionary = ["0": -1, "5": -2]
    for step in 0..<5_000 {
      let key = "\(random.number(0...2_000))"
      table.insert(step, for: key)
      dictionary[key] = step
      if step % 97 == 0 { #expect(table.entries == dictionary && table.count == dictionary.count) }
    }
    for key in 0...2_001 { #expect(table["\(key)"] == dictionary["\(key)"]) }
    #expect(LayeredTable<String, Int>().entries.isEmpty)
    #expect(table == LayeredTable(dictionary) && LayeredTable(dictionary) == table)
    var other = table
    other.insert(-7, for: "1")
    #expect(other != table)
  }

  @Test func copiesKeepWhatTheyHad() {
    var table = LayeredTable<Int, Int>()
    var copies: [LayeredTable<Int, Int>] = []
    for number in 0..<600 {
      copies.append(table)
      table.insert(number, for: number)
    }
    for (count, copy) in copies.enumerated() {
      #expect(copy.count == count && copy[count] == nil)
      #expect((0..<count).allSatisfy { copy[$0] == $0 })
    }
  }

  /// What is copied for an entry grows as a logarithm.
  @Test func entriesAreMovedSeldom() {
    for count in [1_000, 10_000, 100_000] {
      var table = LayeredTable<Int, Int>()
      for number in 0..<count { table.insert(number, for: number) }
      #expect(table.moved <= count * 20, "\(table.moved) moves of \(count)")
    }
  }
}
