import Kernels
import Networks

/// A slab as long as the learnable parameters, with how much has gone into it.
final class ParameterCopies {
  let values: UnsafeMutablePointer<Float>
  var count = 0
  private let arena: Arena

  /// Zeros.
  ///
  /// - Throws: `EngineError.memory` where the machine does not have it.
  init(_ layout: ParameterLayout) throws(EngineError) {
    arena = try Arena(count: layout.learnableCount)
    values = arena.start
  }
}

extension ParameterSlabs {
  /// A copy of the weights.
  ///
  /// - Throws: `EngineError.memory`.
  func copiedWeights() throws(EngineError) -> ParameterCopies {
    let copies = try ParameterCopies(layout)
    copies.values.update(from: weights, count: layout.learnableCount)
    return copies
  }

  /// A copy of the weights in which some have the values of a copy under another layout.
  ///
  /// - Throws: `EngineError.memory`.
  func copiedWeights(
    keeping kept: [ParameterSpecification], from old: ParameterCopies, under layout: ParameterLayout
  ) throws(EngineError) -> ParameterCopies {
    let copies = try copiedWeights()
    copies.count = old.count
    for specification in kept where specification.isLearnable {
      guard let from = layout.entry(specification.key),
        let to = self.layout.entry(specification.key)
      else { continue }
      (copies.values + to.offset).update(from: old.values + from.offset, count: specification.count)
    }
    return copies
  }

  /// Exchanges the weights with a copy.
  func swapWeights(_ copies: ParameterCopies) {
    let work = AverageWork(
      pass: .exchange, average: copies.values, x: weights, count: layout.learnableCount)
    Instruction(.average(work)).run()
  }
}
