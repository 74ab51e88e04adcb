/// Pieces of Python that the files of all frameworks have.
enum PythonText {
  /// A text in quotes.
  static func quoted(_ text: String) -> String {
    "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
  }

  /// A function for pooling of which the last windows may be partial, as here and in PyTorch: those that would begin
  /// behind the last position are none.
  static let missing = """
    def missing(extents, sizes, strides, padding):
        \"""How many positions the last windows lack along each dimension, where partial ones count.\"""
        counts = []
        for extent, size, stride, (before, after) in zip(extents, sizes, strides, padding):
            slack = extent + before + after - size
            last = -(-slack // stride) * stride
            if last >= extent + before:
                last -= stride
            counts.append(max(0, last - slack))
        return counts
    """

  /// A tuple, also of one element.
  static func tuple(_ words: [String]) -> String {
    "(\(words.joined(separator: ", "))\(words.count == 1 ? "," : ""))"
  }
}
