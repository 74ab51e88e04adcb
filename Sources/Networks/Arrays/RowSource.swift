/// What rows of values are read from, such as a file of them.
package protocol RowSource: Sendable {
  /// The number of rows.
  var count: Int { get }

  /// Copies neighbouring rows, for which there is just room.
  ///
  /// Throws where they are not any more what they were when the source was opened.
  func read(_ rows: Range<Int>, into values: UnsafeMutableBufferPointer<Float>) throws(RowFault)
}

/// What is done to rows as they are read.
package protocol RowChange: Sendable {
  /// Changes whole rows of so many values.
  func apply(to values: UnsafeMutableBufferPointer<Float>, rowSize: Int)
}

/// The rows of a tensor in memory, as a source beside others.
package struct TensorRows: RowSource {
  private let tensor: Tensor

  /// The rows of a tensor `[count, …]`.
  package init(_ tensor: Tensor) { self.tensor = tensor }

  /// The number of rows.
  package var count: Int { tensor.shape[0] }

  /// Copies neighbouring rows, for which there is just room; never throws.
  package func read(
    _ rows: Range<Int>, into values: UnsafeMutableBufferPointer<Float>
  ) throws(RowFault) {
    let size = tensor.shape.dropFirst().reduce(1, *)
    tensor.values.withUnsafeBufferPointer { source in
      _ = values.update(
        fromContentsOf: source[rows.lowerBound * size..<rows.upperBound * size])
    }
  }
}
