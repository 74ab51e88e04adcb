/// How many examples of each class are predicted to be of each.
package struct ConfusionMatrix: Hashable, Sendable {
  package let classes: Int
  private var counts: [Int]

  /// Examples of each class that are predicted to be of none.
  private var undecided: [Int]

  /// The most classes that a matrix is made for; more have no use, and take a lot of memory.
  package static let mostClasses = 1000

  /// A matrix of zeros.
  package init(classes: Int) {
    self.classes = classes
    counts = Array(repeating: 0, count: classes * classes)
    undecided = Array(repeating: 0, count: classes)
  }

  /// Counts an example of a class that is predicted to be of another, of the same, or of none.
  mutating func add(_ predicted: Int?, label: Int) {
    guard let predicted else { return undecided[label] += 1 }
    counts[label * classes + predicted] += 1
  }

  /// Examples of one class that are predicted to be of another.
  package subscript(label: Int, predicted: Int) -> Int { counts[label * classes + predicted] }

  /// Examples of a class by what they are predicted to be.
  package func row(_ label: Int) -> ArraySlice<Int> {
    counts[label * classes..<(label + 1) * classes]
  }

  /// Examples of a class that are predicted to be of none.
  package func undecided(_ label: Int) -> Int { undecided[label] }

  /// Examples of a class.
  package func count(_ label: Int) -> Int { row(label).reduce(undecided[label], +) }

  /// Examples that are predicted to be of a class.
  package func predicted(_ choice: Int) -> Int {
    (0..<classes).reduce(0) { $0 + self[$1, choice] }
  }

  /// Examples in all.
  package var total: Int { counts.reduce(0, +) + undecided.reduce(0, +) }

  /// Examples whose class is predicted.
  package var correct: Int { (0..<classes).reduce(0) { $0 + self[$1, $1] } }

  /// One class that is taken for another.
  package struct Pair: Hashable, Sendable {
    package let label: Int
    package let predicted: Int
    package let count: Int
  }

  /// The pairs of classes that are confused most often, of equal ones the first.
  package func worstPairs(_ most: Int) -> [Pair] {
    var pairs: [Pair] = []
    for label in 0..<classes {
      for (predicted, count) in row(label).enumerated() where predicted != label && count > 0 {
        if pairs.count == most, let last = pairs.last, last.count >= count { continue }
        let place = pairs.firstIndex { $0.count < count } ?? pairs.count
        pairs.insert(Pair(label: label, predicted: predicted, count: count), at: place)
        if pairs.count > most { pairs.removeLast() }
      }
    }
    return pairs
  }
}
