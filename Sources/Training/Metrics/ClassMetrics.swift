import Networks

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// How often a network finds the classes of examples, counted one example after another.
///
/// Where there is a class at each position every position counts as an example.
///
/// Figures are those of scikit-learn with `zero_division=0`: precision, recall and F1 are 0 where nothing is divided
/// by nothing, and their means are over the classes that occur or are predicted. An example with an output that
/// is no number counts as one that is predicted to be of no class.
package struct ClassMetrics: Hashable, Sendable {
  /// What was counted of one class.
  package struct Tally: Hashable, Sendable {
    /// Examples of the class.
    package fileprivate(set) var count = 0

    /// Examples that are predicted to be of it.
    package fileprivate(set) var predicted = 0

    /// Examples of the class that are predicted to be of it.
    package fileprivate(set) var correct = 0

    /// The share of the examples predicted to be of the class that are of it.
    package var precision: Double { Self.ratio(correct, predicted) }

    /// The share of the examples of the class that are found.
    package var recall: Double { Self.ratio(correct, count) }

    /// The harmonic mean of precision and recall.
    package var f1: Double { Self.ratio(2 * correct, count + predicted) }

    /// The examples of the class that are found among those of the class or predicted to be of it (Jaccard 1901).
    package var intersectionOverUnion: Double { Self.ratio(correct, count + predicted - correct) }

    /// Whether the class occurs or is predicted.
    package var isSeen: Bool { count + predicted > 0 }

    private static func ratio(_ part: Int, _ whole: Int) -> Double {
      whole == 0 ? 0 : Double(part) / Double(whole)
    }
  }

  /// By class: those of the data, and behind them those that further outputs stand for.
  package private(set) var tallies: [Tally]

  /// Which class is taken for which, where that was asked for.
  package private(set) var matrix: ConfusionMatrix?

  /// Examples that are predicted to be of no class.
  package private(set) var undecided = 0

  /// Examples by how many classes come before their own, as far as `mostRanks`.
  private var ranks = Array(repeating: 0, count: mostRanks)

  /// The sum of the losses of all examples that were counted, in nats.
  private var losses = 0.0

  private let decision: Decision

  /// The most classes among which the right one may be asked for.
  package static let mostRanks = 10

  /// Nothing counted yet.
  ///
  /// - Parameter classes: how many the data has; outputs may be more.
  package init(classes: Int, decision: Decision, hasMatrix: Bool = false) {
    self.decision = decision
    let count = max(classes, decision.classes)
    tallies = Array(repeating: Tally(), count: count)
    matrix = hasMatrix ? ConfusionMatrix(classes: count) : nil
  }

  /// What it takes in memory.
  static func bytes(classes: Int, hasMatrix: Bool) -> Int {
    let row = AvailableMemory.bytes(classes, MemoryLayout<Int>.stride)
    return AvailableMemory.bytes(
      classes, MemoryLayout<Tally>.stride + (hasMatrix ? min(row, .max / 2) : 0))
  }

  /// Counts an example by its outputs, its class and its loss in nats; one of a class that there is not is left out.
  package mutating func add(_ outputs: UnsafeBufferPointer<Float>, label: Int, loss: Double) {
    guard tallies.indices.contains(label) else { return }
    losses += loss
    tallies[label].count += 1
    guard let choice = decision.choice(of: outputs) else {
      undecided += 1
      matrix?.add(nil, label: label)
      return
    }
    tallies[choice].predicted += 1
    if choice == label { tallies[label].correct += 1 }
    let rank = choice == label ? 0 : decision.rank(of: label, outputs)
    if rank < ranks.count { ranks[rank] += 1 }
    matrix?.add(choice, label: label)
  }

  // MARK: Figures

  /// Examples that were counted.
  package var count: Int { tallies.reduce(0) { $0 + $1.count } }

  /// Examples whose class is predicted.
  package var correct: Int { tallies.reduce(0) { $0 + $1.correct } }

  /// The share of the examples whose class is predicted.
  package var accuracy: Double { Double(correct) / Double(count) }

  /// The share of the examples whose class is among so many with the greatest outputs, at most `mostRanks`.
  package func accuracy(amongTop most: Int) -> Double {
    Double(ranks.prefix(most).reduce(0, +)) / Double(count)
  }

  /// The mean recall of the classes that occur.
  package var balancedAccuracy: Double { mean(tallies.filter { $0.count > 0 }, \.recall) }

  /// The mean precision of the classes that occur or are predicted.
  package var precision: Double { mean(tallies.filter(\.isSeen), \.precision) }

  /// The mean recall of the classes that occur or are predicted.
  package var recall: Double { mean(tallies.filter(\.isSeen), \.recall) }

  /// The mean F1 of the classes that occur or are predicted.
  package var f1: Double { mean(tallies.filter(\.isSeen), \.f1) }

  /// The mean intersection over union of the classes that occur or are predicted.
  package var intersectionOverUnion: Double {
    mean(tallies.filter(\.isSeen), \.intersectionOverUnion)
  }

  /// The mean loss in bits.
  package var bits: Double { losses / Double(count) / log(2) }

  private func mean(_ tallies: [Tally], _ figure: (Tally) -> Double) -> Double {
    tallies.reduce(0) { $0 + figure($1) } / Double(tallies.count)
  }
}
