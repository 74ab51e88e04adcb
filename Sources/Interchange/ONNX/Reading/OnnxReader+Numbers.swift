import Networks

extension OnnxReader {
  /// Integers that a constant says, or that nodes computed.
  func computed(_ number: Int) throws(OnnxProblem) -> (shape: [Int], values: [Int]) {
    if hasInput(number), let known = numbers[node.input[number]] {
      return (known.shape, known.values)
    }
    let tensor = try tensor(number)
    return (tensor.shape, try tensor.integers())
  }

  /// Whether an input is a constant, or integers that nodes computed.
  private func isKnown(_ name: String) -> Bool {
    name.isEmpty || numbers[name] != nil || graph.constants[name] != nil
  }

  /// Reads a node that computes integers for nodes that take extents or axes; answers whether it is one.
  mutating func readNumbers() throws(OnnxProblem) -> Bool {
    guard let name = node.output.first else { return false }
    if node.opType == "Shape" {
      let attributes = try attributes("start", "end")
      try attributes.check("start", attributes.integer("start", 0) == 0)
      let value = try value(0)
      let all = [-1] + shape(value).extents + Array(repeating: 1, count: value.ones)
      let end = axis(attributes.integer("end", all.count), rank: all.count)
      numbers[name] = OnnxNumbers(Array(all.prefix(max(0, end))))
      return true
    }
    guard !node.input.isEmpty, node.input.allSatisfy(isKnown) else { return false }
    guard let result = try number() else { throw uncovered(.operation) }
    numbers[name] = result
    return true
  }

  /// What the node computes of integers, or nothing.
  private func number() throws(OnnxProblem) -> OnnxNumbers? {
    let first = try computed(0)
    if node.opType == "ConstantOfShape" {
      let value = node.attribute.first { $0.name == "value" }?.t
      guard let count = first.values.first, first.values.count == 1,
        (0...OnnxNumbers.limit).contains(count)
      else { return nil }
      let filler = try value.map { message throws(OnnxProblem) in
        try OnnxTensor(message, named: node.name).integers().first
      }
      return OnnxNumbers(Array(repeating: (filler ?? 0) ?? 0, count: count))
    }
    guard let numbers = OnnxNumbers(shape: first.shape, values: first.values) else { return nil }
    switch node.opType {
    case "Unsqueeze", "Squeeze": return OnnxNumbers(numbers.values)
    case "Cast", "Identity": return numbers
    case "Transpose": return numbers.transposed
    case "Reshape": return numbers.reshaped(try computed(1).values)
    case "Gather":
      return numbers.rows(try computed(1).values.map { axis($0, rank: numbers.values.count) })
    case "Concat":
      var all: [Int] = []
      for number in node.input.indices where all.count <= OnnxNumbers.limit {
        all += try computed(number).values
      }
      return OnnxNumbers(all)
    case "Slice":
      let (starts, ends) = (try computed(1).values, try computed(2).values)
      let axes = hasInput(3) ? try computed(3).values : [0]
      let steps = hasInput(4) ? try computed(4).values : [1]
      guard starts.count == 1, ends.count == 1, axes == [0], steps.count == 1 else { return nil }
      return numbers.slice(from: starts[0], to: ends[0], step: steps[0])
    default: return nil
    }
  }
}
