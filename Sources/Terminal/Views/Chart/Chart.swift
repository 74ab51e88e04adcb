/// What a chart shows, as a value: curves over training steps and the marks of what happened meanwhile.
package struct Chart: Sendable {
  /// How much a curve matters now, the most first.
  package enum Standing: Int, Sendable {
    /// Its network learns, or has in the last run.
    case learning

    /// Its network is the current one.
    case current
    case other
  }

  /// One network's curves in one colour.
  package struct Curve: Sendable {
    package var name: String

    /// Its place in the order of colours.
    package var colour: Int
    package var standing = Standing.learning

    /// A value for every step, drawn raw and smoothed.
    package var training: SeriesPyramid

    /// Values at a few steps, such as the test loss after every epoch.
    package var test: SeriesPyramid

    /// A curve without points, to which points are given.
    package init(
      name: String, colour: Int = 0, training: SeriesPyramid = SeriesPyramid(),
      test: SeriesPyramid = SeriesPyramid()
    ) {
      self.name = name
      self.colour = colour
      self.training = training
      self.test = test
    }
  }

  /// Something that happened at a step, such as an edit of the network.
  package struct Mark: Hashable, Sendable {
    package let step: Int
    package let label: String

    /// A step and what happened there.
    package init(step: Int, label: String) {
      self.step = step
      self.label = label
    }
  }

  package var curves: [Curve]
  package var marks: [Mark]
  package var scale: Axis.Scale

  /// Whether values are shares of one, shown as percentages.
  package var isPercent: Bool

  /// The step at which the run is meant to end, if that is known.
  package var plannedEnd: Int?

  /// A chart of curves.
  package init(
    curves: [Curve] = [], marks: [Mark] = [], scale: Axis.Scale = .linear, isPercent: Bool = false,
    plannedEnd: Int? = nil
  ) {
    self.curves = curves
    self.marks = marks
    self.scale = scale
    self.isPercent = isPercent
    self.plannedEnd = plannedEnd
  }

  /// The curves by how much they matter.
  var ranked: [Curve] {
    [.learning, .current, .other].flatMap { standing in
      curves.filter { $0.standing == standing }
    }
  }

  /// The first and last step shown: the points' own, the end raised to a round number that holds still
  /// while the run goes on.
  ///
  /// Curves more than twice as long as those of the last run are cut where these end.
  var span: ClosedRange<Int>? {
    guard var extent = extent({ _ in true }) else { return nil }
    if let learning = self.extent({ $0 == .learning }) {
      let end = max(learning.upperBound, plannedEnd ?? 0)
      let (twice, overflows) = end.multipliedReportingOverflow(by: 2)
      if !overflows, extent.upperBound > twice { extent = learning }
    }
    let (first, last) = (extent.lowerBound, extent.upperBound)
    if let plannedEnd, plannedEnd >= last { return first...max(plannedEnd, first + 1) }
    return first...(first + Self.roundLength(atLeast: last - first))
  }

  /// The steps of all points of some curves.
  private func extent(_ isMeant: (Standing) -> Bool) -> ClosedRange<Int>? {
    let all = curves.filter { isMeant($0.standing) }
      .flatMap { [$0.training.extent, $0.test.extent] }.compactMap { $0 }
    guard let first = all.map(\.lowerBound).min(), let last = all.map(\.upperBound).max() else {
      return nil
    }
    return first...last
  }

  /// The least length of a few per decade that is no smaller than asked.
  static func roundLength(atLeast length: Int) -> Int {
    var power = 1
    while power <= Int.max / 100, power * 10 < length { power *= 10 }
    for tenths in [10, 12, 15, 20, 25, 30, 40, 50, 60, 80, 100] {
      let (round, overflow) = power.multipliedReportingOverflow(by: tenths)
      if !overflow, round / 10 >= length { return max(round / 10, 1) }
    }
    return max(length, 1)
  }
}
