import Engine

/// An example that a network gets wrong.
package struct Mistake: Hashable, Sendable {
  /// Its place in the data, from 0.
  package let example: Int
  package let loss: Double
  package let outputs: [Float]

  /// The class that it is predicted to be of, where targets are classes and all outputs are numbers.
  package let predicted: Int?
}

/// The worst of all mistakes, at most so many, the worst first.
package struct Mistakes: Hashable, Sendable {
  package private(set) var worst: [Mistake] = []

  /// How many mistakes there were.
  package private(set) var count = 0

  private let most: Int

  /// No mistakes yet; at most so many are kept.
  package init(most: Int) { self.most = most }

  /// Adds a mistake; of equal losses the earlier one comes first, and one that is no number before all others.
  package mutating func add(
    _ example: Int, loss: Double, _ outputs: UnsafeBufferPointer<Float>, predicted: Int?
  ) {
    count += 1
    let isWorse = { (other: Mistake) in loss.isNaN ? !other.loss.isNaN : loss > other.loss }
    if worst.count == most, let last = worst.last, !isWorse(last) { return }
    let place = worst.firstIndex(where: isWorse) ?? worst.count
    worst.insert(
      Mistake(example: example, loss: loss, outputs: Array(outputs), predicted: predicted),
      at: place)
    if worst.count > most { worst.removeLast() }
  }
}
