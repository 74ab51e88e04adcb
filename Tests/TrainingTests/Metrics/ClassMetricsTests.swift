import Engine
import Testing

@testable import Training

/// Figures of classes, held against scikit-learn and against one another.
struct ClassMetricsTests {
  private func agree(_ found: Double, _ expected: Double) -> Bool { abs(found - expected) < 1e-12 }

  private func check(_ metrics: ClassMetrics, _ golden: MetricGoldens.ClassCase) throws {
    #expect(agree(metrics.accuracy, golden.accuracy))
    #expect(agree(metrics.balancedAccuracy, golden.balanced))
    #expect(agree(metrics.precision, golden.precision))
    #expect(agree(metrics.recall, golden.recall))
    #expect(agree(metrics.f1, golden.f1))
    #expect(agree(metrics.intersectionOverUnion, golden.iou))
    let matrix = try #require(metrics.matrix)
    #expect((0..<golden.classes).map { Array(matrix.row($0)) } == golden.matrix)
  }

  @Test("classes as scikit-learn", arguments: MetricGoldens.all?.classes ?? [])
  func classes(_ golden: MetricGoldens.ClassCase) throws {
    let metrics = ClassMetrics(golden.outputs, labels: golden.labels, classes: golden.classes)
    try check(metrics, golden)
    for (index, figures) in [\ClassMetrics.Tally.precision, \.recall, \.f1].enumerated() {
      let found = metrics.tallies.map { $0[keyPath: figures] }
      let expected = try #require(golden.by_class?[index])
      #expect(zip(found, expected).allSatisfy(agree))
    }
    #expect(metrics.tallies.map { Double($0.count) } == golden.by_class?[3])
    let ious = try #require(golden.ious)
    #expect(zip(metrics.tallies.map(\.intersectionOverUnion), ious).allSatisfy(agree))
    for (index, expected) in (golden.top ?? []).enumerated() {
      #expect(agree(metrics.accuracy(amongTop: index + 1), expected), "top \(index + 1)")
    }
  }

  @Test("two classes by the sign of one score", arguments: MetricGoldens.all?.binary ?? [])
  func binary(_ golden: MetricGoldens.ClassCase) throws {
    try check(
      ClassMetrics(golden.outputs, labels: golden.labels, classes: 2, loss: .binaryCrossEntropy),
      golden)
  }

  @Test("there are golden cases") func goldens() throws {
    let all = try #require(MetricGoldens.all)
    #expect([all.classes.count, all.binary.count, all.numbers.count] == [8, 2, 6])
  }

  @Test("losses in bits are those in nats by ln 2")
  func bits() {
    // log(1 + 1 / e) and log(1 + e) nats.
    let metrics = ClassMetrics([1, 0, 0, 1], labels: [0, 0], classes: 2)
    #expect(agree(metrics.bits, (0.313261687518 + 1.313261687518) / 2 / 0.693147180560))
    let even = ClassMetrics([2, 2, 2, 2], labels: [3], classes: 4)
    #expect(agree(even.bits, 2))
  }

  // MARK: Laws

  /// Scores drawn at random.
  private func draw(_ count: Int, classes: Int, seed: UInt64) -> (outputs: [Float], labels: [Int]) {
    var generator = SeededGenerator(seed: seed)
    let labels = (0..<count).map { _ in Int(generator.next() % UInt64(classes)) }
    let outputs = labels.flatMap { label in
      (0..<classes).map { Float(generator.normal()) + ($0 == label ? 1 : 0) }
    }
    return (outputs, labels)
  }

  @Test("rows add up to counts, columns to predictions, the diagonal to accuracy")
  func sums() throws {
    for seed in 0..<20 as Range<UInt64> {
      let classes = 2 + Int(seed % 7)
      let (outputs, labels) = draw(50, classes: classes, seed: seed)
      let metrics = ClassMetrics(outputs, labels: labels, classes: classes)
      let matrix = try #require(metrics.matrix)
      for (label, tally) in metrics.tallies.enumerated() {
        #expect(matrix.count(label) == tally.count)
        #expect(matrix.predicted(label) == tally.predicted)
        #expect(matrix[label, label] == tally.correct)
      }
      #expect(matrix.total == 50 && metrics.count == 50)
      #expect(metrics.accuracy == Double(matrix.correct) / Double(matrix.total))
      #expect(metrics.accuracy(amongTop: 1) == metrics.accuracy)
      #expect(metrics.accuracy(amongTop: classes) == 1)
    }
  }

  @Test("classes in another order are figures in that order")
  func permutation() throws {
    let (outputs, labels) = draw(80, classes: 5, seed: 3)
    let order = [3, 0, 4, 1, 2]
    let moved = labels.indices.flatMap { row in
      (0..<5).map { outputs[row * 5 + (order.firstIndex(of: $0) ?? 0)] }
    }
    let plain = ClassMetrics(outputs, labels: labels, classes: 5)
    let other = ClassMetrics(moved, labels: labels.map { order[$0] }, classes: 5)
    let (first, second) = (try #require(plain.matrix), try #require(other.matrix))
    for row in 0..<5 {
      for column in 0..<5 { #expect(first[row, column] == second[order[row], order[column]]) }
    }
    #expect(abs(plain.f1 - other.f1) < 1e-12)
    #expect(abs(plain.balancedAccuracy - other.balancedAccuracy) < 1e-12)
    #expect(plain.accuracy(amongTop: 3) == other.accuracy(amongTop: 3))
  }

  @Test("of equal outputs the first is chosen")
  func ties() {
    let metrics = ClassMetrics([1, 1, 0, 1, 1, 0], labels: [0, 1], classes: 3)
    #expect(metrics.tallies.map(\.predicted) == [2, 0, 0])
    #expect(metrics.accuracy(amongTop: 1) == 0.5)
    #expect(metrics.accuracy(amongTop: 2) == 1)
  }

  @Test("an output that is no number is no prediction, but its example counts")
  func noNumbers() throws {
    let metrics = ClassMetrics([.nan, 0, 1, .nan, 3, 1], labels: [1, 0, 0], classes: 2)
    let matrix = try #require(metrics.matrix)
    #expect(metrics.undecided == 2 && metrics.count == 3 && metrics.correct == 1)
    #expect(metrics.tallies.map(\.count) == [2, 1])
    #expect([0, 1].map(matrix.undecided) == [1, 1])
    #expect([0, 1].map(matrix.count) == [2, 1])
    #expect(metrics.tallies[0].recall == 0.5 && metrics.tallies[0].precision == 1)
    let binary = ClassMetrics([.nan, 1], labels: [1, 1], classes: 2, loss: .binaryCrossEntropy)
    #expect(binary.undecided == 1 && binary.accuracy == 0.5)
  }

  @Test("outputs beyond the classes of the data are classes that never occur")
  func moreOutputs() {
    let metrics = ClassMetrics([0, 0, 9, 1, 0, 0], labels: [0, 0], classes: 2)
    #expect(metrics.tallies.map(\.count) == [2, 0, 0])
    #expect(metrics.tallies.map(\.predicted) == [1, 0, 1])
    // As scikit-learn, whose means leave out what neither occurs nor is predicted.
    #expect(metrics.precision == 0.5 && metrics.recall == 0.25)
    #expect(metrics.balancedAccuracy == 0.5)
  }

  @Test("the pairs that are confused most often come first")
  func pairs() throws {
    var matrix = ConfusionMatrix(classes: 3)
    for (label, predicted, count) in [(0, 1, 2), (0, 2, 5), (1, 0, 2), (2, 2, 9), (2, 1, 3)] {
      for _ in 0..<count { matrix.add(predicted, label: label) }
    }
    #expect(
      matrix.worstPairs(3).map { [$0.label, $0.predicted, $0.count] } == [
        [0, 2, 5], [2, 1, 3], [0, 1, 2],
      ])
    #expect(
      matrix.worstPairs(9).map { [$0.label, $0.predicted, $0.count] } == [
        [0, 2, 5], [2, 1, 3], [0, 1, 2], [1, 0, 2],
      ])
  }
}
