/// A function of one value, or `softmax` over the channels.
package enum Activation: Hashable, Sendable {
  /// max(x, 0), the ramp.
  case relu

  /// x where positive, slope · x elsewhere.
  case leaky(slope: Double)

  case sigmoid
  case tanh

  /// x where positive, α (eˣ − 1) elsewhere.
  case elu(alpha: Double)

  /// The self-normalizing scaled ELU (Klambauer et al. 2017).
  case selu

  /// x · Φ(x), with the exact Gaussian distribution function (Hendrycks and Gimpel 2016).
  case gelu

  /// x · sigmoid(x), also called swish (Ramachandran et al. 2017).
  case silu

  /// x · tanh(softplus(x)) (Misra 2019).
  case mish

  /// ln(1 + eˣ).
  case softplus

  /// x / (1 + |x|).
  case softsign

  /// exp(x) over the sum of exp(x) along the channels.
  case softmax
}
