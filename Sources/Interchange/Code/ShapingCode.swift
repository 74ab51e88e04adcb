import Networks

/// Layers that give values other places, as code has them.
struct ShapingCode {
  let layer: LayerPattern
  let place: CodePlace

  private var rank: Int { layer.rank ?? 1 }

  /// Positions added before and after, along each dimension.
  var amounts: [(before: String, after: String)] {
    switch layer.slots["amount"] {
    case .number(let formula):
      return Array(repeating: (formula.python, formula.python), count: rank)
    case .fixed(.padding(.explicit(let sides))):
      return (0..<rank).map { axis in
        let side = sides[min(axis, sides.count - 1)]
        return ("\(side.before)", "\(side.after)")
      }
    case .fixed, nil: return Array(repeating: ("0", "0"), count: rank)
    }
  }

  /// The same for all sides, or nothing where they differ.
  var evenAmount: String? {
    let all = amounts.flatMap { [$0.before, $0.after] }
    return all.allSatisfy { $0 == all[0] } ? all.first : nil
  }

  var padding: Pad.Mode { Pad.Mode(rawValue: layer.word("mode")) ?? .zero }
  var upsampling: Upsample.Mode { Upsample.Mode(rawValue: layer.word("mode")) ?? .nearest }

  /// Positions for each, along each dimension.
  var factors: [String] {
    WindowCode(layer: layer, place: place).extents("factor").map(\.python)
  }

  /// One factor for all dimensions, or a tuple.
  var factor: String {
    factors.allSatisfy { $0 == factors[0] }
      ? factors.first ?? "1" : "(\(factors.joined(separator: ", ")))"
  }
}

extension LayerPattern {
  /// A word that is known, or none.
  func word(_ slot: String) -> String {
    if case .fixed(.word(let word)) = slots[slot] { word } else { "" }
  }
}
