/// A layer without parameters that gives values other places: each output is one value of the input.
package enum Rearrangement: Hashable, Sendable {
  case pixelShuffle(PixelShuffle)
  case channelShuffle(ChannelShuffle)
  case permute(Permute)
  case slice(Slicing)
  case reshape(Reshape)

  /// Where the values of an input go.
  package enum Moves: Hashable, Sendable {
    /// Dimensions taken apart, put in another order and joined.
    case regrouped(Regrouping)

    /// The values of some places along each dimension, channels first.
    case kept([Range<Int>])

    /// The same values in the same plain order, positions innermost, with other extents.
    case reshaped
  }

  /// What the layer tells about itself.
  var definition: any LayerDefinition {
    switch self {
    case .pixelShuffle(let shuffle): shuffle
    case .channelShuffle(let shuffle): shuffle
    case .permute(let permute): permute
    case .slice(let slice): slice
    case .reshape(let reshape): reshape
    }
  }

  /// The shape of the output.
  ///
  /// - Throws: A fault where the layer cannot take the input.
  package func output(for input: Shape) throws(ShapeFault) -> Shape {
    try definition.output(for: input, windows: nil)
  }

  /// Where the values of an input go.
  ///
  /// - Throws: A fault where the layer cannot take the input.
  package func moves(over input: Shape) throws(ShapeFault) -> Moves {
    switch self {
    case .pixelShuffle(let shuffle): .regrouped(try shuffle.regrouping(of: input))
    case .channelShuffle(let shuffle): .regrouped(try shuffle.regrouping(of: input))
    case .permute(let permute): .regrouped(try permute.regrouping(of: input))
    case .slice(let slice): .kept(try slice.kept(of: input))
    case .reshape: .reshaped
    }
  }
}

/// Dimensions of a shape taken apart into factors, and joined in another order.
package struct Regrouping: Hashable, Sendable {
  /// The factors of each dimension of the input, outermost first.
  package let factors: [[Int]]

  /// For each dimension of the output its factors, by their places among all factors of the input.
  package let order: [[Int]]

  /// The shape that comes out.
  package var output: [Int] {
    let all = factors.flatMap { $0 }
    return order.map { $0.reduce(1) { saturatingProduct($0, all[$1]) } }
  }
}
