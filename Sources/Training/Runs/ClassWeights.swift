import Engine
import Networks

/// How much the examples of each class count, or the positions of each class where there is one at each.
package enum ClassWeights: Hashable, Sendable {
  /// All alike.
  case even

  /// As much as makes all classes count alike: n/(classes·n of the class).
  case balanced

  /// A weight for each class.
  case given([Double])

  /// The weights for some examples, none where all count alike.
  package func values(for examples: Examples) -> [Double] {
    switch self {
    case .even: return []
    case .given(let weights): return weights
    case .balanced:
      guard let labels = examples.labels, let names = examples.classNames else { return [] }
      var counts = Array(repeating: 0, count: names.count)
      for label in labels where counts.indices.contains(Int(label)) { counts[Int(label)] += 1 }
      let total = Double(labels.count)
      return counts.map { $0 == 0 ? 1 : total / (Double(names.count) * Double($0)) }
    }
  }
}
