import Networks

extension TextExamples {
  /// All of it as bytes.
  var encoded: [UInt8] {
    var writer = ByteRecord()
    writer.add(name)
    writer.add(remark.map { [$0] } ?? [])
    writer.add(files)
    writer.add(rowShape)
    writer.add(counts)
    for targets in targets {
      switch targets {
      case .classes(let labels, let names):
        writer.add(1)
        writer.add(names)
        writer.add(labels.map { UInt32(bitPattern: $0) })
      case .values(let tensor):
        writer.add(2)
        writer.add(tensor.shape)
        writer.add(tensor.values.map(\.bitPattern))
      case .maps, .none: writer.add(0)
      }
    }
    return writer.bytes
  }

  /// What bytes say; nothing where they are no such record, or one that does not agree with itself.
  init?(encoded bytes: [UInt8]) {
    var reader = ByteRecord(bytes)
    guard let name = reader.takeText(), let remarks = reader.takeTexts(),
      let files = reader.takeTexts(), let rowShape = reader.takeNumbers(),
      let counts = reader.takeNumbers(), (1...2).contains(counts.count),
      (1...Shape.maximumRank).contains(rowShape.count), rowShape.allSatisfy({ $0 > 0 }),
      counts.allSatisfy({ (1...Int(Int32.max)).contains($0) })
    else { return nil }
    var targets: [Examples.Targets] = []
    for count in counts {
      guard let target = Self.targets(&reader, count: count) else { return nil }
      targets.append(target)
    }
    guard reader.isAtEnd else { return nil }
    self.init(
      name: name, remark: remarks.first, files: files, rowShape: rowShape, counts: counts,
      targets: targets)
  }

  private static func targets(_ reader: inout ByteRecord, count: Int) -> Examples.Targets? {
    switch reader.takeNumber() {
    case 0: return Examples.Targets.none
    case 1:
      guard let names = reader.takeTexts(), let words = reader.takeWords(), words.count == count,
        words.allSatisfy({ $0 < names.count })
      else { return nil }
      return .classes(words.map { Int32(bitPattern: $0) }, names: names)
    case 2:
      guard let shape = reader.takeNumbers(), let words = reader.takeWords(), shape.count == 2,
        shape[0] == count, shape[1] > 0, words.count / shape[1] == count,
        words.count % shape[1] == 0
      else { return nil }
      return .values(Tensor(shape: shape, values: words.map { Float(bitPattern: $0) }))
    case _: return nil
    }
  }
}

/// Texts and numbers as bytes, one after the other, each list behind its length.
private struct ByteRecord {
  private(set) var bytes: [UInt8] = []
  private var position = 0

  init() {}

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  var isAtEnd: Bool { position == bytes.count }

  mutating func add(_ number: Int) {
    withUnsafeBytes(of: Int64(number).littleEndian) { bytes.append(contentsOf: $0) }
  }

  mutating func add(_ text: String) {
    add(text.utf8.count)
    bytes.append(contentsOf: text.utf8)
  }

  mutating func add(_ texts: [String]) {
    add(texts.count)
    for text in texts { add(text) }
  }

  mutating func add(_ numbers: [Int]) {
    add(numbers.count)
    for number in numbers { add(number) }
  }

  mutating func add(_ words: [UInt32]) {
    add(words.count)
    bytes.reserveCapacity(bytes.count + words.count * 4)
    for word in words { withUnsafeBytes(of: word.littleEndian) { bytes.append(contentsOf: $0) } }
  }

  mutating func takeNumber() -> Int? {
    guard bytes.count - position >= 8 else { return nil }
    defer { position += 8 }
    let bits = bytes.withUnsafeBytes {
      $0.loadUnaligned(fromByteOffset: position, as: Int64.self)
    }
    return Int(Int64(littleEndian: bits))
  }

  /// The length of a list of things of at least so many bytes each.
  private mutating func takeLength(of size: Int) -> Int? {
    guard let count = takeNumber(), count >= 0, count <= (bytes.count - position) / size else {
      return nil
    }
    return count
  }

  mutating func takeText() -> String? {
    guard let count = takeLength(of: 1) else { return nil }
    defer { position += count }
    return String(validating: bytes[position..<position + count], as: UTF8.self)
  }

  mutating func takeTexts() -> [String]? {
    guard let count = takeLength(of: 8) else { return nil }
    var texts: [String] = []
    for _ in 0..<count {
      guard let text = takeText() else { return nil }
      texts.append(text)
    }
    return texts
  }

  mutating func takeNumbers() -> [Int]? {
    guard let count = takeLength(of: 8) else { return nil }
    return (0..<count).compactMap { _ in takeNumber() }
  }

  mutating func takeWords() -> [UInt32]? {
    guard let count = takeLength(of: 4) else { return nil }
    defer { position += 4 * count }
    return bytes.withUnsafeBytes { bytes in
      (0..<count).map {
        UInt32(
          littleEndian: bytes.loadUnaligned(fromByteOffset: position + 4 * $0, as: UInt32.self))
      }
    }
  }
}
