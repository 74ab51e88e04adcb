import Networks

extension Examples {
  /// The examples with inputs shifted and scaled by statistics that fit them.
  ///
  /// Throws where memory is short or the user asks for an end.
  ///
  /// - Parameter name: The name of the data that they are of.
  package func normalized(by normalization: Normalization, of name: String) throws(DataError)
    -> Examples
  {
    let held = rows.isStored ? 0 : exampleSize
    let bytes = AvailableMemory.bytes(count, held, MemoryLayout<Float>.size)
    try DataError.checkMemory(bytes, for: name)
    return try Examples(rows: normalization.applied(to: rows), targets: targets)
  }
}
