import Networks

/// Calls of one class one after another, in groups of which only the first block may have another stride or the like.
struct CallRun {
  let number: Int
  let groups: [Group]

  /// The parameters that only the first block of a group is given; the others have its default.
  let leading: Set<Int>

  /// Blocks that are alike but for the leading arguments of the first.
  struct Group {
    var first: [Formula]
    var count: Int
  }

  /// A part of a chain.
  enum Part {
    case run(CallRun)
    case pattern(Pattern)
  }

  /// The parts of a chain: runs of three calls or more, and what stands between them.
  static func parts(of chain: [Pattern], in code: ModelCode) -> [Part] {
    var result: [Part] = []
    var calls: [(number: Int, arguments: [Formula], source: Int)] = []
    var sources: [Pattern] = []
    func flush() {
      defer {
        calls = []
        sources = []
      }
      if let first = calls.first, calls.count > 2,
        calls.allSatisfy({ $0.arguments.allSatisfy { $0.number != nil } }),
        let run = CallRun(first.number, calls.map(\.arguments), in: code)
      {
        result.append(.run(run))
      } else {
        result += sources.map { .pattern($0) }
      }
    }
    for pattern in chain {
      guard let (number, copies) = pattern.calls else {
        flush()
        result.append(.pattern(pattern))
        continue
      }
      if let before = calls.last, before.number != number { flush() }
      sources.append(pattern)
      calls += copies.map { (number, $0, sources.count - 1) }
    }
    flush()
    return result
  }

  /// Calls in groups; nothing where they are one group of equal calls only, or no two of a group.
  private init?(_ number: Int, _ calls: [[Formula]], in code: ModelCode) {
    let parameters = code.classes[number].parameters
    let optional = parameters.indices.filter { parameters[$0].standard != nil }
    func standard(_ index: Int) -> Formula? { parameters[index].standard.map { .literal($0) } }
    var groups: [Group] = []
    for call in calls {
      if let last = groups.last,
        call.indices.allSatisfy({ index in
          call[index] == last.first[index]
            && (!optional.contains(index) || call[index] == standard(index))
            || optional.contains(index) && call[index] == standard(index)
        })
      {
        groups[groups.count - 1].count += 1
      } else {
        groups.append(Group(first: call, count: 1))
      }
    }
    guard groups.count > 1, groups.count < calls.count else { return nil }
    self.number = number
    self.groups = groups
    leading = Set(
      optional.filter { index in groups.contains { $0.first[index] != standard(index) } })
  }

  /// The loop over the groups.
  ///
  /// - Parameter handed: What blocks are given besides numbers.
  func lines(
    from input: Formula, in code: ModelCode, _ use: CodeInputUse, handing handed: [String]
  ) -> [String] {
    let parameters = code.classes[number].parameters
    let varying = parameters.indices.filter { index in
      groups.contains { $0.first[index] != groups[0].first[index] }
    }
    let counts = Set(groups.map(\.count))
    let isCounted = counts.count > 1
    let names = varying.map { parameters[$0].name }
    let columns = names + (isCounted ? ["blocks"] : [])
    let rows = groups.map { group in
      let values = varying.map { group.first[$0].python } + (isCounted ? ["\(group.count)"] : [])
      return values.count == 1 ? values[0] : "(\(values.joined(separator: ", ")))"
    }
    let values = parameters.indices.map { index -> Formula in
      varying.contains(index) ? .parameter(parameters[index].name) : groups[0].first[index]
    }
    let arguments = parameters.indices.map { index in
      guard leading.contains(index), let standard = parameters[index].standard else {
        return values[index].python
      }
      return "\(values[index].python) if index == 0 else \(Formula.text(standard))"
    }
    let number = isCounted ? "blocks" : "\(groups[0].count)"
    let called = code.classes[self.number]
    let output = Pattern.call(self.number, values).channels(from: .parameter("inputs")) {
      code.flow(of: $0)
    }
    let isHanded = use != .never
    let call = called.call(arguments, from: .parameter("inputs"), use, handing: handed)
    let index = leading.isEmpty ? "_" : "index"
    return (isHanded ? ["inputs = \(input.python)"] : [])
      + [
        "for \(columns.joined(separator: ", ")) in [\(rows.joined(separator: ", "))]:",
        "    for \(index) in range(\(number)):",
        "        layers.append(\(call))",
      ] + (isHanded ? ["        inputs = \(output.python)"] : [])
  }

  /// The channels behind the last block.
  func channels(from input: Formula, in classes: (Int) -> Pattern.ClassFlow?) -> Formula {
    groups.reduce(input) { channels, group in
      Pattern.call(number, group.first).channels(from: channels, in: classes)
    }
  }
}

extension Pattern {
  /// The calls of one class that it is: one, or the copies of a loop of one.
  fileprivate var calls: (number: Int, copies: [[Formula]])? {
    switch self {
    case .call(let number, let arguments): return (number, [arguments])
    case .loop(let count, let list):
      guard list.count == 1, case .call(let number, let arguments) = list[0],
        let copies = count.number, copies <= 10_000
      else { return nil }
      return (number, Array(repeating: arguments, count: Int(copies)))
    case .layer, .group, .residual, .shared, .parallel: return nil
    }
  }
}
