/// The finished epochs of a network in one run, at bounded resolution.
///
/// The first 4,096 are kept each, of later ones those with the best and the worst figures of every stretch, and
/// the last one: a million epochs take some megabytes.
package struct EpochRecord: Sendable, RandomAccessCollection {
  private var series = ThinnedSeries<EpochSummary>(
    whole: wholeEpochs, stretchLength: 32,
    measures: [{ $0.loss }, { $0.accuracy }, { $0.testLoss }, { $0.testAccuracy }])

  /// Epochs that are all kept.
  static let wholeEpochs = 1 << 12

  /// A run without a finished epoch.
  package init() {}

  /// How many epochs were finished, kept or not.
  package var total: Int { series.total }

  package var startIndex: Int { 0 }
  package var endIndex: Int { series.kept.count }
  /// A kept epoch by its place.
  package subscript(index: Int) -> EpochSummary { series.kept[index] }

  /// Adds an epoch that was finished.
  package mutating func append(_ epoch: EpochSummary) { series.append(epoch) }

  /// Keeps the last epoch too; called at the end of a run.
  package mutating func finish() { series.finish() }

  /// Goes on with the epochs of a run that began so many steps after this one, in place of those from there on.
  package mutating func join(_ later: EpochRecord, after steps: Int) {
    series.removeLast { $0.step > steps }
    for var epoch in later {
      let (step, overflows) = epoch.step.addingReportingOverflow(steps)
      epoch.step = overflows ? .max : step
      series.append(epoch)
    }
    series.finish()
  }
}
