/// Numbers between -1 and 1, always the same.
struct TestNumbers {
  private var state: UInt64 = 0x9e37_79b9_7f4a_7c15

  mutating func next() -> Float {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return Float(state >> 40) / Float(1 << 23) - 1
  }
}
