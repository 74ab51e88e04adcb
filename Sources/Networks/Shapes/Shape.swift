/// The shape of one example: channels first, then the spatial extents; no batch.
///
/// `10` are features, `1x64` channels × length, `3x32x32` channels × height × width.
package struct Shape: Hashable, Sendable {
  /// Channels, then the spatial extents.
  package let extents: [Int]

  /// The most dimensions a shape has: channels, height, width.
  package static let maximumRank = 3

  /// A shape from its extents, channels first; there is at least one.
  package init(_ extents: [Int]) {
    precondition(!extents.isEmpty, "a shape has channels")
    self.extents = extents
  }

  /// A shape from channels and spatial extents.
  package init(channels: Int, spatial: [Int]) {
    extents = [channels] + spatial
  }

  /// The channels, or features where there are no spatial extents.
  package var channels: Int { extents[0] }

  /// Length, or height and width, or nothing.
  package var spatial: [Int] { Array(extents.dropFirst()) }

  /// The number of spatial dimensions: 0, 1 or 2.
  package var spatialRank: Int { extents.count - 1 }

  /// The number of values of one example.
  package var count: Int { extents.reduce(1, *) }

  /// The same spatial extents with other channels.
  package func with(channels: Int) -> Shape { Shape(channels: channels, spatial: spatial) }
}

extension Shape: CustomStringConvertible {
  /// As it is typed: `10x32`.
  package var description: String { extents.map(String.init).joined(separator: "x") }

  /// As it is read: `10×32`.
  package var displayText: String { extents.map(String.init).joined(separator: "×") }
}
