import Networks

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// How often each class occurs among the examples to train on, or at their positions, and what guessing comes to.
struct LabelFigures: Sendable {
  let names: [String]
  let counts: [Int]

  /// The counts of the labels of some examples; nothing where targets are no classes.
  init?(_ examples: Examples) {
    guard let labels = examples.labels, let names = examples.classNames else { return nil }
    var counts = Array(repeating: 0, count: names.count)
    for label in labels where counts.indices.contains(Int(label)) { counts[Int(label)] += 1 }
    (self.names, self.counts) = (names, counts)
  }

  /// The cross entropy of guesses that know nothing but how often each class occurs.
  var entropy: Double {
    let total = Double(max(1, counts.reduce(0, +)))
    return counts.filter { $0 > 0 }.reduce(0) { $0 - Double($1) / total * log(Double($1) / total) }
  }

  /// The cross entropy of equal scores.
  var even: Double { log(Double(max(1, names.count))) }

  /// Whether all classes occur about equally often.
  var isEven: Bool { entropy > 0.99 * even }

  /// Whether a loss is that of guessing.
  func isChance(_ loss: Double) -> Bool {
    even > 0 && loss > 0.985 * entropy && loss < max(1.01 * even, 1.03 * entropy)
  }

  /// What guessing comes to: `ln 10 = 2.303`, or the entropy of uneven labels.
  var guess: String {
    isEven
      ? "ln \(names.count) = \(Numbers.loss(even))"
      : "\(Numbers.loss(entropy)), the entropy of the labels"
  }
}
