import Engine
import Networks

extension RunRequest {
  /// Examples of a step, and which of them: those at its rows as they are, or changed as the recipe says.
  ///
  /// - Throws: `EngineError` where they cannot be read.
  func examples(of batch: StepBatch) throws(EngineError) -> (
    examples: Examples, rows: ArraySlice<Int>
  ) {
    if recipe.augmentation.isNone {
      if let held = batch.held { return (held, ArraySlice(0..<held.count)) }
      return (data.train, batch.rows)
    }
    let chosen: Examples
    if let held = batch.held {
      chosen = held
    } else {
      do throws(RowFault) { chosen = try data.train.held(batch.rows) } catch {
        throw EngineError(error)
      }
    }
    let examples = recipe.augmentation.applied(
      toHeld: chosen, of: batch.rows, epoch: batch.epoch, seed: recipe.seed)
    return (examples, ArraySlice(0..<examples.count))
  }
}
