/// Writes numbers and texts as the bytes of a letter between processes.
struct LetterWriter {
  private(set) var bytes: [UInt8] = []

  mutating func put(_ number: Int) {
    for place in 0..<8 { bytes.append(UInt8(truncatingIfNeeded: number >> (place * 8))) }
  }

  mutating func put(_ number: Double) { put(Int(bitPattern: UInt(number.bitPattern))) }

  mutating func put(_ flag: Bool) { put(flag ? 1 : 0) }

  mutating func put(_ text: String) {
    put(text.utf8.count)
    bytes += text.utf8
  }

  mutating func put(_ texts: [String]) {
    put(texts.count)
    for text in texts { put(text) }
  }

  mutating func put(_ number: Int?) {
    put(number != nil)
    if let number { put(number) }
  }

  mutating func put(_ number: Double?) {
    put(number != nil)
    if let number { put(number) }
  }

  mutating func put(_ text: String?) {
    put(text != nil)
    if let text { put(text) }
  }

  mutating func put(_ values: [Float]) {
    put(values.count)
    values.withUnsafeBytes { bytes += $0 }
  }
}

/// Reads what a `LetterWriter` has written.
struct LetterReader {
  /// The bytes are not those of a letter.
  struct Malformed: Error {}

  private let bytes: [UInt8]
  private var place = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  mutating func number() throws(Malformed) -> Int {
    guard bytes.count - place >= 8 else { throw Malformed() }
    defer { place += 8 }
    return bytes[place..<place + 8].reversed().reduce(0) { $0 << 8 | Int($1) }
  }

  mutating func real() throws(Malformed) -> Double {
    Double(bitPattern: UInt64(UInt(bitPattern: try number())))
  }

  mutating func flag() throws(Malformed) -> Bool { try number() != 0 }

  /// A length of what follows, of which each takes so many bytes at least.
  private mutating func length(of size: Int) throws(Malformed) -> Int {
    let count = try number()
    guard count >= 0, count <= (bytes.count - place) / size else { throw Malformed() }
    return count
  }

  mutating func text() throws(Malformed) -> String {
    let count = try length(of: 1)
    defer { place += count }
    return String(decoding: bytes[place..<place + count], as: UTF8.self)
  }

  mutating func texts() throws(Malformed) -> [String] {
    var texts: [String] = []
    for _ in 0..<(try length(of: 8)) { texts.append(try text()) }
    return texts
  }

  /// How many things follow, of which each takes so many bytes at least.
  mutating func count(of size: Int = 8) throws(Malformed) -> Int { try length(of: size) }

  mutating func optionalNumber() throws(Malformed) -> Int? { try flag() ? number() : nil }
  mutating func optionalReal() throws(Malformed) -> Double? { try flag() ? real() : nil }
  mutating func optionalText() throws(Malformed) -> String? { try flag() ? text() : nil }

  mutating func floats() throws(Malformed) -> [Float] {
    let count = try length(of: 4)
    defer { place += 4 * count }
    return bytes[place..<place + 4 * count].withUnsafeBytes { bytes in
      (0..<count).map { bytes.loadUnaligned(fromByteOffset: 4 * $0, as: Float.self) }
    }
  }
}
