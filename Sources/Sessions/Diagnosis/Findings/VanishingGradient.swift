import Networks

extension Observation {
  /// Hardly any gradient reaches the first layers.
  var vanishingGradient: Finding? {
    let learning = self.learning
    guard !isDead, let greatest = learning.max(by: { $0.norm < $1.norm }), greatest.norm > 0,
      let first = learning.first(where: { $0.norm < 1e-4 * greatest.norm }),
      let reached = learning.drop(while: { $0.path != first.path }).first(where: {
        $0.norm >= 1e-4 * greatest.norm
      })
    else { return nil }
    return Finding(
      symptom: .vanishing, path: first.path,
      text: "gradients vanish before \(reached.path): their norm is \(Self.number(first.norm)) at "
        + "\(first.path), \(Self.number(greatest.norm)) at \(greatest.path)",
      meaning:
        "the layers before it hardly learn: each layer on the way back takes a part of the gradient",
      figures: [
        "gradient_norm": .number(first.norm), "greatest": .number(greatest.norm),
        "greatest_path": .text(greatest.path), "before": .text(reached.path),
      ], remedies: awakening)
  }

  /// The layers that learn, in the order of execution, with the norms of their gradients; those of bodies that add
  /// nothing yet are left out.
  var learning: [(path: String, norm: Double)] {
    layers.compactMap { layer in
      guard !layer.isSilent, !layer.isFrozen, let norm = layer.gradient, norm.isFinite else {
        return nil
      }
      return (layer.path, norm)
    }
  }

  /// A figure in two digits.
  static func number(_ value: Double) -> String { Numbers.significant(value, digits: 2) }
}
