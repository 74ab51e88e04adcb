/// The tensors of a pickle with their names: the keys that lead to them, joined by dots.
struct CheckpointTensors {
  /// A tensor with its name.
  struct Named: Equatable {
    let name: String
    let tensor: TensorReference
  }

  /// Keys under which programs keep the tensors of a model beside other things.
  static let wrappers: Set<String> = [
    "state_dict", "model_state_dict", "model_state", "model", "net", "network", "params", "weights",
  ]

  static let depthLimit = 64
  static let tensorLimit = 1 << 17

  /// The longest name, in bytes.
  static let nameLimit = 1000

  /// In the order of the pickle.
  private(set) var named: [Named] = []

  /// The keys that led to all of these tensors and are left off, joined by dots; empty where there are none.
  private(set) var wrapper = ""

  /// The keys beside the wrapper whose tensors are left out, such as `optimizer`.
  private(set) var leftOut: [String] = []
  private let contents: PickleContents
  private let valueLimit: Int
  private var values = 0
  private var names: Set<String> = []

  /// The containers on the way to the current value.
  private var path: Set<Container> = []

  /// Which containers hold tensors, as far as it was asked.
  private var holdings: [Container: Bool] = [:]

  /// A value that holds others.
  private enum Container: Hashable {
    case sequence(Int)
    case dictionary(Int)
  }

  /// Finds the tensors of a pickle of so many bytes; a tensor that is all there is takes the name given.
  ///
  /// Where a dictionary holds its tensors in dictionaries of which one has a key that stands for a model, the
  /// tensors of that one are taken, without the key.
  init(_ contents: PickleContents, length: Int, alone name: String) throws(CheckpointProblem) {
    self.contents = contents
    valueLimit = 2 * length + 1000
    if case .tensor(let index) = contents.root {
      try add(contents.tensors[index], named: name)
    } else {
      try collect(try unwrapped(contents.root), name: "", isNamed: true, depth: 0)
    }
    if named.isEmpty { throw .noTensors }
  }

  /// The value within the keys that stand for a model.
  private mutating func unwrapped(
    _ root: PickleContents.Value
  ) throws(CheckpointProblem) -> PickleContents.Value {
    var value = root
    for _ in 0..<Self.depthLimit {
      guard case .dictionary(let index) = value else { return value }
      var models: [(key: String, value: PickleContents.Value)] = []
      var others: [String] = []
      for entry in contents.dictionaries[index] where try holdsTensor(entry.value, name: wrapper) {
        if case .text(let key) = entry.key, Self.wrappers.contains(key),
          case .dictionary = entry.value
        {
          models.append((key, entry.value))
        } else if case .tensor = entry.value {
          return value
        } else if case .text(let key) = entry.key {
          others.append(key)
        }
      }
      guard models.count == 1 else { return value }
      wrapper += (wrapper.isEmpty ? "" : ".") + models[0].key
      leftOut += others
      value = models[0].value
    }
    return value
  }

  /// Whether a value is a tensor or holds one; each container is looked through once.
  private mutating func holdsTensor(
    _ value: PickleContents.Value, name: String, depth: Int = 0
  ) throws(CheckpointProblem) -> Bool {
    if case .tensor = value { return true }
    guard let container = Self.container(value) else { return false }
    if let known = holdings[container] { return known }
    guard depth < Self.depthLimit else { throw .tooDeep(name, limit: Self.depthLimit) }
    holdings[container] = false
    for member in members(of: container)
    where try holdsTensor(member, name: name, depth: depth + 1) {
      holdings[container] = true
      return true
    }
    return false
  }

  private mutating func collect(
    _ value: PickleContents.Value, name: String, isNamed: Bool, depth: Int
  ) throws(CheckpointProblem) {
    values += 1
    guard values <= valueLimit else { throw .tooManyValues(limit: valueLimit) }
    if case .tensor(let index) = value {
      guard isNamed else { throw .unnamed(name) }
      return try add(contents.tensors[index], named: name)
    }
    guard let container = Self.container(value), try holdsTensor(value, name: name) else { return }
    guard depth < Self.depthLimit else { throw .tooDeep(name, limit: Self.depthLimit) }
    guard path.insert(container).inserted else { throw .cycle(name) }
    defer { path.remove(container) }
    switch container {
    case .sequence(let index):
      for (place, member) in contents.sequences[index].enumerated() {
        try collect(
          member, name: Self.joined(name, String(place)), isNamed: isNamed, depth: depth + 1)
      }
    case .dictionary(let index):
      for entry in contents.dictionaries[index] {
        let key = Self.key(entry.key)
        try collect(
          entry.value, name: try checked(key.map { Self.joined(name, $0) } ?? name),
          isNamed: isNamed && key != nil, depth: depth + 1)
      }
    }
  }

  private mutating func add(
    _ tensor: TensorReference, named name: String
  ) throws(CheckpointProblem) {
    guard names.insert(name).inserted else { throw .duplicateName(name) }
    guard named.count < Self.tensorLimit else { throw .tooManyTensors(limit: Self.tensorLimit) }
    named.append(Named(name: name, tensor: tensor))
  }

  private func checked(_ name: String) throws(CheckpointProblem) -> String {
    guard name.utf8.count <= Self.nameLimit else {
      throw .nameTooLong(name, limit: Self.nameLimit)
    }
    return name
  }

  private func members(of container: Container) -> [PickleContents.Value] {
    switch container {
    case .sequence(let index): contents.sequences[index]
    case .dictionary(let index): contents.dictionaries[index].map(\.value)
    }
  }

  private static func container(_ value: PickleContents.Value) -> Container? {
    switch value {
    case .sequence(let index, isList: _): .sequence(index)
    case .dictionary(let index): .dictionary(index)
    case .number, .text, .storage, .tensor, .global, .irrelevant: nil
    }
  }

  private static func key(_ value: PickleContents.Value) -> String? {
    switch value {
    case .text(let text): text
    case .number(let number): String(number)
    case .sequence, .dictionary, .storage, .tensor, .global, .irrelevant: nil
    }
  }

  private static func joined(_ name: String, _ key: String) -> String {
    name.isEmpty ? key : "\(name).\(key)"
  }
}
