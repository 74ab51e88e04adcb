import Networks
import Testing

@testable import Training

@Suite struct BatchOrderTests {
  @Test(arguments: [
    (11, 3, [0..<3, 3..<6, 6..<9, 9..<11]), (6, 3, [0..<3, 3..<6]), (2, 5, [0..<2]), (0, 5, []),
    (3, 1, [0..<1, 1..<2, 2..<3]), (1, 5, [0..<1]),
  ])
  func lastBatchHasWhatIsLeft(count: Int, size: Int, ranges: [Range<Int>]) {
    let order = BatchOrder(exampleCount: count, batchSize: size, seed: 1)
    #expect(order.batchCount == ranges.count)
    #expect((0..<order.batchCount).map(order.range) == ranges)
  }

  @Test(arguments: [
    (10, 3, [0..<3, 3..<6, 6..<10]), (33, 32, [0..<33]), (65, 32, [0..<32, 32..<65]),
  ])
  func oneExampleAloneJoinsTheBatchBefore(count: Int, size: Int, ranges: [Range<Int>]) {
    let order = BatchOrder(exampleCount: count, batchSize: size, seed: 1)
    #expect((0..<order.batchCount).map(order.range) == ranges)
  }

  @Test func eachEpochHasAnOrderOfItsOwnThatTheSeedDecides() {
    let order = BatchOrder(exampleCount: 100, batchSize: 10, seed: 7)
    let first = order.positions(inEpoch: 0)
    #expect(first.sorted() == (0..<100).map { Int32($0) })
    #expect(order.positions(inEpoch: 0) == first)
    #expect(order.positions(inEpoch: 1) != first)
    #expect(BatchOrder(exampleCount: 100, batchSize: 25, seed: 7).positions(inEpoch: 0) == first)
    #expect(BatchOrder(exampleCount: 100, batchSize: 10, seed: 8).positions(inEpoch: 0) != first)
  }

  @Test func withoutShufflingTheOrderIsThatOfTheSet() {
    let order = BatchOrder(exampleCount: 4, batchSize: 2, seed: 7, isShuffled: false)
    #expect(order.positions(inEpoch: 3) == [0, 1, 2, 3])
  }

  private static let inputs = Tensor(
    shape: [4, 1, 2], values: [0, 1, 10, 11, 20, 21, 30, 31])

  @Test func gathersInputsAndClasses() throws {
    let examples = Examples(
      inputs: Self.inputs, targets: .classes([3, 2, 1, 0], names: ["a", "b", "c", "d"]))
    let inputs = UnsafeMutableBufferPointer<Float>.allocate(capacity: 6)
    inputs.initialize(repeating: -1)
    let classes = UnsafeMutableBufferPointer<Int32>.allocate(capacity: 2)
    classes.initialize(repeating: -1)
    defer {
      inputs.deallocate()
      classes.deallocate()
    }
    let positions: [Int32] = [9, 3, 1]
    try examples.gatherInputs(at: positions[1...], into: inputs)
    #expect(Array(inputs) == [30, 31, 10, 11, -1, -1])
    #expect(examples.gatherClasses(at: positions[1...], into: classes))
    #expect(Array(classes) == [0, 2])
    #expect(!examples.gatherValues(at: positions[1...], into: inputs))
    #expect(examples.exampleSize == 2)
    #expect(examples.targetSize == 0)
  }

  @Test func gathersNumbers() {
    let examples = Examples(
      inputs: Self.inputs,
      targets: .values(Tensor(shape: [4, 2], values: [1, 2, 3, 4, 5, 6, 7, 8])))
    let values = UnsafeMutableBufferPointer<Float>.allocate(capacity: 4)
    values.initialize(repeating: -1)
    defer { values.deallocate() }
    #expect(examples.gatherValues(at: [2, 0], into: values))
    #expect(Array(values) == [5, 6, 1, 2])
    #expect(examples.targetSize == 2)
  }
}
