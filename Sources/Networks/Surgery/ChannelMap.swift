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

  /// Values between two looks at whether the user asked for an end.
  private static let stretch = 1 << 20

  /// The tensor for the widened channels; nothing where the user asked for an end.
  func apply(to tensor: Tensor) -> Tensor? {
    let rows = tensor.shape[..<axis].reduce(1, *)
    let columns = tensor.shape[axis]
    let size = tensor.count / max(rows * columns, 1)
    var shape = tensor.shape
    shape[axis] = map.sources.count
    var isWhole = true
    let values = [Float](unsafeUninitializedCapacity: rows * map.sources.count * size) {
      target, count in
      tensor.values.withUnsafeBufferPointer { former in
        var looked = 0
        for row in 0..<rows {
          for (source, share) in zip(map.sources, map.shares) {
            let factor = isShared ? share : 1
            for place in 0..<size {
              target.initializeElement(
                at: count + place, to: former[(row * columns + source) * size + place] * factor)
            }
            count += size
            guard count - looked >= Self.stretch else { continue }
            looked = count
            if Interruption.isRequested() {
              isWhole = false
              return
            }
          }
        }
      }
    }
    return isWhole ? Tensor(shape: shape, values: values) : nil
  }
}
