import Networks

extension RunRequest {
  /// Examples for the next step, and which of them: those at these rows as they are, or changed as the recipe says.
  ///
  /// - Parameter steps: the steps of this run so far.
  func batch(_ rows: ArraySlice<Int>, after steps: Int) -> (
    examples: Examples, rows: ArraySlice<Int>
  ) {
    if recipe.augmentation.isNone { return (data.train, rows) }
    let order = BatchOrder(
      exampleCount: data.train.count, batchSize: min(recipe.batchSize, data.train.count),
      seed: recipe.seed)
    let examples = recipe.augmentation.applied(
      to: data.train, at: rows, epoch: (learned.steps + steps) / order.batchCount,
      seed: recipe.seed)
    return (examples, ArraySlice(0..<examples.count))
  }
}
