/// Zeroes values at random while training and scales the others by 1 / (1 − rate).
///
/// After Srivastava et al. 2014.
package struct Dropout: Hashable, Sendable {
  /// The share that is zeroed, at least 0 and below 1.
  package var rate: Double

  /// Dropout at a rate.
  package init(rate: Double) { self.rate = rate }
}

extension Dropout: LayerDefinition {
  static let row = KindRow(
    "zeroes values at random while training", .regularization,
    [.positional("rate", .share, default: "0.5", "share that is zeroed")]
  ) { .dropout(Dropout(rate: $0.number("rate"))) }

  func write(to arguments: inout Arguments) { arguments["rate"] = .number(rate) }
  var kind: Kind { .dropout }
}
