import Networks

/// A number at the input of an embedding that has no row in its table.
package struct StrayNumber: Hashable, Sendable {
  package let number: Float

  /// The path of the embedding.
  package let path: String
  package let vocabulary: Int

  /// A number, the embedding that it was given to, and how many rows that has.
  package init(number: Float, path: String, vocabulary: Int) {
    self.number = number
    self.path = path
    self.vocabulary = vocabulary
  }

  /// What was expected and found.
  package var message: String {
    let found = Int(exactly: number).map { "\($0)" } ?? "\(number)"
    return "\(path) takes whole numbers from 0 to \(vocabulary - 1), found \(found)"
  }

  /// What to type next: a larger table for a number that could have a row in one.
  package var nextStep: String {
    guard let index = Int(exactly: number), index >= vocabulary, index < NetworkLimits.extent
    else { return "remove \(path)" }
    return "set \(path) vocabulary=\(index + 1)"
  }
}
