import Language
import Networks
import Training

/// What two networks know and answer to the same inputs.
struct Answers {
  /// How far outputs are apart, or why they are not compared.
  enum Comparison {
    case otherInput(Shape, Shape)
    case otherOutput(Shape, Shape)

    /// The greatest distance on so many examples of data; of inputs drawn at random where nothing is named.
    case distance(Double, examples: Int, data: String?)
  }

  let parameters: [ParameterStore]
  let comparison: Comparison

  init(
    _ left: (name: String, known: NetworkState), _ right: (name: String, known: NetworkState),
    _ scope: CommandScope, at range: SourceRange
  ) throws {
    let (old, new) = (left.known.network, right.known.network)
    let state = scope.state
    let fits = state.data.map { $0.train.shape == old.input && $0.train.count > 0 } ?? false
    let data: Dataset
    if fits, let known = state.data {
      data = known
    } else {
      data = .random(for: old)
    }
    let requests = [left, right].map { side in
      RunRequest(
        name: side.name, network: side.known.network, learned: side.known.weights, data: data,
        recipe: state.recipe, length: .steps(0))
    }
    let isComparable = old.input == new.input && old.output == new.output
    let rows = try scope.computing(at: range) {
      isComparable ? try requests[0].nextRows() : []
    }
    let known = try scope.computing(at: range) { try data.train.rows.gathered(at: rows) }
    let inputs = zip(requests, [old, new]).map { request, network in
      let shape = [rows.count] + network.input.extents
      return (request: request, inputs: Tensor(shape: shape, values: known.values))
    }
    let answers: [(outputs: Tensor, parameters: ParameterStore)] = try scope.computing(at: range) {
      try scope.context.calculator.answers(of: inputs)
    }
    parameters = answers.map { $0.parameters }
    if old.input != new.input {
      comparison = .otherInput(old.input, new.input)
    } else if old.output != new.output {
      comparison = .otherOutput(old.output, new.output)
    } else {
      comparison = .distance(
        Self.distance(answers[0].outputs.values, answers[1].outputs.values), examples: rows.count,
        data: fits ? data.name : nil)
    }
  }

  /// The greatest distance of two rows of numbers; infinite where one is no number.
  private static func distance(_ left: [Float], _ right: [Float]) -> Double {
    var greatest = 0.0
    for (one, other) in zip(left, right) where one.bitPattern != other.bitPattern {
      let distance = abs(Double(one) - Double(other))
      greatest = max(greatest, distance.isNaN ? .infinity : distance)
    }
    return greatest
  }
}

extension Answers.Comparison {
  /// The comparison in a line.
  func text(_ left: String, _ right: String) -> String {
    switch self {
    case .otherInput(let one, let other): Self.refusal("takes", left, one, right, other)
    case .otherOutput(let one, let other): Self.refusal("gives", left, one, right, other)
    case .distance(let greatest, let count, let data):
      "outputs  max |Δ| \(Numbers.significant(greatest, digits: 3)) on "
        + (data.map { "\(Numbers.count(count, "example")) of \($0)" }
          ?? Numbers.count(count, "random input"))
    }
  }

  private static func refusal(
    _ verb: String, _ left: String, _ one: Shape, _ right: String, _ other: Shape
  ) -> String {
    "outputs are not compared: \(left) \(verb) \(one.displayText), "
      + "\(right) \(other.displayText)"
  }

  /// The comparison for programs; null where outputs are not compared.
  var data: JSON {
    guard case .distance(let greatest, let count, let data) = self else { return .null }
    return [
      "greatest_difference": .number(greatest), "examples": .integer(count),
      "data": .optional(data),
    ]
  }
}

/// How many tensors are the same to the bit.
struct Tally {
  var same = 0
  var other = 0
  var onlyLeft = 0
  var onlyRight = 0

  /// Counts them by the values that both networks have.
  init(
    _ comparison: NetworkComparison, _ left: Network, _ right: Network, _ values: [ParameterStore]
  ) {
    var known = Set(right.parameters.map(\.key))
    for specification in left.parameters {
      let key = specification.key
      guard let partner = comparison.partners[key.block] else {
        onlyLeft += 1
        continue
      }
      let match = ParameterKey(block: partner, role: key.role)
      guard known.remove(match) != nil else {
        onlyLeft += 1
        continue
      }
      let one = values[0][key]
      let two = values[1][match]
      let isSame =
        one?.shape == two?.shape
        && one?.values.map(\.bitPattern) == two?.values.map(\.bitPattern)
      if isSame { same += 1 } else { other += 1 }
    }
    onlyRight = known.count
  }

  var isSame: Bool { other + onlyLeft + onlyRight == 0 }

  /// The counts for programs.
  var data: JSON {
    [
      "same": .integer(same), "different": .integer(other), "only_from": .integer(onlyLeft),
      "only_to": .integer(onlyRight),
    ]
  }

  /// `tensors  12 the same to the bit, 3 differ, 2 only in wide`.
  func text(_ left: String, _ right: String) -> String {
    var parts = ["\(Numbers.grouped(same)) the same to the bit"]
    if other > 0 { parts.append("\(Numbers.grouped(other)) \(other == 1 ? "differs" : "differ")") }
    if onlyLeft > 0 { parts.append("\(Numbers.grouped(onlyLeft)) only in \(left)") }
    if onlyRight > 0 { parts.append("\(Numbers.grouped(onlyRight)) only in \(right)") }
    return "tensors  " + parts.joined(separator: ", ")
  }
}
