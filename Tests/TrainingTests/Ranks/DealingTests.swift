import Testing

@testable import Training

/// How batches are dealt to processes.
@Suite struct DealingTests {
  private func shares(of size: Int, _ count: Int, inPairs: Bool) -> [[Int]] {
    let batch = Array(100..<100 + size + 5)[3..<3 + size]
    return (0..<count).map {
      Array(Dealing.share(of: batch, rank: $0, of: count, inPairs: inPairs))
    }
  }

  @Test("every example is in one share, and neighbours stay in their order")
  func dealsAll() {
    for size in 0...17 {
      for count in 1...5 {
        let shares = shares(of: size, count, inPairs: false)
        #expect(shares.flatMap { $0 } == Array(103..<103 + size))
        let sizes = shares.map(\.count)
        #expect((sizes.max() ?? 0) - (sizes.min() ?? 0) <= 1, "\(size) to \(count)")
      }
    }
    #expect(shares(of: 7, 3, inPairs: false) == [[103, 104, 105], [106, 107], [108, 109]])
  }

  @Test("examples that are mixed are in one share, as far from its ends as from those of the batch")
  func dealsPairs() {
    for size in 0...17 {
      for count in 1...5 {
        let shares = shares(of: size, count, inPairs: true)
        #expect(shares.flatMap { $0 }.sorted() == Array(103..<103 + size))
        for share in shares {
          for (example, partner) in zip(share, share.reversed()) {
            #expect(example + partner == 206 + size - 1, "\(size) to \(count)")
          }
        }
        let sizes = shares.map(\.count)
        #expect((sizes.max() ?? 0) - (sizes.min() ?? 0) <= 3, "\(size) to \(count)")
      }
    }
    #expect(shares(of: 7, 2, inPairs: true) == [[103, 104, 108, 109], [105, 106, 107]])
  }

  @Test("a batch for all processes does not overflow")
  func boundsWhole() {
    #expect(Dealing.whole(32, of: 4) == 128)
    #expect(Dealing.whole(.max, of: 2) == .max)
  }

  @Test("texts come through records, cut where there is no room")
  func cutsTexts() {
    for text in ["", "a", "12345678", "cannot read ä.csv", "123456789"] {
      #expect(RankText.text(RankText.words(text, count: 4)) == text)
    }
    #expect(RankText.text(RankText.words("123456789", count: 1)) == "12345678")
  }
}
