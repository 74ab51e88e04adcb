/// The description of an array in an `.npy` file: `{'descr': '<f4', 'fortran_order': False, 'shape': (3, 4), }`.
struct NpyHeader {
  let type: ElementType
  let shape: [Int]

  /// Element types by NumPy's names, of which single bytes may have any order.
  private static let types: [String: ElementType] = [
    "f8": .float64, "f4": .float32, "f2": .float16, "i8": .int64, "i4": .int32, "i2": .int16,
    "i1": .int8, "u8": .uint64, "u4": .uint32, "u2": .uint16, "u1": .uint8, "b1": .bool,
  ]

  /// Reads a header; throws where it is none, or of an array that cannot be read as it lies.
  init(_ bytes: [UInt8]) throws(ArrayProblem) {
    let text = String(decoding: bytes, as: UTF8.self)
    guard let descriptor = Self.value(of: "descr", in: text),
      let order = Self.value(of: "fortran_order", in: text),
      let tuple = Self.value(of: "shape", in: text), let shape = Self.extents(tuple),
      order.hasPrefix("False") || order.hasPrefix("True")
    else {
      throw .npyHeader(
        found: text.split(whereSeparator: \.isWhitespace).joined(separator: " "))
    }
    type = try Self.type(descriptor)
    if order.hasPrefix("True") && shape.count > 1 { throw .columnMajor }
    self.shape = shape
  }

  /// What follows a key and its colon.
  private static func value(of key: String, in text: String) -> Substring? {
    for quote in ["'", "\""] {
      guard let found = text.firstRange(of: quote + key + quote) else { continue }
      let rest = text[found.upperBound...].drop(while: \.isWhitespace)
      guard rest.first == ":" else { return nil }
      return rest.dropFirst().drop(while: \.isWhitespace)
    }
    return nil
  }

  private static func type(_ descriptor: Substring) throws(ArrayProblem) -> ElementType {
    guard let quote = descriptor.first, quote == "'" || quote == "\"" else {
      throw .npyType(found: String(descriptor.prefix { $0 != ":" }.prefix(40)))
    }
    let name = descriptor.dropFirst().prefix { $0 != quote }
    guard let order = name.first, let type = types[String(name.dropFirst())],
      order == "<" || (order == "|" && type.size == 1)
    else {
      throw .npyType(found: String(name.prefix(40)))
    }
    return type
  }

  /// The numbers of `(3, 4)`, `(3,)` or `()`.
  private static func extents(_ tuple: Substring) -> [Int]? {
    guard tuple.first == "(", let end = tuple.firstIndex(of: ")") else { return nil }
    let inside = tuple[tuple.index(after: tuple.startIndex)..<end]
    var fields = inside.split(separator: ",", omittingEmptySubsequences: false)
      .map { $0.filter { !$0.isWhitespace } }
    if fields.last == "" { fields.removeLast() }
    var extents: [Int] = []
    for field in fields {
      guard let extent = Int(field), extent >= 0 else { return nil }
      extents.append(extent)
    }
    return extents
  }
}
