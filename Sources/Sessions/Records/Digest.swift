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
  static func text(of parts: [Examples?]) -> String {
    var digest = Digest()
    for examples in parts {
      guard let examples else { continue }
      digest.add(examples.inputs.shape.map(String.init).joined(separator: "x"))
      digest.add(examples.inputs.values)
      switch examples.targets {
      case .classes(let labels, let names):
        for label in labels { digest.add(UInt32(bitPattern: label)) }
        names.forEach { digest.add($0) }
      case .values(let tensor): digest.add(tensor.values)
      case .none: break
      }
    }
    return digest.text
  }
}
