/// Which of the former channels each widened channel copies, and its share of what reads that one.
///
/// The shares of the copies of a channel add up to 1 and differ, so that copies do not stay alike.
struct ChannelMap: Hashable {
  let sources: [Int]
  let shares: [Float]

  /// The former channels as they are.
  init(identity count: Int) {
    sources = Array(0..<count)
    shares = Array(repeating: 1, count: count)
  }

  /// The former channels, then copies drawn from them.
  init(from count: Int, to width: Int, using random: inout some RandomNumberGenerator) {
    let sources =
      Array(0..<count) + (count..<width).map { _ in Int.random(in: 0..<count, using: &random) }
    var weights = sources.map { _ in Float.random(in: 0.5..<1.5, using: &random) }
    var sums = Array(repeating: Float(0), count: count)
    for (source, weight) in zip(sources, weights) { sums[source] += weight }
    for index in weights.indices { weights[index] /= sums[sources[index]] }
    self.init(sources: sources, shares: weights)
  }

  private init(sources: [Int], shares: [Float]) {
    (self.sources, self.shares) = (sources, shares)
  }

  /// The features that channels of so many positions become, channels outermost.
  func flattened(positions: Int) -> ChannelMap {
    if positions == 1 { return self }
    return ChannelMap(
      sources: sources.flatMap { source in (0..<positions).map { source * positions + $0 } },
      shares: shares.flatMap { Array(repeating: $0, count: positions) })
  }

  /// Channels of branches one after another, with the former number of each.
  static func joined(_ parts: [(map: ChannelMap?, count: Int)]) -> ChannelMap {
    var (sources, shares, first): ([Int], [Float], Int) = ([], [], 0)
    for (map, count) in parts {
      let part = map ?? ChannelMap(identity: count)
      sources += part.sources.map { $0 + first }
      shares += part.shares
      first += count
    }
    return ChannelMap(sources: sources, shares: shares)
  }
}

/// How a tensor follows widened channels along one of its axes.
struct Expansion: Hashable {
  private let map: ChannelMap
  private let axis: Int

  /// Whether copies have a share each, as where the channels are read.
  private let isShared: Bool

  /// Copies of what makes the channels, or goes along with them.
  static func outputs(_ map: ChannelMap, axis: Int = 0) -> Expansion {
    Expansion(map: map, axis: axis, isShared: false)
  }

  /// Copies, with their shares, of what reads the channels.
  static func inputs(_ map: ChannelMap, axis: Int = 1) -> Expansion {
    Expansion(map: map, axis: axis, isShared: true)
  }

  /// The tensor for the widened channels.
  func apply(to tensor: Tensor) -> Tensor {
    let rows = tensor.shape[..<axis].reduce(1, *)
    let columns = tensor.shape[axis]
    let size = tensor.count / max(rows * columns, 1)
    var shape = tensor.shape
    shape[axis] = map.sources.count
    var values: [Float] = []
    values.reserveCapacity(rows * map.sources.count * size)
    for row in 0..<rows {
      for (source, share) in zip(map.sources, map.shares) {
        let first = (row * columns + source) * size
        let column = tensor.values[first..<first + size]
        values += isShared ? column.map { $0 * share } : Array(column)
      }
    }
    return Tensor(shape: shape, values: values)
  }
}
