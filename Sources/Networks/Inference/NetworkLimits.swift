/// Bounds on what a network may ask for, so that absurd sizes are ordinary errors.
package enum NetworkLimits {
  /// The largest single extent: channels, length, height or width.
  package static let extent = 1 << 20

  /// The most values one example has at any block.
  package static let valuesPerExample = 1 << 28

  /// The most parameters of one network.
  package static let parameters = 1 << 31

  /// The most multiply-adds of one example.
  package static let multiplyAdds = 1 << 50

  /// The deepest nesting of blocks.
  package static let nesting = 64

  /// The most blocks of one network.
  package static let blocks = 200_000

  /// Throws where a parameter's value is too small or too large.
  static func check(_ value: Int, of parameter: String, from least: Int, input: Shape)
    throws(ShapeFault)
  {
    if value < least { throw .dimensions(parameter: parameter, given: "\(value)", input: input) }
    if value > extent { throw .tooLarge(quantity: .extent, limit: extent) }
  }
}
