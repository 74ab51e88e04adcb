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

/// How a tensor follows widened channels.
enum Expansion: Hashable {
  /// Copies of rows: what makes the channels, or goes along with them.
  case outputs(ChannelMap)

  /// Copies of columns with their shares: what reads the channels.
  case inputs(ChannelMap)

  /// The tensor for the widened channels.
  func apply(to tensor: Tensor) -> Tensor {
    let rows = tensor.shape[0]
    var shape = tensor.shape
    switch self {
    case .outputs(let map):
      let size = rows == 0 ? 0 : tensor.count / rows
      shape[0] = map.sources.count
      var values: [Float] = []
      values.reserveCapacity(map.sources.count * size)
      for source in map.sources { values += tensor.values[source * size..<(source + 1) * size] }
      return Tensor(shape: shape, values: values)
    case .inputs(let map):
      let columns = tensor.shape[1]
      let size = tensor.count / max(rows * columns, 1)
      shape[1] = map.sources.count
      var values: [Float] = []
      values.reserveCapacity(rows * map.sources.count * size)
      for row in 0..<rows {
        for (source, share) in zip(map.sources, map.shares) {
          let first = (row * columns + source) * size
          for index in first..<first + size { values.append(tensor.values[index] * share) }
        }
      }
      return Tensor(shape: shape, values: values)
    }
  }
}
