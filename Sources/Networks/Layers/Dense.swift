/// A fully connected layer; inputs with spatial extents are flattened first, as in Gluon.
///
/// The weight is `[units, features]`, the bias `[units]`.
package struct Dense: Hashable, Sendable {
  package var units: Int
  package var hasBias = true

  /// What the bias starts at, whatever the scheme; nothing leaves it to the scheme.
  package var biasStart: Double?

  /// Applied to the sum and bias, as Gluon's `activation` argument.
  package var activation: Activation?

  /// A dense layer with bias and no activation.
  package init(units: Int) { self.units = units }
}
