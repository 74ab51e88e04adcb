extension PickleProblem {
  func prose(path: String) -> Prose {
    switch self {
    case .protocolVersion(let found, let byte):
      return Prose(
        expected: "a pickle of protocol 2 to 5 at byte \(Prose.counted(byte)) of data.pkl",
        found: "protocol \(found)", next: CheckpointProblem.rewrite)
    case .opcode(let found, let byte):
      return Prose(
        expected: "an instruction for tensors and plain values at byte \(Prose.counted(byte)) of "
          + "data.pkl",
        found: "byte 0x\(String(found, radix: 16))", next: CheckpointProblem.rewrite)
    case .global(let name, let byte):
      return Prose(
        expected: "tensors and plain values only",
        found: "\(Prose.quoted(name, limit: 80)) at byte \(Prose.counted(byte)) of data.pkl",
        next: CheckpointProblem.rewrite)
    case .endedEarly(let byte):
      return Prose(
        expected: "a whole instruction at byte \(Prose.counted(byte)) of data.pkl",
        found: "its end", next: "check that the file was copied whole")
    case .operand(let operand, let byte):
      return Prose(
        expected: "\(operand.words) for the instruction at byte \(Prose.counted(byte)) of data.pkl",
        found: "something else", next: CheckpointProblem.rewrite)
    }
  }
}

extension PickleProblem.Operand {
  fileprivate var words: String {
    switch self {
    case .value: "a value"
    case .mark: "a mark and values after it"
    case .memo: "a value that was kept under this number"
    case .memoIndex: "the next free number"
    case .text: "a text in UTF-8"
    case .length: "a length"
    case .list: "a list"
    case .dictionary: "a dictionary"
    case .pairs: "keys with values"
    case .moduleAndName: "the texts of a module and a name"
    case .callable: "a name that can be called"
    case .arguments: "the arguments of this name"
    case .storage: "'storage', its type, key, place and count"
    case .tensor: "storage, offset, shape and strides of a tensor"
    }
  }
}
