import Networks

/// What the classes of blocks have in common in all frameworks.
extension CodeDialect {
  /// The lines of the class of a residual, shared or parallel block, behind its `class` line.
  func blockBody(_ block: BlockCode) -> [String] {
    var made =
      block.checks + words.constructor + block.kept.map { "self.\($0.name) = \($0.value)" }
    var built: [String] = []
    func add(_ lines: [String]) {
      if block.isBuiltLater { built += lines } else { made += lines }
    }
    let computed: [String]
    switch block.form {
    case .residual(let scale, let activation, let condition, let hasShortcut):
      made += assigning(block.chains[0], to: "body", indent: 8)
      if hasShortcut { add(shortcut(block.chains[1], where: condition)) }
      let function = activation.flatMap { self.function(of: $0) }
      if let activation, function == nil { made.append("self.activation = \(activation)") }
      let sum = self.sum(scale: scale, isDecided: hasShortcut && condition != nil, hasShortcut)
      let call = activation.map { _ in function ?? "self.activation" }
      computed =
        sum.dropLast() + ["return \(call.map { "\($0)(\(sum.last ?? ""))" } ?? sum.last ?? "")"]
    case .shared(let passes, let isCheckpointed):
      made += assigning(block.chains[0], to: "body", indent: 8)
      let (comment, call) = callOfBody(isCheckpointed: isCheckpointed)
      computed =
        comment
        + (isCheckpointed && passes == .one
          ? ["return \(call)"]
          : ["for _ in range(\(passes.python)):", "    x = \(call)", "return x"])
    case .branches(let join, let ranks, _):
      add(branches(block.chains))
      computed = joined(join, ranks: ranks)
    case .highway(let bias):
      made += assigning(block.chains[0], to: "body", indent: 8)
      add(assigning(block.chains[1], to: "gate", indent: 8) + gateStart(bias))
      computed = ["gate = self.gate(x)", "return gate * self.body(x) + (1 - gate) * x"]
    }
    return method("__init__(self\(block.parameters))", made)
      + (built.isEmpty ? [] : [""] + method("build(self, input_shape)", built))
      + [""] + method(words.method, computed)
  }

  private func callOfBody(isCheckpointed: Bool) -> (comment: [String], call: String) {
    let plain = "self.body(x)"
    if !isCheckpointed { return ([], plain) }
    switch checkpoint {
    case .function(let name, _): return ([], "\(name)(self.body, x)")
    case .comment(let text): return (["# \(text)"], plain)
    }
  }

  private func method(_ header: String, _ lines: [String]) -> [String] {
    ["    def \(header):"] + lines.map { "        " + $0 }
  }

  private func shortcut(_ chain: ChainCode, where condition: String?) -> [String] {
    guard let condition else { return assigning(chain, to: "shortcut", indent: 8) }
    return ["self.shortcut = \(words.noShortcut)", "if \(condition):"]
      + assigning(chain, to: "shortcut", indent: 12).map { "    " + $0 }
  }

  /// The lines that lead to the sum of body and shortcut, which is the last.
  private func sum(scale: Formula, isDecided: Bool, _ hasShortcut: Bool) -> [String] {
    let body = scale == .one ? "self.body(x)" : "\(scale.python) * self.body(x)"
    if !hasShortcut { return ["\(body) + x"] }
    guard isDecided, words.noShortcut == "None" else { return ["\(body) + self.shortcut(x)"] }
    return [
      "shortcut = x if self.shortcut is None else self.shortcut(x)", "\(body) + shortcut",
    ]
  }

  /// The lines that join branches.
  private func joined(_ join: Parallel.Join, ranks: [Int]) -> [String] {
    switch join {
    case .concatenate: return ["return \(words.concatenation)"]
    case .add: return ["return \(words.sum)"]
    case .multiply, .highway:
      let most = ranks.max() ?? 0
      let values = ranks.enumerated().map { index, own in
        let call = "self.branches[\(index)](x)"
        return own < most && own == 0 ? spreading(call, over: most) : call
      }
      if join == .multiply { return ["return \(product(values))"] }
      return ["gate = \(values.last ?? "x")", "return \(gated(values.first ?? "x"))"]
    }
  }
}

/// What most frameworks have.
extension CodeDialect {
  var handedOn: (parameters: [String], arguments: [String]) { ([], []) }

  func items(of chain: ChainCode, indent: Int) -> String { chain.items(indent: indent) }

  func chainBody(parameters: String, chain: ChainCode, checks: [String]) -> [String] {
    method(
      "__init__(self\(parameters))",
      checks + chain.lines + ["super().__init__(\(items(of: chain, indent: 8)))"])
  }

  func assigning(_ chain: ChainCode, to part: String, indent: Int) -> [String] {
    chain.lines + ["self.\(part) = \(module(of: chain, indent: indent))"]
  }

  /// A chain as one module.
  func module(of chain: ChainCode, indent: Int) -> String {
    chain.bareModule ?? "\(sequential)(\(items(of: chain, indent: indent)))"
  }

  /// The lines that put branches into a list.
  func branches(_ chains: [ChainCode], in list: String) -> [String] {
    ["self.branches = \(list)"]
      + chains.flatMap { chain in
        chain.lines + ["self.branches.append(\(module(of: chain, indent: 8)))"]
      }
  }

  func gateStart(_ bias: Formula) -> [String] { [] }

  func product(_ factors: [String]) -> String { factors.joined(separator: " * ") }

  func gated(_ value: String) -> String { "gate * \(value) + (1 - gate) * x" }

  func attribute(_ name: String) -> String { name }

  func child(_ index: Int) -> String { "\(index)" }

  func layout(_ role: ParameterRole, of layer: LayerPattern) -> TensorLayout { .ours }
}
