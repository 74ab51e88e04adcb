/// A number of bits, made word by word by FNV-1a.
package struct BitDigest {
  package private(set) var value: UInt64 = 0xcbf2_9ce4_8422_2325

  /// The number of no words.
  package init() {}

  /// Adds a word.
  package mutating func add(_ word: UInt64) { value = (value ^ word) &* 0x100_0000_01b3 }
}
