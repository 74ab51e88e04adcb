import Foundation
import Kernels
import Testing

/// Random streams: reproducible, independent of the order of use, and of the right distribution.
@Suite struct RandomTests {
  @Test func wordsAreThoseOfTheAlgorithm() {
    var stream = RandomStream(seed: 1, stream: 2, step: 3)
    var other = RandomStream(seed: 1, stream: 2, step: 3)
    let words = (0..<4).map { _ in stream.next() }
    #expect(words == (0..<4).map { _ in other.next() })
    #expect(Set(words).count == 4)
    #expect(stream == other)
    other.position = 1
    #expect(other.next() == words[1])
  }

  @Test func seedsStreamsAndStepsDiffer() {
    var firsts: Set<UInt64> = []
    for seed in 0..<8 as Range<UInt64> {
      for stream in 0..<8 as Range<UInt64> {
        for step in 0..<8 as Range<UInt64> {
          var source = RandomStream(seed: seed, stream: stream, step: step)
          firsts.insert(source.next())
        }
      }
    }
    #expect(firsts.count == 512)
  }

  @Test func namesHashByTheirBytes() {
    #expect(RandomStream.hash("") == 0xcbf2_9ce4_8422_2325)
    #expect(RandomStream.hash("a") == 0xaf63_dc4c_8601_ec8c)
    #expect(RandomStream.hash("foobar") == 0x8594_4171_f739_67e8)
    let named = RandomStream(seed: 5, name: "body.conv1.weight", step: 6)
    let hashed = RandomStream(seed: 5, stream: RandomStream.hash("body.conv1.weight"), step: 6)
    #expect(named == hashed)
  }

  @Test(arguments: [1, 2, 15, 16, 17, 31, 33, 100])
  func fillsBeginAlikeAndMoveTheStreamOn(count: Int) {
    var long = RandomStream(seed: 7)
    var short = RandomStream(seed: 7)
    let all = Floats(128)
    let some = Floats(count)
    long.fillUniform(all.pointer, count: 128, low: -1, high: 3)
    short.fillUniform(some.pointer, count: count, low: -1, high: 3)
    #expect(some.floats == Array(all.floats.prefix(count)))
    #expect(some.isIntact)
    #expect(some.floats.allSatisfy { $0 >= -1 && $0 < 3 })
    #expect(short.position == UInt64((count + 1) / 2))
    long.fillNormal(all.pointer, count: 128)
    var again = RandomStream(seed: 7)
    again.position = 64
    again.fillNormal(some.pointer, count: count)
    #expect(some.floats == Array(all.floats.prefix(count)))
    #expect(some.isIntact)
    #expect(again.position == 64 + UInt64((count + 31) / 32 * 16))
  }

  @Test func uniformFillIsTheWordsInOrder() {
    var words = RandomStream(seed: 8, stream: 9)
    var fill = words
    let y = Floats(20)
    fill.fillUniform(y.pointer, count: 20)
    for index in 0..<10 {
      let word = words.next()
      #expect(y[2 * index] == Float(UInt32(truncatingIfNeeded: word) >> 9) * 0x1p-23)
      #expect(y[2 * index + 1] == Float(UInt32(word >> 32) >> 9) * 0x1p-23)
    }
    #expect(words == fill)
  }

  @Test func uniformMoments() {
    let count = 200_000
    let y = Floats(count)
    var stream = RandomStream(seed: 10)
    stream.fillUniform(y.pointer, count: count)
    let mean = y.doubles.reduce(0, +) / Double(count)
    let square = y.doubles.reduce(0) { $0 + $1 * $1 } / Double(count)
    #expect(abs(mean - 0.5) < 0.003)
    #expect(abs(square - 1.0 / 3) < 0.003)
    let neighbours = zip(y.doubles, y.doubles.dropFirst()).reduce(0) { $0 + $1.0 * $1.1 }
    #expect(abs(neighbours / Double(count) - 0.25) < 0.003)
  }

  @Test func normalMoments() {
    let count = 200_000
    let y = Floats(count)
    var stream = RandomStream(seed: 11)
    stream.fillNormal(y.pointer, count: count, mean: 3, deviation: 2)
    let unit = y.doubles.map { ($0 - 3) / 2 }
    func moment(_ power: Int) -> Double {
      unit.reduce(0) { sum, value in
        sum + (0..<power).reduce(1) { product, _ in product * value }
      } / Double(count)
    }
    #expect(abs(moment(1)) < 0.01)
    #expect(abs(moment(2) - 1) < 0.015)
    #expect(abs(moment(3)) < 0.04)
    #expect(abs(moment(4) - 3) < 0.12)
    for limit in [0.5, 1, 2, 3] {
      let share = Double(unit.filter { $0 < limit }.count) / Double(count)
      #expect(abs(share - 0.5 * erfc(-limit / 2.0.squareRoot())) < 0.004)
    }
    #expect(unit.allSatisfy { abs($0) < 5.7 })
  }

  @Test func boundedNumbersAreEven() {
    var stream = RandomStream(seed: 12)
    var counts = [Int](repeating: 0, count: 7)
    for _ in 0..<70_000 { counts[stream.next(below: 7)] += 1 }
    #expect(counts.allSatisfy { abs($0 - 10_000) < 500 })
    #expect(stream.next(below: 1) == 0)
    let share = stream.uniform()
    #expect(share >= 0 && share < 1)
  }

  @Test func permutationsHoldEveryNumberOnce() {
    var stream = RandomStream(seed: 13)
    var firsts: [Int32] = []
    for count in [0, 1, 2, 5, 1000] {
      var values = [Int32](repeating: -1, count: count)
      stream.permute(&values, count: count)
      #expect(values.sorted() == (0..<count).map { Int32($0) })
    }
    for _ in 0..<3000 {
      var values = [Int32](repeating: 0, count: 3)
      stream.permute(&values, count: 3)
      firsts.append(values[0] * 3 + values[1])
    }
    for order in [1, 2, 3, 5, 6, 7] as [Int32] {
      #expect(abs(firsts.filter { $0 == order }.count - 500) < 120)
    }
  }

  @Test func dropoutKeepsItsShareAndItsBits() {
    let count = 50_001
    let x = Floats(count, seed: 14, low: 1, high: 2)
    let dropout = DropoutKernel(rate: 0.25, seed: 1, stream: 2, step: 3)
    let mask = Floats(count)
    dropout.mask(mask.pointer, first: 0, count: count)
    #expect(mask.isIntact)
    let scale = Float(1) / 0.75
    #expect(mask.floats.allSatisfy { $0 == 0 || $0 == scale })
    let share = Double(mask.floats.filter { $0 != 0 }.count) / Double(count)
    #expect(abs(share - 0.75) < 0.01)
    let y = Floats(count)
    dropout.apply(x.constant, first: 0, into: y.pointer, count: count)
    expectClose(y, zip(x.doubles, mask.doubles).map { $0 * $1 }, tolerance: 1e-6, "dropout")
    dropout.apply(x.constant, first: 0, into: y.pointer, count: count, accumulate: true)
    expectClose(y, zip(x.doubles, mask.doubles).map { 2 * $0 * $1 }, tolerance: 1e-6, "added")
    let part = Floats(101)
    dropout.mask(part.pointer, first: 4098, count: 101)
    #expect(part.floats == Array(mask.floats[4098..<4199]))
    let next = Floats(count)
    DropoutKernel(rate: 0.25, seed: 1, stream: 2, step: 4).mask(
      next.pointer, first: 0, count: count)
    let same = zip(mask.floats, next.floats).filter { $0 == $1 }.count
    #expect(abs(Double(same) / Double(count) - 0.625) < 0.02)
  }

  @Test func noiseHasItsBitsWhereverItBegins() {
    let count = 10_000
    let x = Floats(Array(repeating: 1, count: count))
    let noise = NoiseKernel(deviation: 0.5, seed: 1, stream: 2, step: 3)
    let y = Floats(count)
    noise.add(to: x.constant, first: 0, into: y.pointer, count: count)
    #expect(y.isIntact)
    let mean = y.doubles.reduce(0, +) / Double(count)
    let square = y.doubles.map { ($0 - mean) * ($0 - mean) }.reduce(0, +) / Double(count)
    #expect(abs(mean - 1) < 0.02)
    #expect(abs(square.squareRoot() - 0.5) < 0.02)
    let part = Floats(101)
    noise.add(to: x.constant, first: 4096, into: part.pointer, count: 101)
    #expect(part.isIntact)
    #expect(part.doubles == Array(y.doubles[4096..<4197]))
  }

  @Test func dropoutOfUnitsKeepsItsShare() {
    let dropout = DropoutKernel(rate: 0.25, seed: 1, stream: 2, step: 3)
    let factors = (0..<10_000).map { dropout.factor(of: $0) }
    #expect(Set(factors) == [0, Float(1) / 0.75])
    #expect(abs(Double(factors.count { $0 == 0 }) / 10_000 - 0.25) < 0.02)
  }
}
