import Networks

extension RunRequest {
  /// Examples of a step, and which of them: those at its rows as they are, or changed as the recipe says.
  func examples(of batch: StepBatch) -> (examples: Examples, rows: ArraySlice<Int>) {
    if recipe.augmentation.isNone { return (data.train, batch.rows) }
    let examples = recipe.augmentation.applied(
      to: data.train, at: batch.rows, epoch: batch.epoch, seed: recipe.seed)
    return (examples, ArraySlice(0..<examples.count))
  }
}
