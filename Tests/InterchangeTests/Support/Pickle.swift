/// Pieces of pickles, as `torch.save` writes them.
enum Pickle {
  /// The start of a pickle of protocol 2.
  static let start: [UInt8] = [0x80, 2]

  /// Plain characters: opcodes and the lines of names.
  static func raw(_ text: String) -> [UInt8] { Array(text.utf8) }

  /// A text.
  static func text(_ text: String) -> [UInt8] {
    raw("X") + ZipBytes.little(UInt32(text.utf8.count)) + raw(text)
  }

  /// A whole number of any size.
  static func number(_ number: Int) -> [UInt8] {
    (0...255).contains(number)
      ? [0x4B, UInt8(number)] : [0x8A, 8] + ZipBytes.little(number)
  }

  /// A tuple of numbers.
  static func tuple(_ numbers: [Int]) -> [UInt8] {
    raw("(") + numbers.flatMap(number) + raw("t")
  }

  /// A tensor over a storage of so many 32-bit floats.
  static func tensor(
    key: String = "0", count: Int, offset: Int = 0, shape: [Int], strides: [Int]
  ) -> [UInt8] {
    raw("ctorch._utils\n_rebuild_tensor_v2\n((") + text("storage")
      + raw("ctorch\nFloatStorage\n") + text(key) + text("cpu") + number(count) + raw("tQ")
      + number(offset) + tuple(shape) + tuple(strides) + [0x89]
      + raw("ccollections\nOrderedDict\n)RtR")
  }

  /// A dictionary of keys with values, as a whole pickle.
  static func dictionary(_ entries: [(key: [UInt8], value: [UInt8])]) -> [UInt8] {
    start + raw("}(") + entries.flatMap { $0.key + $0.value } + raw("u.")
  }
}
