import Networks

/// A set of examples with a name: a part to train on and, maybe, one to test on.
///
/// Both parts have the same shape and targets of the same kind.
package struct Dataset: Sendable {
  package let name: String

  /// What it is, in a few words.
  package let description: String
  package let train: Examples
  package let test: Examples?

  /// How the inputs were normalized, if they were.
  package let normalization: Normalization?

  /// Joins the parts.
  package init(
    name: String, description: String, train: Examples, test: Examples? = nil,
    normalization: Normalization? = nil
  ) {
    self.name = name
    self.description = description
    self.train = train
    self.test = test
    self.normalization = normalization
  }

  /// The shape of one example.
  package var shape: Shape { train.shape }

  /// The examples of both parts.
  package var count: Int { train.count + (test?.count ?? 0) }

  /// All examples dealt anew: a random share of them trains, the rest tests.
  ///
  /// The training part has ⌊fraction · count⌋ examples. Throws where a part would be empty, or memory is short.
  package func split(_ fraction: Double, seed: UInt64) throws(DataError) -> Dataset {
    guard fraction > 0 && fraction < 1 else { throw .splitFraction(fraction) }
    let trainCount = Int((fraction * Double(count)).rounded(.down))
    guard trainCount > 0 && trainCount < count else {
      throw .splitTooSmall(fraction: fraction, count: count)
    }
    if test != nil { try checkCopy() }
    let all = test.map(train.joined) ?? train
    try checkCopy()
    try DataError.checkInterruption()
    var generator = SeededGenerator(seed: seed)
    let order = generator.permutation(all.count).map { Int($0) }
    let train = try all.selecting(order[..<trainCount], check: DataError.checkInterruption)
    let test = try all.selecting(order[trainCount...], check: DataError.checkInterruption)
    return Dataset(
      name: name, description: description, train: train, test: test, normalization: normalization)
  }

  /// Inputs of both parts at mean 0 and standard deviation 1, by the statistics of the training part.
  ///
  /// Throws where memory is short or the user asks for an end.
  package func normalized(by scope: Normalization.Scope) throws(DataError) -> Dataset {
    try normalized(by: Normalization(of: train.rows, scope: scope))
  }

  /// Inputs of both parts shifted and scaled by statistics that fit them.
  ///
  /// Throws where memory is short or the user asks for an end.
  package func normalized(by normalization: Normalization) throws(DataError) -> Dataset {
    func apply(_ examples: Examples) throws(DataError) -> Examples {
      try Examples(
        rows: normalization.applied(to: examples.rows), targets: examples.targets)
    }
    try checkCopy()
    return try Dataset(
      name: name, description: description, train: apply(train), test: test.map(apply),
      normalization: normalization)
  }
}
