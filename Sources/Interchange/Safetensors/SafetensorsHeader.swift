/// The table of contents of a safetensors file, checked: names once each, offsets that tile the data.
struct SafetensorsHeader: Equatable {
  /// One tensor: where its bytes lie behind the header.
  struct Entry: Equatable {
    let name: String
    let type: ElementType

    /// Row-major, outermost first.
    let shape: [Int]
    let bytes: Range<Int>
  }

  /// The longest header that is read or written, in bytes; the reference implementation's limit.
  static let lengthLimit = 100_000_000

  /// The name under which the header keeps texts of the user's own.
  static let metadataName = "__metadata__"

  /// The tensors in the header's order.
  let entries: [Entry]
  let metadata: [String: String]

  /// Reads a header's JSON and checks it against the `dataSize` bytes that follow it.
  init(json: [UInt8], dataSize: Int) throws(SafetensorsProblem) {
    var scanner = HeaderScanner(json)
    var entries: [Entry] = []
    var metadata: [String: String]?
    var names: Set<String> = []
    try scanner.object { scanner, name, byte throws(SafetensorsProblem) in
      guard names.insert(name).inserted else { throw .duplicateName(name, byte: byte) }
      if name == Self.metadataName {
        metadata = try Self.metadata(&scanner)
      } else {
        entries.append(try Self.entry(&scanner, name: name))
      }
    }
    try scanner.end()
    try Self.checkTiling(entries, dataSize: dataSize)
    self.entries = entries
    self.metadata = metadata ?? [:]
  }

  private static func metadata(
    _ scanner: inout HeaderScanner
  ) throws(SafetensorsProblem) -> [String: String] {
    var result: [String: String] = [:]
    try scanner.object { scanner, key, byte throws(SafetensorsProblem) in
      guard result[key] == nil else { throw .duplicateName(key, byte: byte) }
      result[key] = try scanner.text()
    }
    return result
  }

  private static func entry(
    _ scanner: inout HeaderScanner, name: String
  ) throws(SafetensorsProblem) -> Entry {
    var typeName: String?
    var shape: [Int]?
    var offsets: [Int]?
    try scanner.object { scanner, key, byte throws(SafetensorsProblem) in
      guard let field = SafetensorsProblem.Field(rawValue: key) else {
        throw .unknownField(key, byte: byte)
      }
      switch field {
      case .dtype where typeName == nil: typeName = try scanner.text()
      case .shape where shape == nil: shape = try scanner.integers()
      case .offsets where offsets == nil: offsets = try scanner.integers(count: 2)
      case .dtype, .shape, .offsets: throw .duplicateName(key, byte: byte)
      }
    }
    guard let typeName else { throw .missingField(.dtype, tensor: name) }
    guard let shape else { throw .missingField(.shape, tensor: name) }
    guard let offsets else { throw .missingField(.offsets, tensor: name) }
    guard let type = ElementType(rawValue: typeName) else {
      throw .unknownElementType(typeName, tensor: name)
    }
    guard let size = StoredArray.size(of: type, shape: shape) else {
      throw .shapeTooLarge(tensor: name, shape: shape)
    }
    guard offsets[0] <= offsets[1] else {
      throw .offsets(tensor: name, expectedStart: 0, start: offsets[0], end: offsets[1])
    }
    guard offsets[1] - offsets[0] == size else {
      throw .byteCount(tensor: name, expected: size, found: offsets[1] - offsets[0])
    }
    return Entry(name: name, type: type, shape: shape, bytes: offsets[0]..<offsets[1])
  }

  private static func checkTiling(
    _ entries: [Entry], dataSize: Int
  ) throws(SafetensorsProblem) {
    let ordered = entries.sorted {
      ($0.bytes.lowerBound, $0.bytes.upperBound) < ($1.bytes.lowerBound, $1.bytes.upperBound)
    }
    var position = 0
    for entry in ordered {
      guard entry.bytes.lowerBound == position else {
        throw .offsets(
          tensor: entry.name, expectedStart: position, start: entry.bytes.lowerBound,
          end: entry.bytes.upperBound)
      }
      position = entry.bytes.upperBound
    }
    guard position == dataSize else { throw .dataSize(described: position, found: dataSize) }
  }
}
