import Testing

@testable import Networks

/// A list in chunks does what an array does.
@Suite struct BlockListTests {
  private func block(_ number: Int) -> Block {
    Block(name: "b\(number)", form: .sequential([]))
  }

  @Test(arguments: [0, 1, 63, 64, 65, 128, 1_000])
  func holdsWhatItWasGiven(count: Int) {
    let blocks = (0..<count).map(block)
    let list = BlockList(blocks)
    #expect(list.count == count && Array(list) == blocks && list.isEmpty == (count == 0))
    #expect(list.indices.allSatisfy { list[$0] == blocks[$0] })
    #expect(list == BlockList(blocks) && list.hashValue == BlockList(blocks).hashValue)
  }

  @Test("random edits of a list and of an array come to the same")
  func edits() {
    var random = RandomSource(seed: 11)
    var (list, array) = (BlockList(), [Block]())
    for step in 0..<2_000 {
      let new = (0..<random.number(0...3)).map { block(step * 10 + $0) }
      let place = random.number(0...array.count)
      let end = random.number(place...min(array.count, place + 2))
      switch random.number(0...3) {
      case 0:
        list.append(contentsOf: new)
        array.append(contentsOf: new)
      case 1 where place < array.count:
        list[place] = block(step)
        array[place] = list[place]
      default:
        list.replaceSubrange(place..<end, with: new)
        array.replaceSubrange(place..<end, with: new)
      }
      #expect(list.count == array.count && list == BlockList(array))
      if step % 50 == 0 { #expect(Array(list) == array) }
    }
  }

  @Test func copiesKeepWhatTheyHad() {
    var list = BlockList()
    var copies: [BlockList] = []
    for number in 0..<300 {
      copies.append(list)
      list.append(block(number))
    }
    for (count, copy) in copies.enumerated() { #expect(copy.count == count) }
    #expect(copies.last.map { Array($0).map(\.name) } == (0..<299).map { "b\($0)" })
  }
}
