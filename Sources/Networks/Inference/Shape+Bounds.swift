extension Shape {
  /// The same channels with other spatial extents.
  func replacingSpatial(_ spatial: [Int]) -> Shape { Shape(channels: channels, spatial: spatial) }

  /// Throws where a network cannot take examples of this shape.
  func checkAsInput() throws(ShapeFault) {
    if extents.count > Self.maximumRank {
      throw .rank(kind: "input", wanted: [0, 1, 2], input: self)
    }
    for extent in extents where extent < 1 {
      throw .dimensions(parameter: "input", given: "\(self)", input: self)
    }
    try checkBounds()
  }

  /// Throws where an extent or the number of values is beyond the limits.
  func checkBounds() throws(ShapeFault) {
    for extent in extents where extent > NetworkLimits.extent {
      throw .tooLarge(quantity: .extent, limit: NetworkLimits.extent)
    }
    if boundedProduct(extents, limit: NetworkLimits.valuesPerExample) == nil {
      throw .tooLarge(quantity: .valuesPerExample, limit: NetworkLimits.valuesPerExample)
    }
  }
}
