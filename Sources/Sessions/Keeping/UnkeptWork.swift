import Language

/// Networks that are not on disk as they are, and why they could not be written.
struct UnkeptWork: Hashable, Sendable {
  let names: [String]
  let reason: String

  /// What refuses to leave without them.
  ///
  /// - Parameter current: the network that `save` would write.
  func refusal(current: String, at range: SourceRange?) -> Diagnostic {
    let shown = names.prefix(Self.mostNames).joined(separator: ", ")
    let more = names.count > Self.mostNames ? " and \(names.count - Self.mostNames) more" : ""
    return Diagnostic(
      .state, "\(shown)\(more) would be lost, as autosave cannot keep it: \(reason)", at: range,
      notes: [Diagnostic.Note("quit or Ctrl-D once more leaves without it")],
      offers: names.contains(current) ? ["save \(current).safetensors"] : [])
  }

  private static let mostNames = 3
}
