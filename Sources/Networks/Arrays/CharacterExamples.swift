/// A text to be learned character by character: windows that follow one another, and behind each of their characters
/// the next one; the end of the text tests.
package struct CharacterExamples: Sendable {
  package let train: Examples

  /// The last part of the text, where one is held out.
  package let test: Examples?
  package let vocabulary: Vocabulary

  /// Cuts a text into windows `[1, length]` of numbers; what is left at the end of a part is too short for one.
  ///
  /// - Parameter share: The share of the characters, at the end, that tests.
  /// - Returns: Nothing where a part is shorter than a window and the character behind it.
  package init?(_ text: [Unicode.Scalar], length: Int, holdingOut share: Double) {
    let vocabulary = Vocabulary(of: text)
    let tested = Int((share * Double(text.count)).rounded())
    let numbers = text.map { vocabulary.number(of: $0) ?? 0 }
    guard
      let train = Self.windows(numbers.dropLast(tested), length: length, of: vocabulary)
    else { return nil }
    let test = Self.windows(numbers.suffix(tested), length: length, of: vocabulary)
    if test == nil, tested > 0 || share > 0 { return nil }
    self.train = train
    self.test = test
    self.vocabulary = vocabulary
  }

  /// What a text of so many characters takes in memory while it is cut.
  package static func bytes(characters: Int) -> Int { AvailableMemory.bytes(characters, 24) }

  private static func windows(
    _ numbers: ArraySlice<Int32>, length: Int, of vocabulary: Vocabulary
  ) -> Examples? {
    let count = (numbers.count - 1) / max(1, length)
    guard count > 0 else { return nil }
    let start = numbers.startIndex
    let inputs = Tensor(
      shape: [count, 1, length],
      values: numbers[start..<start + count * length].map { Float($0) })
    let labels = Array(numbers[start + 1..<start + 1 + count * length])
    return Examples(
      inputs: inputs,
      targets: .maps(
        ClassMaps(
          labels: labels, extents: [length], names: vocabulary.names, vocabulary: vocabulary)))
  }
}
