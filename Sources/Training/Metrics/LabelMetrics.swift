import Networks

/// How often each of several outputs finds its label, counted one example after another.
///
/// An output above 0 says that its label holds, a target above ½ that it should. Figures are those of scikit-learn with
/// `zero_division=0`: macro is the mean over the labels, micro counts all of them as one.
package struct LabelMetrics: Hashable, Sendable {
  /// What was counted of one label.
  package struct Tally: Hashable, Sendable {
    /// Examples that have the label, those for which it is predicted, and those of which both is so.
    package fileprivate(set) var count = 0
    package fileprivate(set) var predicted = 0
    package fileprivate(set) var found = 0

    /// Examples for which it is predicted rightly whether they have it.
    package fileprivate(set) var correct = 0

    /// The share of the predictions that are right.
    package var precision: Double { Self.ratio(found, predicted) }

    /// The share of the label's examples that are found.
    package var recall: Double { Self.ratio(found, count) }

    /// The harmonic mean of precision and recall.
    package var f1: Double { Self.ratio(2 * found, count + predicted) }

    fileprivate static func ratio(_ part: Int, _ whole: Int) -> Double {
      whole == 0 ? 0 : Double(part) / Double(whole)
    }
  }

  /// By label, in the order of the outputs.
  package private(set) var tallies: [Tally]

  /// Examples that were counted, and those of which all labels are right.
  package private(set) var count = 0
  package private(set) var exact = 0

  /// Nothing counted yet.
  package init(labels: Int) { tallies = Array(repeating: Tally(), count: labels) }

  /// What it takes in memory.
  static func bytes(labels: Int) -> Int {
    AvailableMemory.bytes(labels, MemoryLayout<Tally>.stride)
  }

  /// Counts an example by its outputs and what they should be; an output that is no number is wrong.
  package mutating func add(
    _ outputs: UnsafeBufferPointer<Float>, targets: UnsafeBufferPointer<Float>
  ) {
    count += 1
    var isExact = true
    for index in 0..<min(outputs.count, targets.count, tallies.count) {
      let (isThere, isPredicted) = (targets[index] > 0.5, outputs[index] > 0)
      if isThere { tallies[index].count += 1 }
      if isPredicted { tallies[index].predicted += 1 }
      if isThere, isPredicted { tallies[index].found += 1 }
      if isThere == isPredicted, !outputs[index].isNaN {
        tallies[index].correct += 1
      } else {
        isExact = false
      }
    }
    if isExact { exact += 1 }
  }

  // MARK: Figures

  /// The share of all labels of all examples that are right.
  package var accuracy: Double { Tally.ratio(sum(\.correct), count * tallies.count) }

  /// The share of the examples of which all labels are right.
  package var exactShare: Double { Tally.ratio(exact, count) }

  /// The mean precision of the labels.
  package var precision: Double { mean(\.precision) }

  /// The mean recall of the labels.
  package var recall: Double { mean(\.recall) }

  /// The mean F1 of the labels.
  package var f1: Double { mean(\.f1) }

  /// F1 of all labels counted as one.
  package var microF1: Double {
    Tally.ratio(2 * sum(\.found), sum(\.count) + sum(\.predicted))
  }

  private func mean(_ figure: (Tally) -> Double) -> Double {
    tallies.reduce(0) { $0 + figure($1) } / Double(tallies.count)
  }

  private func sum(_ part: (Tally) -> Int) -> Int { tallies.reduce(0) { $0 + part($1) } }
}
