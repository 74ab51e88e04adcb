/// Carries out the instructions of a pickle without running anything: names stand for themselves, and calls of
/// the few that are known make the values that they would make.
struct PickleMachine {
  /// The longest pickle that is read, in bytes.
  static let lengthLimit = 1 << 24

  /// Bytes that one byte of a pickle can make us hold, at most.
  static let expansion = 128

  typealias Value = PickleContents.Value

  /// What has been made so far.
  var contents = PickleContents()

  /// The pickle's bytes, at the instruction that is carried out.
  private(set) var bytes: PickleBytes
  private var stack: [Value] = []

  /// Where in the stack the marks stand.
  private var marks: [Int] = []

  /// Values that are kept by number.
  private var memo: [Value] = []

  private init(_ bytes: [UInt8]) { self.bytes = PickleBytes(bytes) }

  /// Reads a whole pickle.
  static func contents(of bytes: [UInt8]) throws(PickleProblem) -> PickleContents {
    var machine = PickleMachine(bytes)
    while true {
      let opcode = try machine.bytes.opcode()
      if opcode == .stop { break }
      try machine.step(opcode)
    }
    machine.contents.root = try machine.pop()
    return machine.contents
  }

  private mutating func step(_ opcode: PickleOpcode) throws(PickleProblem) {
    switch opcode {
    case .stop: break
    case .proto:
      let version = UInt8(truncatingIfNeeded: try bytes.unsigned(bytes: 1))
      guard (2...5).contains(version) else {
        throw .protocolVersion(version, byte: bytes.start)
      }
    case .frame: _ = try bytes.unsigned(bytes: 8)

    case .mark: marks.append(stack.count)
    case .pop: _ = try pop()
    case .popMark: _ = try popToMark()
    case .binGet: stack.append(try kept(bytes.unsigned(bytes: 1)))
    case .longBinGet: stack.append(try kept(bytes.unsigned(bytes: 4)))
    case .binPut: try keep(at: bytes.unsigned(bytes: 1))
    case .longBinPut: try keep(at: bytes.unsigned(bytes: 4))
    case .memoize: try keep(at: memo.count)

    case .none, .newTrue, .newFalse: stack.append(.irrelevant)
    case .binInt: try pushNumber(bytes: 4)
    case .binInt1: stack.append(.number(try bytes.unsigned(bytes: 1)))
    case .binInt2: stack.append(.number(try bytes.unsigned(bytes: 2)))
    case .long1: try pushNumber(bytes: bytes.unsigned(bytes: 1))
    case .long4: try pushNumber(bytes: bytes.unsigned(bytes: 4))
    case .binFloat: try pushIrrelevant(skipping: 8)
    case .binUnicode: stack.append(.text(try bytes.text(lengthBytes: 4)))
    case .shortBinUnicode: stack.append(.text(try bytes.text(lengthBytes: 1)))
    case .binUnicode8: stack.append(.text(try bytes.text(lengthBytes: 8)))
    case .binBytes: try pushIrrelevant(skipping: bytes.unsigned(bytes: 4))
    case .shortBinBytes: try pushIrrelevant(skipping: bytes.unsigned(bytes: 1))
    case .binBytes8: try pushIrrelevant(skipping: bytes.unsigned(bytes: 8))

    case .emptyTuple: push(sequence: [], isList: false)
    case .tuple: push(sequence: try popToMark(), isList: false)
    case .tuple1: push(sequence: try pop(1), isList: false)
    case .tuple2: push(sequence: try pop(2), isList: false)
    case .tuple3: push(sequence: try pop(3), isList: false)
    case .emptyList: push(sequence: [], isList: true)
    case .append: try append(pop(1))
    case .appends: try append(popToMark())
    case .emptyDict: pushDictionary()
    case .setItem: try setItems(pop(2))
    case .setItems: try setItems(popToMark())
    case .emptySet: stack.append(.irrelevant)
    case .addItems:
      _ = try popToMark()
      stack.append(try pop())
    case .frozenSet:
      _ = try popToMark()
      stack.append(.irrelevant)

    case .global: try pushGlobal(module: bytes.line(), name: bytes.line())
    case .stackGlobal:
      guard case .text(let name) = try pop(), case .text(let module) = try pop() else {
        throw mistake(.moduleAndName)
      }
      try pushGlobal(module: module, name: name)
    case .reduce:
      let arguments = try pop()
      stack.append(try call(pop(), arguments))
    case .build:
      // Attributes of a dictionary that remembers the order of its keys: versions of modules.
      _ = try pop()
      let value = try pop()
      guard case .dictionary = value else { throw mistake(.dictionary) }
      stack.append(value)
    case .binPersID: stack.append(try storage(pop()))
    }
  }

  /// The problem that the current instruction needs something else.
  func mistake(_ operand: PickleProblem.Operand) -> PickleProblem {
    .operand(operand, byte: bytes.start)
  }

  /// A dictionary without keys.
  mutating func emptyDictionary() -> Value {
    contents.dictionaries.append([])
    return .dictionary(contents.dictionaries.count - 1)
  }

  // MARK: The stack

  private mutating func pop() throws(PickleProblem) -> Value {
    guard stack.count > marks.last ?? 0, let value = stack.popLast() else { throw mistake(.value) }
    return value
  }

  /// The topmost values, the last one last.
  private mutating func pop(_ count: Int) throws(PickleProblem) -> [Value] {
    guard stack.count - (marks.last ?? 0) >= count else { throw mistake(.value) }
    defer { stack.removeLast(count) }
    return Array(stack.suffix(count))
  }

  private mutating func popToMark() throws(PickleProblem) -> [Value] {
    guard let mark = marks.popLast() else { throw mistake(.mark) }
    defer { stack.removeLast(stack.count - mark) }
    return Array(stack[mark...])
  }

  private func kept(_ number: Int) throws(PickleProblem) -> Value {
    guard number < memo.count else { throw mistake(.memo) }
    return memo[number]
  }

  /// Keeps the topmost value; numbers are given in turn.
  private mutating func keep(at number: Int) throws(PickleProblem) {
    guard stack.count > marks.last ?? 0, let value = stack.last else { throw mistake(.value) }
    if number < memo.count {
      memo[number] = value
    } else if number == memo.count {
      memo.append(value)
    } else {
      throw mistake(.memoIndex)
    }
  }

  // MARK: Values

  private mutating func pushNumber(bytes count: Int) throws(PickleProblem) {
    stack.append(try bytes.signed(bytes: count).map { .number($0) } ?? .irrelevant)
  }

  private mutating func pushIrrelevant(skipping count: Int) throws(PickleProblem) {
    try bytes.skip(count)
    stack.append(.irrelevant)
  }

  private mutating func push(sequence: [Value], isList: Bool) {
    contents.sequences.append(sequence)
    stack.append(.sequence(contents.sequences.count - 1, isList: isList))
  }

  private mutating func pushDictionary() { stack.append(emptyDictionary()) }

  private mutating func append(_ values: [Value]) throws(PickleProblem) {
    guard stack.count > marks.last ?? 0, case .sequence(let index, isList: true)? = stack.last
    else { throw mistake(.list) }
    contents.sequences[index] += values
  }

  private mutating func setItems(_ values: [Value]) throws(PickleProblem) {
    guard stack.count > marks.last ?? 0, case .dictionary(let index)? = stack.last else {
      throw mistake(.dictionary)
    }
    guard values.count.isMultiple(of: 2) else { throw mistake(.pairs) }
    for place in stride(from: 0, to: values.count, by: 2) {
      contents.dictionaries[index].append(.init(key: values[place], value: values[place + 1]))
    }
  }

  private mutating func pushGlobal(module: String, name: String) throws(PickleProblem) {
    guard let global = PickleGlobal(module: module, name: name) else {
      throw .global("\(module).\(name)", byte: bytes.start)
    }
    stack.append(.global(global))
  }
}
