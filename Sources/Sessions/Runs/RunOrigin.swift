import Training

/// What a run began with, as it can be set up again in another session.
struct RunOrigin: Sendable {
  /// The networks that learn side by side, in their order.
  let names: [String]

  /// The command that began it.
  let command: String

  /// The commands that made its data, and by what that is known again.
  let dataCommands: [String]
  let fingerprint: Fingerprint

  /// The data, where it is at hand.
  var data: Dataset?
}
