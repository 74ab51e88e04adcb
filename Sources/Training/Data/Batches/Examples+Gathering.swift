import Networks

extension Examples {
  /// The values of one example.
  package var exampleSize: Int { rows.rowSize }

  /// The numbers that one example shall be answered with; 0 where they are classes or unknown.
  package var targetSize: Int {
    guard case .values(let values) = targets else { return 0 }
    return values.shape.dropFirst().reduce(1, *)
  }

  /// The values that the targets of one example take.
  package var targetWidth: Int {
    switch targets {
    case .classes: 1
    case .maps(let maps): maps.positions
    case .values: targetSize
    case .none: 0
    }
  }

  /// Copies the inputs at these positions one after the other; the buffer has room for them.
  ///
  /// Throws where they cannot be read.
  package func gatherInputs(
    at positions: ArraySlice<Int32>, into buffer: UnsafeMutableBufferPointer<Float>
  ) throws(RowFault) {
    precondition(buffer.count >= positions.count * exampleSize, "room for the batch")
    guard let base = buffer.baseAddress else { return }
    try rows.copy(positions.lazy.map { Int($0) }, to: base)
  }

  /// Copies the classes at these positions, as many of each example as it has; false where the targets are no classes.
  package func gatherClasses(
    at positions: ArraySlice<Int32>, into buffer: UnsafeMutableBufferPointer<Int32>
  ) -> Bool {
    guard let labels else { return false }
    Self.gather(labels, size: targetWidth, at: positions, into: buffer)
    return true
  }

  /// Copies the numbers to predict at these positions; false where the targets are none.
  package func gatherValues(
    at positions: ArraySlice<Int32>, into buffer: UnsafeMutableBufferPointer<Float>
  ) -> Bool {
    guard case .values(let values) = targets else { return false }
    Self.gather(values.values, size: targetSize, at: positions, into: buffer)
    return true
  }

  private static func gather<Element>(
    _ source: [Element], size: Int, at positions: ArraySlice<Int32>,
    into buffer: UnsafeMutableBufferPointer<Element>
  ) {
    precondition(buffer.count >= positions.count * size, "room for the batch")
    source.withUnsafeBufferPointer { source in
      for (place, position) in zip(0..., positions) {
        let row = UnsafeBufferPointer(
          rebasing: source[Int(position) * size..<(Int(position) + 1) * size])
        _ = UnsafeMutableBufferPointer(rebasing: buffer[(place * size)...])
          .update(fromContentsOf: row)
      }
    }
  }
}
