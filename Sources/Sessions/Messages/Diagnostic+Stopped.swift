import Language

extension Diagnostic {
  /// A command that the user ended before it was through; nothing has changed.
  static func stopped(at place: String? = nil) -> Diagnostic {
    Diagnostic(
      .interrupted, (place.map { "\($0): " } ?? "") + "stopped by Ctrl-C", at: nil)
  }
}
