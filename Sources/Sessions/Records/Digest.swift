import Networks

/// A number made of values bit by bit, by which it is known whether others are the same.
struct Digest {
  private var state: UInt64 = 0xCBF2_9CE4_8422_2325

  /// Adds values in their order.
  mutating func add(_ values: [Float]) {
    for value in values { add(value.bitPattern) }
  }

  /// Adds a text.
  mutating func add(_ text: String) {
    for byte in text.utf8 { add(UInt32(byte)) }
  }

  /// Adds a number (FNV-1a, 32 bits at a time, with the upper bits folded in).
  mutating func add(_ bits: UInt32) {
    state = (state ^ UInt64(bits)) &* 0x0000_0100_0000_01B3
    state ^= state >> 29
  }

  /// Adds the inputs of examples; of very many only some rows, so that it is the same wherever they are kept.
  mutating func add(_ rows: InputRows) {
    if let tensor = rows.tensor, tensor.count <= Self.mostValues { return add(tensor.values) }
    let isLarge = rows.count * rows.rowSize > Self.mostValues
    let most = isLarge ? min(rows.count, Self.rowsLookedAt) : rows.count
    for index in 0..<most { add((try? rows.row(index * rows.count / most)) ?? []) }
  }

  /// Values of which all are looked at, and rows of more than these.
  private static let mostValues = 1 << 26
  private static let rowsLookedAt = 1024

  /// 16 hexadecimal digits.
  var text: String {
    let digits = String(state, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}

extension Digest {
  /// The number of a network's parameters, in its order.
  static func text(of network: Network, _ values: ParameterStore) -> String {
    var digest = Digest()
    for parameter in network.parameters { digest.add(values[parameter.key]?.values ?? []) }
    return digest.text
  }

  /// The number of all examples of both parts and their targets.
  ///
  /// Of more than 64 million values it is made of a thousand rows at even distances, so that it need not read all.
  static func text(of parts: [Examples?]) -> String {
    var digest = Digest()
    for examples in parts {
      guard let examples else { continue }
      digest.add(examples.rows.shape.map(String.init).joined(separator: "x"))
      digest.add(examples.rows)
      switch examples.targets {
      case .classes(let labels, let names):
        for label in labels { digest.add(UInt32(bitPattern: label)) }
        names.forEach { digest.add($0) }
      case .maps(let maps):
        digest.add(maps.extents.map(String.init).joined(separator: "x"))
        for label in maps.labels { digest.add(UInt32(bitPattern: label)) }
        maps.names.forEach { digest.add($0) }
      case .values(let tensor): digest.add(tensor.values)
      case .none: break
      }
    }
    return digest.text
  }
}
