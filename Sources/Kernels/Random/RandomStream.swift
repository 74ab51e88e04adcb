/// A seeded, counter-based source of random words: word n is a mix of a key and n.
///
/// The key comes from a seed, a stream and a step, so every parameter, layer and step has its own
/// sequence whatever the order of use, and threads can begin anywhere in it. The mix is that of
/// SplitMix64 (Steele, Lea and Flood, 2014). Not for secrets.
package struct RandomStream: Equatable, Sendable {
  let key: UInt64
  /// Words drawn so far.
  package var position: UInt64

  /// The numbers of a seed, a stream and a step.
  package init(seed: UInt64, stream: UInt64 = 0, step: UInt64 = 0) {
    let seeded = Self.mix(seed &+ Self.golden)
    let streamed = Self.mix(seeded ^ Self.mix(stream &+ 2 &* Self.golden))
    key = Self.mix(streamed ^ Self.mix(step &+ 3 &* Self.golden))
    position = 0
  }

  /// A stream named by text, such as the path of a parameter.
  package init(seed: UInt64, name: String, step: UInt64 = 0) {
    self.init(seed: seed, stream: Self.hash(name), step: step)
  }

  /// The 64-bit FNV-1a hash of the UTF-8 bytes, the same on every machine and in every run.
  package static func hash(_ name: String) -> UInt64 {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in name.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    return hash
  }

  /// The next 64 random bits.
  package mutating func next() -> UInt64 {
    position &+= 1
    return Self.mix(key &+ position &* Self.golden)
  }

  /// A whole number in `0..<bound`, each equally likely (Lemire, 2019); `bound` is positive.
  package mutating func next(below bound: Int) -> Int {
    let range = UInt64(bound)
    var product = next().multipliedFullWidth(by: range)
    if product.low < range {
      let threshold = (0 &- range) % range
      while product.low < threshold { product = next().multipliedFullWidth(by: range) }
    }
    return Int(product.high)
  }

  /// A multiple of 2⁻⁵³ in 0..<1.
  package mutating func uniform() -> Double { Double(next() >> 11) * 0x1p-53 }

  /// Puts the numbers from zero in a random order (Fisher and Yates; Durstenfeld, 1964).
  package mutating func permute(_ values: UnsafeMutablePointer<Int32>, count: Int) {
    for index in 0..<count { values[index] = Int32(truncatingIfNeeded: index) }
    shuffle(values, count: count)
  }

  /// Shuffles what is there.
  package mutating func shuffle(_ values: UnsafeMutablePointer<Int32>, count: Int) {
    var last = count &- 1
    while last > 0 {
      let other = next(below: last &+ 1)
      (values[last], values[other]) = (values[other], values[last])
      last &-= 1
    }
  }

  static let golden: UInt64 = 0x9e37_79b9_7f4a_7c15

  @inline(__always) static func mix(_ value: UInt64) -> UInt64 {
    var z = value
    z = (z ^ (z &>> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z &>> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z &>> 31)
  }
}
