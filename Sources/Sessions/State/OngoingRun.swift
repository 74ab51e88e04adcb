import Engine
import Language
import Networks
import Training

/// The run that is going on, as the session that began it knows it.
struct OngoingRun {
  /// Tells the run from any other; states that were during it carry it.
  let number = Stamp.next()

  /// The network that learns.
  let name: String

  /// The command that began it.
  let command: SourceRange
  let data: Dataset
  let loss: Loss

  /// The architecture that the trainer has, by its stamp.
  var stamp: Int

  /// What edits of the statement in hand have taken from the state before it.
  var taken: (statement: Int, keys: Set<ParameterKey>) = (0, [])
}
