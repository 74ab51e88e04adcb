import Networks

/// Blocks that are alike but for their numbers, gathered by what they have in common.
struct Likenesses {
  private var order: [Pattern] = []
  private var members: [Pattern: [Pattern]] = [:]

  /// The classes made so far, by what their blocks have in common.
  private var known: [Pattern: (number: Int, positions: [Int])] = [:]

  /// Notes all blocks of a chain, those inside others first.
  mutating func collect(_ chain: [Pattern]) {
    for pattern in chain {
      pattern.chains.forEach { collect($0) }
      guard pattern.isCandidate else { continue }
      let skeleton = pattern.skeleton
      if members[skeleton] == nil { order.append(skeleton) }
      members[skeleton, default: []].append(pattern)
    }
  }

  /// Those that become a class: all residual and parallel blocks, and groups that occur more than once.
  var worthAClass: [Likeness] {
    order.compactMap { skeleton in
      guard let blocks = members[skeleton] else { return nil }
      if case .group = skeleton, blocks.count < 2 { return nil }
      return Likeness(skeleton: skeleton, blocks: blocks)
    }
  }

  /// Remembers the class of blocks, and at which of their formulas its parameters stand.
  mutating func note(_ likeness: Likeness, number: Int, positions: [Int]) {
    known[likeness.skeleton] = (number, positions)
  }

  /// A chain in which blocks of the classes made so far are calls; groups without one are gone.
  ///
  /// - Parameter depth: 0 leaves the blocks of the chain itself as they are.
  func calling(_ chain: [Pattern], at depth: Int, in parameterCounts: [Int]) -> [Pattern] {
    chain.flatMap { pattern -> [Pattern] in
      if depth > 0, let (number, positions) = known[pattern.skeleton] {
        let formulas = pattern.formulas { Array(repeating: "", count: parameterCounts[$0]) }
        return [.call(number, positions.map { formulas[$0].formula })]
      }
      let result = pattern.with(
        chains: pattern.chains.map { calling($0, at: depth + 1, in: parameterCounts) })
      if depth > 0, case .group(let list) = result { return list }
      return [result]
    }
  }
}

/// Blocks that are alike but for their numbers.
struct Likeness {
  let skeleton: Pattern
  let blocks: [Pattern]

  /// The spatial dimensions of their input.
  var rank: Int { blocks.first?.rank ?? 0 }

  /// What their class is called.
  var name: String {
    switch skeleton {
    case .residual: "ResidualBlock"
    case .parallel(let parallel):
      switch parallel.gate {
      case nil: "ParallelBlock"
      case .squeezeExcite, .weighing: "ChannelGate"
      case .highway: "HighwayBlock"
      }
    case .shared(let shared): shared.isCheckpointed ? "CheckpointedBlock" : "SharedBlock"
    case .group: "LayerGroup"
    case .layer, .loop, .call: "Block"
    }
  }

  /// A class for all of them.
  struct General {
    let parameters: [ModelCode.CodeClass.Parameter]
    let body: [Pattern]

    /// For each parameter, the first formula of a block at which it stands.
    let positions: [Int]
  }

  /// Makes a parameter of each number in which blocks differ; numbers that differ alike are one parameter.
  ///
  /// - Parameter names: The parameters of a class, by its number.
  func generalised(_ names: (Int) -> [String]) -> General {
    let rows = blocks.map { $0.formulas(names) }
    guard let first = rows.first else { return General(parameters: [], body: [], positions: []) }
    var found: [(name: String, values: [Formula], position: Int)] = []
    var formulas: [Formula] = []
    for (position, (name, formula)) in first.enumerated() {
      let values = rows.map { $0[position].formula }
      if values.allSatisfy({ $0 == formula }) {
        formulas.append(formula)
      } else if let same = found.first(where: { $0.values == values }) {
        formulas.append(.parameter(same.name))
      } else {
        let fresh = Self.fresh(PythonNames.parameter(name), among: found.map(\.name))
        found.append((fresh, values, position))
        formulas.append(.parameter(fresh))
      }
    }
    var index = 0
    let body = blocks[0].mapping { _ in
      defer { index += 1 }
      return formulas[index]
    }
    func isStride(_ name: String) -> Bool { name.hasPrefix("stride") }
    let sorted = found.filter { !isStride($0.name) } + found.filter { isStride($0.name) }
    return General(
      parameters: sorted.map { .init(name: $0.name, standard: isStride($0.name) ? 1 : nil) },
      body: [body], positions: sorted.map(\.position))
  }

  private static func fresh(_ name: String, among taken: [String]) -> String {
    var result = name
    var number = 1
    while taken.contains(result) {
      number += 1
      result = "\(name)\(number)"
    }
    return result
  }
}
