import Networks

/// Sizes, parameters and prices of layers.
extension BlockExplanation {
  /// How the extents of the output come about, of a layer that changes them.
  static func sizes(of layer: any ExplainedLayer, _ facts: BlockFacts) -> [BlockFormula] {
    guard let windows = layer.windows(facts) else { return layer.sizes(facts) }
    return BlockFormula.sizes(windows, over: facts.input, to: facts.output)
  }

  /// What the layer learns, and the running statistics that it gathers.
  static func parameters(of block: Networks.Block, in network: Network) -> [BlockFormula] {
    let own = network.parameters.filter { $0.key.block == block.id }
    let parts: [(subject: String, isLearned: Bool)] = [("learned", true), ("running", false)]
    return parts.compactMap { subject, isLearned in
      let kept = own.filter { $0.isLearnable == isLearned }
      if kept.isEmpty { return nil }
      return BlockFormula(
        subject: subject, terms: terms(of: kept, block),
        value: kept.reduce(0) { $0 + $1.count })
    }
  }

  /// A sum of parameters; those of a second direction are as many as those of the first.
  private static func terms(of parameters: [ParameterSpecification], _ block: Networks.Block)
    -> String
  {
    let terms = parameters.map { "\($0.shape.asProduct) \(noun(for: $0, of: block))" }
    guard case .layer(.recurrent(let layer)) = block.form, layer.isBidirectional else {
      return terms.joined(separator: " + ")
    }
    return "2·(\(terms.prefix(terms.count / 2).joined(separator: " + ")))"
  }

  /// What the values of a parameter are called.
  private static func noun(for parameter: ParameterSpecification, of block: Networks.Block)
    -> String
  {
    let (one, several) =
      switch parameter.purpose {
      case .kernel, .projection, .recurrent, .table: ("weight", "weights")
      case .bias: ("bias", "biases")
      case .gamma: ("gamma", "gamma")
      case .beta: ("beta", "beta")
      case .runningMean: ("mean", "means")
      case .runningVariance: ("variance", "variances")
      case .given:
        if parameter.key.role != .weight {
          ("bias", "biases")
        } else if block.kind == .parametricRelu {
          ("slope", "slopes")
        } else {
          ("factor", "factors")
        }
      }
    return parameter.count == 1 ? one : several
  }

  /// The multiply-adds of a layer that has some.
  static func cost(of layer: any ExplainedLayer, _ facts: BlockFacts) -> BlockFormula? {
    guard facts.multiplyAdds != 0, let products = layer.products(facts) else { return nil }
    return BlockFormula(subject: "multiply-adds", terms: products, value: facts.multiplyAdds)
  }

  /// The sums of a container: what it learns and costs is that of its parts.
  static func sums(of block: Networks.Block, _ facts: BlockFacts, in network: Network)
    -> [BlockFormula]
  {
    var formulas: [BlockFormula] = []
    let figures: [(subject: String, of: (BlockFacts) -> Int)] = [
      ("learned", { $0.learnable }), ("running", { $0.running }),
      ("multiply-adds", { $0.multiplyAdds }),
    ]
    for (subject, figure) in figures where figure(facts) > 0 {
      let parts = block.children.map { child in
        (name: child.name, value: network.facts[child.id].map(figure) ?? 0)
      }
      var terms = sum(of: parts, isNamed: block.kind == .residual)
      let once = parts.reduce(0) { $0 + $1.value }
      if case .shared(_, let passes) = block.form, passes > 1, once < figure(facts) {
        terms = "\(passes)·" + (parts.filter { $0.value > 0 }.count > 1 ? "(\(terms))" : terms)
      }
      formulas.append(BlockFormula(subject: subject, terms: terms, value: figure(facts)))
    }
    if let size = facts.receptiveField.size, let first = size.first,
      size.allSatisfy({ $0 == first })
    {
      formulas.append(
        BlockFormula(
          subject: "receptive field", terms: Numbers.grouped(first), value: first))
    }
    return formulas
  }

  /// A sum whose terms are listed where they are few, with the names of the parts or without, and multiplied
  /// where they are alike.
  private static func sum(of parts: [(name: String, value: Int)], isNamed: Bool) -> String {
    let parts = parts.filter { $0.value > 0 }
    let terms = parts.map(\.value)
    if isNamed, terms.count > 1 {
      return parts.map { "\(Numbers.grouped($0.value)) \($0.name)" }.joined(separator: " + ")
    }
    if terms.count > 1, let first = terms.first, terms.allSatisfy({ $0 == first }) {
      return "\(terms.count)·\(Numbers.grouped(first))"
    }
    for count in (1...max(1, min(mostTerms, terms.count))).reversed() {
      let rest = terms.dropFirst(count - 1).reduce(0, +)
      let listed = (terms.prefix(count - 1) + [rest]).map(Numbers.grouped)
      let text = listed.joined(separator: " + ")
      if text.count <= mostColumns { return text }
    }
    return Numbers.grouped(terms.reduce(0, +))
  }

  private static let mostTerms = 5

  /// The columns of a line less those of the subject and of what the sum comes to.
  private static let mostColumns = 45
}
