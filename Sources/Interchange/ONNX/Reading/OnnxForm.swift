import Networks

/// The form of a network that is found again in steps: chains, and joins of branches.
indirect enum OnnxForm {
  case layer(Int)

  /// The sum of two branches that read the output of `from`.
  case residual(Int, from: Int, [[OnnxForm]])
  case parallel(Int, Parallel.Join, from: Int, [[OnnxForm]])

  /// The step that gives what this gives.
  var step: Int {
    switch self {
    case .layer(let step), .residual(let step, _, _), .parallel(let step, _, _, _): step
    }
  }
}

/// Finds the form: what lies between a join and the step that dominates it are its branches.
struct OnnxFormFinder {
  private let graph: OnnxGraph
  private let steps: [OnnxStep]
  private let dominators: OnnxDominators
  private var isTaken: [Bool]

  /// Prepares to find the form of steps.
  init(_ steps: [OnnxStep], of graph: OnnxGraph) {
    self.graph = graph
    self.steps = steps
    dominators = OnnxDominators(steps)
    isTaken = Array(repeating: false, count: steps.count)
  }

  /// The form of all that leads from the input to a step.
  ///
  /// - Throws: The first step, from the end on, that belongs to two branches, or is a part of nothing.
  func form(to step: Int) throws(OnnxProblem) -> [OnnxForm] {
    var finder = self
    return try finder.chain(from: 0, to: step, depth: 0)
  }

  /// The steps through which all leads to a step, the nearest first.
  func ways(to step: Int) -> some Sequence<Int> {
    sequence(first: step) { $0 == 0 ? nil : dominators[$0] }
  }

  private mutating func chain(from start: Int, to end: Int, depth: Int) throws(OnnxProblem)
    -> [OnnxForm]
  {
    var result: [OnnxForm] = []
    var current = end
    while current != start {
      let step = steps[current]
      if isTaken[current] || current == 0 { throw uncovered(step, .shared) }
      isTaken[current] = true
      switch step.form {
      case .layer:
        result.append(.layer(current))
        current = step.inputs[0]
      case .sum:
        let branches = try branches(step, of: current, depth)
        result.append(
          branches.count == 2
            ? .residual(current, from: dominators[current], branches)
            : .parallel(current, .add, from: dominators[current], branches))
        current = dominators[current]
      case .join(let join):
        let branches = try branches(step, of: current, depth)
        result.append(.parallel(current, join, from: dominators[current], branches))
        current = dominators[current]
      case .input, .part: throw uncovered(step, .operation)
      }
    }
    return result.reversed()
  }

  private mutating func branches(_ step: OnnxStep, of join: Int, _ depth: Int)
    throws(OnnxProblem) -> [[OnnxForm]]
  {
    // Each level is a block and the sequential inside.
    let limit = NetworkLimits.nesting
    if depth >= limit / 2 { throw uncovered(step, .nesting(limit: limit)) }
    let source = dominators[join]
    var ends = members(of: step, from: source)
    if step.form.isJoin(.highway) {
      guard ends.last == source else { throw uncovered(step, .shared) }
      ends.removeLast()
    }
    var result: [[OnnxForm]] = []
    for end in ends { result.append(try chain(from: source, to: end, depth: depth + 1)) }
    return result
  }

  /// What is joined; sums of sums, and products of products, are joined at once.
  private mutating func members(of step: OnnxStep, from source: Int) -> [Int] {
    var members = step.inputs
    while let first = members.first, first != source, dominators[first] == source,
      steps[first].inputs.count == 2, !isTaken[first], users[first] == 1
    {
      switch (step.form, steps[first].form) {
      case (.sum, .sum) where !graph.isOwn: break
      case (.join(.multiply), .join(.multiply))
      where !graph.isOwn || steps[first].name.hasPrefix(step.name + ".product"): break
      default: return members
      }
      isTaken[first] = true
      members.replaceSubrange(0..<1, with: steps[first].inputs)
    }
    return members
  }

  /// How many steps take each step.
  private lazy var users: [Int] = {
    var result = Array(repeating: 0, count: steps.count)
    for step in steps { for input in step.inputs { result[input] += 1 } }
    return result
  }()

  private func uncovered(_ step: OnnxStep, _ reason: OnnxProblem.Uncovered) -> OnnxProblem {
    guard let node = step.node else { return .undefined(value: graph.output, place: nil) }
    return .uncovered(graph.place(node), reason, readSoFar: [])
  }
}
