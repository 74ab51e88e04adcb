import Networks
import Testing

@testable import Training

@Suite struct DatasetTests {
  /// Ten examples of a feature that is its position, eight of them to train.
  private static let tens = Dataset(
    name: "tens", description: "ten numbers", train: examples(0..<8), test: examples(8..<10))

  private static func examples(_ range: Range<Int>) -> Examples {
    Examples(
      inputs: Tensor(shape: [range.count, 1], values: range.map { Float($0) }),
      targets: .classes(range.map { Int32($0 % 2) }, names: ["even", "odd"]))
  }

  @Test func splitDealsAllExamplesAnew() throws {
    let split = try Self.tens.split(0.75, seed: 1)
    #expect(split.train.count == 7)
    #expect(split.test?.count == 3)
    let test = try #require(split.test)
    let all = split.train.inputs.values + test.inputs.values
    #expect(all.sorted() == (0..<10).map { Float($0) })
    #expect(all != (0..<10).map { Float($0) })
    for part in [split.train, test] {
      guard case .classes(let labels, let names) = part.targets else {
        Issue.record("classes were expected")
        return
      }
      #expect(labels == part.inputs.values.map { Int32($0) % 2 })
      #expect(names == ["even", "odd"])
    }
    let again = try Self.tens.split(0.75, seed: 1)
    #expect(again.train.inputs == split.train.inputs)
    #expect(try Self.tens.split(0.75, seed: 2).train.inputs != split.train.inputs)
  }

  @Test func splitKeepsNumbersBesideTheirInputs() throws {
    let set = Dataset(
      name: "n", description: "",
      train: Examples(
        inputs: Tensor(shape: [4, 2], values: [0, 0, 1, 1, 2, 2, 3, 3]),
        targets: .values(Tensor(shape: [4, 1], values: [0, 10, 20, 30]))))
    let split = try set.split(0.5, seed: 3)
    for part in [split.train, try #require(split.test)] {
      guard case .values(let values) = part.targets else {
        Issue.record("numbers were expected")
        return
      }
      #expect(values.values == [part.inputs.values[0] * 10, part.inputs.values[2] * 10])
    }
  }

  @Test(arguments: [
    (
      0.0,
      """
      split: expected a share between 0 and 1, found 0.0
        next: split 0.8
      """
    ),
    (
      .nan,
      """
      split: expected a share between 0 and 1, found nan
        next: split 0.8
      """
    ),
    (
      1.5,
      """
      split: expected a share between 0 and 1, found 1.5
        next: split 0.8
      """
    ),
    (
      0.01,
      """
      split: expected an example in each part, found 10 examples to deal with a share of 0.01
        next: split 0.5
      """
    ),
  ])
  func impossibleSplits(fraction: Double, text: String) {
    let error = #expect(throws: DataError.self) { try Self.tens.split(fraction, seed: 1) }
    #expect(error?.description == text)
  }

  @Test func aSingleExampleCannotBeSplit() {
    let one = Dataset(name: "one", description: "", train: Self.examples(0..<1))
    let error = #expect(throws: DataError.self) { try one.split(0.5, seed: 1) }
    #expect(
      error?.description == """
        split: expected an example in each part, found 1 example to deal with a share of 0.5
          next: data digits
        """)
  }

  @Test func normalizationIsThatOfTheTrainingPart() throws {
    let set = Dataset(
      name: "n", description: "",
      train: Examples(inputs: Tensor(shape: [2, 2, 1], values: [1, 10, 3, 10]), targets: .none),
      test: Examples(inputs: Tensor(shape: [1, 2, 1], values: [5, 12]), targets: .none))
    let whole = try set.normalized(by: .all)
    let deviation = Float(((25.0 + 16 + 9 + 16) / 4).squareRoot())
    #expect(whole.normalization?.mean == [6])
    #expect(whole.normalization?.deviation == [deviation])
    #expect(
      whole.train.inputs.values == [-5 / deviation, 4 / deviation, -3 / deviation, 4 / deviation])
    #expect(whole.test?.inputs.values == [-1 / deviation, 6 / deviation])

    let channels = try set.normalized(by: .channel)
    #expect(channels.normalization?.mean == [2, 10])
    #expect(channels.normalization?.deviation == [1, 1])
    #expect(channels.train.inputs.values == [-1, 0, 1, 0])
    #expect(channels.test?.inputs.values == [3, 2])
  }

  @Test func columnsOfATableAreNormalizedEachForItself() throws {
    let set = Dataset(
      name: "n", description: "",
      train: Examples(
        inputs: Tensor(shape: [4, 3], values: [1, 1e6, 7, 2, 3e6, 7, 3, 5e6, 7, 4, 7e6, 7]),
        targets: .none))
    #expect(Normalization.Scope.natural(for: set.shape) == .value)
    let table = try set.normalized(by: .value)
    #expect(table.normalization?.mean == [2.5, 4e6, 7])
    #expect(
      table.normalization?.deviation == [Float(1.25.squareRoot()), Float(5e12.squareRoot()), 1])
    let step = Float(0.5 / 1.25.squareRoot())
    for row in 0..<4 {
      for column in 0..<2 {
        let expected = Float(2 * row - 3) * step
        #expect(abs(table.train.inputs.values[3 * row + column] - expected) < 1e-6)
      }
      #expect(table.train.inputs.values[3 * row + 2] == 0)
    }
  }

  @Test func examplesAreNormalizedEachByItself() throws {
    let set = Dataset(
      name: "n", description: "",
      train: Examples(
        inputs: Tensor(shape: [2, 2, 2], values: [1, 3, 5, 5, -4, 4, 100, 300]), targets: .none),
      test: Examples(inputs: Tensor(shape: [1, 2, 2], values: [8, 6, 0, 1e-3]), targets: .none))
    #expect(Normalization.Scope.natural(for: set.shape) == .channel)
    let series = try set.normalized(by: .series)
    #expect(series.normalization == Normalization(scope: .series, mean: [], deviation: []))
    #expect(series.train.inputs.values == [-1, 1, 0, 0, -1, 1, -1, 1])
    #expect(series.test?.inputs.values == [1, -1, -1, 1])
  }

  @Test func extremesStayFinite() throws {
    let values: [Float] = [.greatestFiniteMagnitude, -.greatestFiniteMagnitude, 0, 1]
    let set = Dataset(
      name: "n", description: "",
      train: Examples(inputs: Tensor(shape: [2, 2], values: values), targets: .none))
    for scope in Normalization.Scope.allCases {
      let found = try set.normalized(by: scope).train.inputs.values
      #expect(found.allSatisfy { $0.isFinite }, "\(scope)")
    }
  }

  @Test func partsOfManyExamplesAreOne() throws {
    let count = 1_500_000
    let values = (0..<2 * count).map { Float($0 % 7) }
    let set = Dataset(
      name: "n", description: "",
      train: Examples(inputs: Tensor(shape: [count, 2], values: values), targets: .none))
    let table = try set.normalized(by: .value)
    let kept = try #require(table.normalization)
    for column in 0..<2 {
      let own = stride(from: column, to: values.count, by: 2).map { Double(values[$0]) }
      #expect(kept.mean[column] == Float(own.reduce(0, +) / Double(count)))
    }
    let expected = values.indices.map {
      Float((Double(values[$0]) - Double(kept.mean[$0 % 2])) / Double(kept.deviation[$0 % 2]))
    }
    #expect(table.train.inputs.values == expected)
  }

  @Test func normalizedTrainingPartHasMeanZeroAndDeviationOne() throws {
    let set = try Digits.dataset.normalized(by: .all)
    let again = try Normalization(of: set.train.rows, scope: .all)
    #expect(abs(again.mean[0]) < 1e-6)
    #expect(abs(again.deviation[0] - 1) < 1e-6)
  }

  @Test func linesDescribeTheSet() throws {
    #expect(
      Self.tens.lines == [
        "tens: ten numbers", "8 examples of 1 to train, 2 to test",
        "2 classes: even (4+1) odd (4+1)",
      ])
    #expect(
      try Digits.dataset.normalized(by: .all).lines == [
        "digits: handwritten digits, 8×8, UCI",
        "1,437 examples of 1×8×8 to train, 360 to test",
        "10 classes: 0 (143+35) 1 (146+36) 2 (142+35) 3 (146+37) 4 (144+37) 5 (145+37) 6 (144+37) "
          + "7 (143+36) 8 (141+33) 9 (143+37)",
        "normalized: mean 0.3054, deviation 0.3755 of all values are 0 and 1 now",
      ])
    let measured = Dataset(
      name: "m", description: "measured",
      train: Examples(
        inputs: Tensor(shape: [1, 2, 3], values: [1, 2, 3, 4, 5, 6]),
        targets: .values(Tensor(shape: [1, 1], values: [1]))))
    #expect(
      try measured.normalized(by: .channel).lines == [
        "m: measured", "1 example of 2×3 to train", "1 number to predict",
        "normalized by channel: each of 2 channels has mean 0 and deviation 1",
      ])
    let many = Dataset(
      name: "m", description: "many",
      train: Examples(
        inputs: Tensor(shape: [1, 1], values: [1]),
        targets: .classes([0], names: (0..<13).map { "c\($0)" })))
    #expect(
      many.lines[2] == "13 classes: c0 (1) c1 (0) c2 (0) c3 (0) c4 (0) c5 (0) c6 (0) c7 (0) c8 (0) "
        + "c9 (0) c10 (0) c11 (0) …")
    let bare = Dataset(
      name: "b", description: "bare",
      train: Examples(inputs: Tensor(shape: [1, 1], values: [1]), targets: .none))
    #expect(bare.lines[2] == "nothing to predict")
  }

  @Test func dealingEndsWhereTheUserAsks() throws {
    let error = #expect(throws: DataError.interrupted) {
      try Interruption.with({ true }) { try Self.tens.split(0.5, seed: 1) }
    }
    #expect(error?.message == "stopped by Ctrl-C")
    for scope in Normalization.Scope.allCases {
      #expect(throws: DataError.interrupted) {
        try Interruption.with({ true }) { try Self.tens.normalized(by: scope) }
      }
    }
    let source = try #require(DataSource.named("rings"))
    #expect(throws: DataError.interrupted) {
      try Interruption.with({ true }) { try source.make([:]) }
    }
  }
}
