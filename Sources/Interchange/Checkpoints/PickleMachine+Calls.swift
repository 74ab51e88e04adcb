/// What calls of the names that are known make.
extension PickleMachine {
  /// The most dimensions of a tensor.
  private static let dimensionLimit = 64

  /// The value of a call.
  mutating func call(_ callee: Value, _ arguments: Value) throws(PickleProblem) -> Value {
    guard case .global(let global) = callee else { throw mistake(.callable) }
    guard case .sequence(let index, isList: false) = arguments else { throw mistake(.arguments) }
    let values = contents.sequences[index]
    switch global {
    case .orderedDict:
      guard values.isEmpty else { throw mistake(.arguments) }
      return emptyDictionary()
    case .rebuildTensor: return try tensor(values)
    case .rebuildParameter:
      guard case .tensor? = values.first else { throw mistake(.arguments) }
      return values[0]
    case .size:
      guard values.count == 1, case .sequence = values[0] else { throw mistake(.arguments) }
      return values[0]
    case .irrelevantCall: return .irrelevant
    case .storage, .irrelevantValue: throw mistake(.callable)
    }
  }

  /// A storage by what PyTorch writes for it: `('storage', type, key, place, count)`.
  mutating func storage(_ identity: Value) throws(PickleProblem) -> Value {
    guard case .sequence(let index, isList: false) = identity,
      case let parts = contents.sequences[index], parts.count == 5,
      parts[0] == .text("storage"), case .global(.storage(let type)) = parts[1],
      case .text(let key) = parts[2], case .text = parts[3],
      case .number(let count) = parts[4], count >= 0
    else { throw mistake(.storage) }
    contents.storages.append(StorageReference(key: key, type: type, count: count))
    return .storage(contents.storages.count - 1)
  }

  /// A tensor by storage, offset, shape and strides; whether it learns does not matter.
  ///
  /// What comes seventh, where there is something in it, says that the values are to be read otherwise, such as
  /// negated.
  private mutating func tensor(_ arguments: [Value]) throws(PickleProblem) -> Value {
    guard arguments.count >= 4, case .storage(let storage) = arguments[0],
      case .number(let offset) = arguments[1], offset >= 0,
      let shape = extents(arguments[2]), let strides = extents(arguments[3]),
      shape.count == strides.count, arguments.dropFirst(6).allSatisfy(isEmpty)
    else { throw mistake(.tensor) }
    contents.tensors.append(
      TensorReference(
        storage: contents.storages[storage], offset: offset, shape: shape, strides: strides))
    return .tensor(contents.tensors.count - 1)
  }

  /// Whether a value has nothing in it.
  private func isEmpty(_ value: Value) -> Bool {
    switch value {
    case .irrelevant: true
    case .sequence(let index, isList: _): contents.sequences[index].isEmpty
    case .dictionary(let index): contents.dictionaries[index].isEmpty
    case .number, .text, .storage, .tensor, .global: false
    }
  }

  /// The numbers of a tuple, of which none is negative.
  private func extents(_ value: Value) -> [Int]? {
    guard case .sequence(let index, isList: false) = value,
      contents.sequences[index].count <= Self.dimensionLimit
    else { return nil }
    var numbers: [Int] = []
    for member in contents.sequences[index] {
      guard case .number(let number) = member, number >= 0 else { return nil }
      numbers.append(number)
    }
    return numbers
  }
}
