import Language
import Training

/// What a command asks of a run.
struct RunWish {
  let length: RunRequest.Length

  /// The networks that learn, in their order.
  var names: [String]
  var watch: Watch?
  let condition: Condition?
  let range: SourceRange

  /// The command as it can be typed again.
  let command: String

  /// Where networks go on that were stopped.
  var resumptions: [String: Resumption] = [:]
}
