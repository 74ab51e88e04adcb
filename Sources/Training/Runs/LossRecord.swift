/// The losses of a run and what happened at which step.
///
/// It only ever grows at its ends, so readers take what is new by index. The first 262,144 steps are kept each;
/// of later ones the least and the greatest loss of stretches whose length doubles as the run doubles, so that
/// the longest run takes some megabytes and no spike is lost.
package struct LossRecord: Sendable {
  /// A loss and the number of steps taken before it was measured.
  package struct Point: Hashable, Sendable {
    package let step: Int
    package let loss: Float

    /// A loss at a step.
    package init(step: Int, loss: Float) { (self.step, self.loss) = (step, loss) }
  }

  /// Something that happened during a run.
  package struct Mark: Hashable, Sendable {
    package let step: Int
    package let label: String
  }

  /// Training losses on single batches.
  package private(set) var losses: [Float] = []

  /// How many losses at the beginning have a step each after the first, and the steps of the others.
  private var wholeCount = 0
  private var laterSteps: [Int] = []

  private var testSeries = ThinnedSeries<Point>(
    whole: wholeTests, stretchLength: 8, measures: [{ Double($0.loss) }])

  /// Losses on the test part, thinned as the losses are.
  package var tests: [Point] { testSeries.kept }

  /// The first of what happened.
  package private(set) var marks: [Mark] = []

  /// The steps that were taken before the record began.
  package let firstStep: Int

  /// The steps that are recorded.
  private var steps = 0

  /// The stretch that grows: how many steps it has, and its extremes.
  private var stretch: (count: Int, least: Point, greatest: Point)?

  /// Steps whose losses are all kept.
  static let wholeSteps = 1 << 18

  /// Losses on the test part that are all kept.
  static let wholeTests = 1 << 14

  /// Marks that are kept.
  static let mostMarks = 1 << 12

  init(firstStep: Int) { self.firstStep = firstStep }

  /// A record of points that are known, by ascending steps.
  package init(firstStep: Int, points: [Point], tests: [Point]) {
    self.firstStep = firstStep
    points.forEach { append($0) }
    tests.forEach { testSeries.append($0) }
    finish()
  }

  /// The points from an index on.
  package func points(from index: Int) -> [Point] {
    (max(index, 0)..<max(losses.count, index, 0)).map { point in
      let later = point - wholeCount
      return Point(step: later < 0 ? firstStep + point : laterSteps[later], loss: losses[point])
    }
  }

  /// Records the loss of the next step.
  mutating func append(loss: Double) {
    append(Point(step: firstStep + steps, loss: Float(loss)))
  }

  private mutating func append(_ point: Point) {
    steps += 1
    if losses.count < Self.wholeSteps {
      keep(point)
      return
    }
    guard var growing = stretch else {
      stretch = (1, point, point)
      return
    }
    growing.count += 1
    if point.loss < growing.least.loss { growing.least = point }
    if point.loss > growing.greatest.loss { growing.greatest = point }
    stretch = growing
    // Four at first; twice as many whenever the run has become twice as long.
    if growing.count >= 4 * (steps / Self.wholeSteps).powerOfTwoBelow { finishStretch() }
  }

  private mutating func finishStretch() {
    guard let (_, least, greatest) = stretch else { return }
    stretch = nil
    let inOrder = least.step < greatest.step ? [least, greatest] : [greatest, least]
    for point in least == greatest ? [least] : inOrder { keep(point) }
  }

  private mutating func keep(_ point: Point) {
    if wholeCount == losses.count, losses.count < Self.wholeSteps,
      point.step == firstStep + losses.count
    {
      wholeCount += 1
    } else {
      laterSteps.append(point.step)
    }
    losses.append(point.loss)
  }

  /// Records what belongs to stretches that are not full; called at the end of a run.
  mutating func finish() {
    finishStretch()
    testSeries.finish()
  }

  mutating func append(testLoss: Double) {
    testSeries.append(Point(step: firstStep + steps, loss: Float(testLoss)))
  }

  mutating func mark(_ label: String) {
    if marks.count < Self.mostMarks { marks.append(Mark(step: firstStep + steps, label: label)) }
  }

  /// Goes on with the record of a later run, in place of what follows the step at which that began.
  package mutating func join(_ later: LossRecord) {
    finish()
    let kept = points(from: 0).partitioningIndex { $0.step >= later.firstStep }
    losses.removeLast(losses.count - kept)
    wholeCount = min(wholeCount, kept)
    laterSteps.removeLast(laterSteps.count - (kept - wholeCount))
    for point in later.points(from: 0) { append(point) }
    testSeries.removeLast { $0.step > later.firstStep }
    for point in later.tests { testSeries.append(point) }
    marks += later.marks.prefix(max(0, Self.mostMarks - marks.count))
    finish()
  }
}

extension Array {
  /// The first place at which a condition holds that holds from there on; the end where it never does.
  func partitioningIndex(where holds: (Element) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if holds(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
