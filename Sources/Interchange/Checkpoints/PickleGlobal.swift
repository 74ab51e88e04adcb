/// The names of Python that a checkpoint may mention; what they stand for is known here, and none is run.
enum PickleGlobal: Equatable {
  /// A dictionary that remembers the order of its keys.
  case orderedDict

  /// A tensor over a storage.
  case rebuildTensor

  /// A tensor that learns.
  case rebuildParameter

  /// Extents, which are a tuple.
  case size

  /// A storage of elements of one type.
  case storage(ElementType)

  /// What makes a set, bytes or a device, of which nothing is needed.
  case irrelevantCall

  /// What is a value as it stands and of which nothing is needed, such as an element type.
  case irrelevantValue

  /// The name in a module; nothing where it is not known.
  init?(module: String, name: String) {
    switch (module, name) {
    case ("collections", "OrderedDict"): self = .orderedDict
    case ("torch._utils", "_rebuild_tensor_v2"): self = .rebuildTensor
    case ("torch._utils", "_rebuild_parameter"): self = .rebuildParameter
    case ("torch", "Size"): self = .size
    case ("torch", "device"), ("_codecs", "encode"), ("__builtin__", "set"), ("builtins", "set"),
      ("__builtin__", "frozenset"), ("builtins", "frozenset"):
      self = .irrelevantCall
    case ("torch", _):
      if let type = Self.storages[name] {
        self = .storage(type)
      } else if Self.types.contains(name) {
        self = .irrelevantValue
      } else {
        return nil
      }
    default: return nil
    }
  }

  private static let storages: [String: ElementType] = [
    "DoubleStorage": .float64, "FloatStorage": .float32, "HalfStorage": .float16,
    "BFloat16Storage": .bfloat16, "LongStorage": .int64, "IntStorage": .int32,
    "ShortStorage": .int16, "CharStorage": .int8, "ByteStorage": .uint8, "BoolStorage": .bool,
  ]

  private static let types: Set<String> = [
    "float64", "float32", "float16", "bfloat16", "int64", "int32", "int16", "int8", "uint8", "bool",
  ]
}
