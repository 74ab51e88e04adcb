/// A class at each position of each example, such as the mask of an image or the next characters of a text.
package struct ClassMaps: Sendable {
  /// Indices into `names`, `[count, positions…]`.
  package let labels: [Int32]

  /// The positions of one example, `[length]` or `[height, width]`; none is 0.
  package let extents: [Int]
  package let names: [String]

  /// The characters that the classes are, where inputs and targets are a text.
  package let vocabulary: Vocabulary?

  /// Joins labels and positions; there is a label for each position of each example.
  package init(labels: [Int32], extents: [Int], names: [String], vocabulary: Vocabulary? = nil) {
    self.labels = labels
    self.extents = extents
    self.names = names
    self.vocabulary = vocabulary
  }

  /// The same classes at the positions of other examples.
  package func with(labels: [Int32]) -> ClassMaps {
    ClassMaps(labels: labels, extents: extents, names: names, vocabulary: vocabulary)
  }

  /// How many positions an example has.
  package var positions: Int { extents.reduce(1, *) }

  /// The number of examples.
  package var count: Int { labels.count / max(1, positions) }

  /// The labels of one example, row-major.
  package subscript(example: Int) -> ArraySlice<Int32> {
    labels[example * positions..<(example + 1) * positions]
  }

  /// The positions as they are read: `32×32`.
  package var displayText: String { extents.map { "\($0)" }.joined(separator: "×") }
}
