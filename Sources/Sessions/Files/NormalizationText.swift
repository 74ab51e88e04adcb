import Networks
import Training

/// What a saved network keeps of the normalization of its inputs, as metadata beside the weights.
enum NormalizationText {
  private static let key = "normalization"
  private static let meanKey = "normalization.mean"
  private static let deviationKey = "normalization.deviation"

  /// The scope, and mean and deviation of each group in the shortest digits that give the same numbers.
  static func metadata(of normalization: Normalization) -> [String: String] {
    func text(_ values: [Float]) -> String { values.map { "\($0)" }.joined(separator: " ") }
    return [
      key: normalization.scope.rawValue, meanKey: text(normalization.mean),
      deviationKey: text(normalization.deviation),
    ]
  }

  /// The normalization that a file keeps for inputs of a shape; nothing where it keeps none, a failure where
  /// what it keeps is not one of such inputs.
  static func read(_ metadata: [String: String], for shape: Shape) -> Result<Normalization?, Misfit>
  {
    guard let word = metadata[key] else { return .success(nil) }
    guard let scope = Normalization.Scope(rawValue: word) else {
      return .failure(.scope(found: word))
    }
    let (means, deviations) = (numbers(metadata[meanKey]), numbers(metadata[deviationKey]))
    let count = scope.groups(of: shape)
    guard let means, let deviations, means.count == count, deviations.count == count,
      deviations.allSatisfy({ $0 > 0 })
    else { return .failure(.statistics(expected: count)) }
    return .success(Normalization(scope: scope, mean: means, deviation: deviations))
  }

  /// What is wrong with what a file keeps.
  enum Misfit: Error {
    case scope(found: String)
    case statistics(expected: Int)
  }

  /// Finite numbers between blanks; nothing where one is none.
  private static func numbers(_ text: String?) -> [Float]? {
    let words = (text ?? "").split(separator: " ")
    let numbers = words.compactMap { Float($0) }.filter(\.isFinite)
    return numbers.count == words.count ? numbers : nil
  }
}
