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
  }

  /// Something that happened during a run.
  package struct Mark: Hashable, Sendable {
    package let step: Int
    package let label: String
  }

  /// Training losses on single batches.
  package private(set) var losses: [Float] = []

  /// The steps of the losses after the first `wholeSteps`.
  private var laterSteps: [Int] = []

  /// Losses on the test part.
  package private(set) var tests: [Point] = []
  package private(set) var marks: [Mark] = []

  /// The steps that were taken before the record began.
  package let firstStep: Int

  /// The steps that are recorded.
  private var steps = 0

  /// The stretch that grows: how many steps it has, and its extremes.
  private var stretch: (count: Int, least: Point, greatest: Point)?

  /// Steps whose losses are all kept.
  static let wholeSteps = 1 << 18

  init(firstStep: Int) { self.firstStep = firstStep }

  /// The points from an index on.
  package func points(from index: Int) -> [Point] {
    (max(index, 0)..<max(losses.count, index, 0)).map { point in
      let later = point - Self.wholeSteps
      return Point(step: later < 0 ? firstStep + point : laterSteps[later], loss: losses[point])
    }
  }

  /// Records the loss of the next step.
  mutating func append(loss: Double) {
    let point = Point(step: firstStep + steps, loss: Float(loss))
    steps += 1
    if losses.count < Self.wholeSteps {
      losses.append(point.loss)
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

  /// Records what belongs to a stretch that is not full; called at the end of a run.
  mutating func finishStretch() {
    guard let (_, least, greatest) = stretch else { return }
    stretch = nil
    let inOrder = least.step < greatest.step ? [least, greatest] : [greatest, least]
    for point in least == greatest ? [least] : inOrder {
      losses.append(point.loss)
      laterSteps.append(point.step)
    }
  }

  mutating func append(testLoss: Double) {
    tests.append(Point(step: firstStep + steps, loss: Float(testLoss)))
  }

  mutating func mark(_ label: String) {
    marks.append(Mark(step: firstStep + steps, label: label))
  }
}

extension Int {
  /// The greatest power of two up to a number above 0, and 1 below.
  fileprivate var powerOfTwoBelow: Int {
    self > 1 ? 1 << (Int.bitWidth - 1 - leadingZeroBitCount) : 1
  }
}
