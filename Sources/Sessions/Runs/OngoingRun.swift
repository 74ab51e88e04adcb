import Engine
import Language
import Networks
import Training

/// The run that is going on, as the session that began it knows it.
struct OngoingRun {
  /// Tells the run from any other; states that were during it carry it.
  let number = Stamp.next()

  /// A network that learns in the run.
  struct Lane {
    let name: String

    /// The architecture that the trainer has, by its stamp.
    var stamp: Int

    /// What edits of the current statement have taken from the state before it.
    var taken: (statement: Int, keys: Set<ParameterKey>) = (0, [])

    /// Whether it was said that it has diverged.
    var isReported = false
  }

  /// The networks that learn side by side.
  var lanes: [Lane]

  /// Whether it shall be said that the run has come to rest.
  var isRestAwaited = false

  /// The command that began it.
  let command: SourceRange
  let data: Dataset
  let loss: Loss

  /// What it began with, as it can be set up elsewhere.
  let origin: RunOrigin

  /// The files that the networks are written to meanwhile.
  var checkpoints: CheckpointFiles?

  /// The names of the networks.
  var names: [String] { lanes.map(\.name) }

  /// The names as they are said: `plain and residual`.
  var title: String { Self.joined(names) }

  /// Names as they are said: `a, b and c`.
  static func joined(_ names: [String]) -> String {
    guard let last = names.last, names.count > 1 else { return names.first ?? "" }
    return names.dropLast().joined(separator: ", ") + " and " + last
  }
}
