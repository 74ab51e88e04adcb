/// Neighbouring positions of a few output channels, held in registers while windows are summed.
protocol OutputTile {
  associatedtype Lanes: Chunk

  /// Channels of the tile.
  static var outputs: Int { get }

  /// Zeros, or each channel's value at all positions.
  static func start(_ bias: UnsafePointer<Float>?) -> Self

  /// The positions that lie at an address, channels so many floats apart.
  static func load(_ source: UnsafePointer<Float>, _ row: Int) -> Self

  /// Adds source values times the weight of each channel; weights lie so many floats apart.
  mutating func absorb(_ lanes: Lanes, _ weights: UnsafePointer<Float>, _ step: Int)

  /// Adds source values times the values of each channel of another tile, lane by lane.
  mutating func absorb(_ lanes: Lanes, times other: Self)

  /// Writes the positions, or adds them, channels so many floats apart.
  func store(_ target: UnsafeMutablePointer<Float>, _ row: Int, accumulate: Bool)
}

/// One channel.
struct OneOutput<Lanes: Chunk>: OutputTile {
  var lanes: Lanes

  @_transparent static var outputs: Int { 1 }

  @_transparent static func start(_ bias: UnsafePointer<Float>?) -> Self {
    Self(lanes: .repeating(bias?[0] ?? 0))
  }

  @_transparent static func load(_ source: UnsafePointer<Float>, _ row: Int) -> Self {
    Self(lanes: .load(source))
  }

  @_transparent mutating func absorb(
    _ source: Lanes, _ weights: UnsafePointer<Float>, _ step: Int
  ) {
    lanes = lanes.plus(source, .repeating(weights[0]))
  }

  @_transparent mutating func absorb(_ source: Lanes, times other: Self) {
    lanes = lanes.plus(source, other.lanes)
  }

  @_transparent func store(
    _ target: UnsafeMutablePointer<Float>, _ row: Int, accumulate: Bool
  ) {
    if accumulate { (Lanes.load(target) + lanes).store(target) } else { lanes.store(target) }
  }
}

/// The channels of two tiles, one behind the other.
struct JoinedOutputs<Low: OutputTile, High: OutputTile>: OutputTile where Low.Lanes == High.Lanes {
  typealias Lanes = Low.Lanes
  var low: Low
  var high: High

  @_transparent static var outputs: Int { Low.outputs &+ High.outputs }

  @_transparent static func start(_ bias: UnsafePointer<Float>?) -> Self {
    Self(low: .start(bias), high: .start(bias.map { $0 + Low.outputs }))
  }

  @_transparent static func load(_ source: UnsafePointer<Float>, _ row: Int) -> Self {
    Self(low: .load(source, row), high: .load(source + Low.outputs &* row, row))
  }

  @_transparent mutating func absorb(
    _ source: Lanes, _ weights: UnsafePointer<Float>, _ step: Int
  ) {
    low.absorb(source, weights, step)
    high.absorb(source, weights + Low.outputs &* step, step)
  }

  @_transparent mutating func absorb(_ source: Lanes, times other: Self) {
    low.absorb(source, times: other.low)
    high.absorb(source, times: other.high)
  }

  @_transparent func store(
    _ target: UnsafeMutablePointer<Float>, _ row: Int, accumulate: Bool
  ) {
    low.store(target, row, accumulate: accumulate)
    high.store(target + Low.outputs &* row, row, accumulate: accumulate)
  }
}

typealias TwoOutputs<C: Chunk> = JoinedOutputs<OneOutput<C>, OneOutput<C>>
typealias ThreeOutputs<C: Chunk> = JoinedOutputs<TwoOutputs<C>, OneOutput<C>>
typealias FourOutputs<C: Chunk> = JoinedOutputs<TwoOutputs<C>, TwoOutputs<C>>
typealias FiveOutputs<C: Chunk> = JoinedOutputs<FourOutputs<C>, OneOutput<C>>
typealias SixOutputs<C: Chunk> = JoinedOutputs<FourOutputs<C>, TwoOutputs<C>>

/// Channels cut into as few tiles as there are registers for, none much smaller than the others.
struct OutputTiles: Sendable {
  let channels: Int
  let count: Int

  /// The most channels of a tile.
  static let most = 6

  /// Tiles of at most so many channels.
  init(_ channels: Int, most: Int = Self.most) {
    self.channels = channels
    count = (channels + most - 1) / most
  }

  /// The channels of a tile.
  @inline(__always) subscript(index: Int) -> Range<Int> {
    let lower = channels &* index / count
    return lower..<channels &* (index &+ 1) / count
  }
}
