/// Multiplies its input by one learnable number: y = α · x, where the weight α is `[1]`.
///
/// With α = 0 at the start a residual body is silent at first: ReZero (Bachlechner et al. 2020).
package struct Scale: Hashable, Sendable {
  /// What α starts at, whatever the scheme.
  package var start = 1.0

  /// A scale that starts at a number.
  package init(start: Double = 1) { self.start = start }
}
