import Engine

/// How outputs decide for one of some classes: by the greatest of them, or by the sign of the only one.
package struct Decision: Hashable, Sendable {
  /// Classes that can be decided for.
  package let classes: Int
  private let isBinary: Bool

  /// What a loss makes of so many outputs.
  package init(outputs: Int, loss: Loss) {
    classes = loss.classes(of: outputs)
    isBinary = loss == .binaryCrossEntropy
  }

  /// The class of the first greatest output, or the second of two where the only output is above 0; nothing where
  /// an output is no number.
  package func choice(of outputs: UnsafeBufferPointer<Float>) -> Int? {
    guard let first = outputs.first, !first.isNaN else { return nil }
    if isBinary { return first > 0 ? 1 : 0 }
    var best = 0
    for index in outputs.indices.dropFirst() {
      if outputs[index].isNaN { return nil }
      if outputs[index] > outputs[best] { best = index }
    }
    return best
  }

  /// How many classes come before this one, by greater outputs or by equal ones that stand before it.
  func rank(of label: Int, _ outputs: UnsafeBufferPointer<Float>) -> Int {
    if isBinary { return choice(of: outputs) == label ? 0 : 1 }
    guard outputs.indices.contains(label) else { return outputs.count }
    let own = outputs[label]
    var rank = 0
    for index in outputs.indices
    where outputs[index] > own || outputs[index] == own && index < label {
      rank += 1
    }
    return rank
  }
}
