import Language

extension DiagnosticCode {
  /// Shapes that do not fit.
  package static let shape: DiagnosticCode = "E-SHAPE"

  /// A path that leads to no block, or to several where one is asked for.
  package static let path: DiagnosticCode = "E-PATH"

  /// An edit that the tree does not allow.
  package static let edit: DiagnosticCode = "E-EDIT"

  /// Something must be done before.
  package static let state: DiagnosticCode = "E-STATE"

  /// More memory than can be had.
  package static let memory: DiagnosticCode = "E-MEMORY"

  /// A file that cannot be read or written.
  package static let file: DiagnosticCode = "E-FILE"

  /// A loss that is infinite or no number.
  package static let diverged: DiagnosticCode = "E-DIVERGED"
}
