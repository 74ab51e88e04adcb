import Testing

@testable import Training

@Suite struct SeededGeneratorTests {
  /// The first numbers of SplitMix64 as its authors' C code gives them for the seed 1234567.
  @Test func agreesWithTheAuthorsCode() {
    var generator = SeededGenerator(seed: 1_234_567)
    let expected: [UInt64] = [
      6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
      4_593_380_528_125_082_431, 16_408_922_859_458_223_821,
    ]
    #expect((0..<5).map { _ in generator.next() } == expected)
  }

  @Test func streamsOfASeedDiffer() {
    let first = (0..<10 as Range<UInt64>).map { stream in
      var generator = SeededGenerator(seed: 1, stream: stream)
      return generator.next()
    }
    #expect(Set(first).count == 10)
  }

  @Test func wholeNumbersAreEquallyLikely() {
    var generator = SeededGenerator(seed: 3)
    var counts = [Int](repeating: 0, count: 6)
    for _ in 0..<60_000 { counts[generator.below(6)] += 1 }
    #expect(counts.allSatisfy { abs($0 - 10_000) < 500 })
    #expect((0..<100).allSatisfy { _ in generator.below(1) == 0 })
  }

  @Test func normalNumbersHaveTheMomentsOfTheNormalDistribution() {
    var generator = SeededGenerator(seed: 4)
    let values = (0..<100_000).map { _ in generator.normal() }
    let mean = values.reduce(0, +) / 100_000
    let variance = values.reduce(0) { $0 + $1 * $1 } / 100_000
    let fourth = values.reduce(0) { $0 + $1 * $1 * $1 * $1 } / 100_000
    #expect(abs(mean) < 0.02)
    #expect(abs(variance - 1) < 0.02)
    #expect(abs(fourth - 3) < 0.1)
  }

  @Test func permutationHasEachNumberOnceAndAllOrdersOccur() {
    var generator = SeededGenerator(seed: 5)
    #expect(generator.permutation(0).isEmpty)
    #expect(generator.permutation(1) == [0])
    #expect(generator.permutation(1000).sorted() == (0..<1000).map { Int32($0) })
    #expect(Set((0..<500).map { _ in generator.permutation(4) }).count == 24)
  }
}
