import Networks

/// Layers that give single values other places, as code has them.
struct RearrangingCode {
  let layer: LayerPattern

  var rank: Int { layer.rank ?? 0 }

  /// For each dimension of the output, channels first, the one of the input, counted from 1.
  var order: [Int] {
    ["first", "second", "third"].prefix(rank + 1).map { Int(layer.number($0) ?? 1) }
  }

  /// The same for channels that lie behind positions.
  var orderWithChannelsLast: [Int] {
    let places = order.map { $0 == 1 ? rank + 1 : $0 - 1 }
    return Array(places.dropFirst() + places.prefix(1))
  }

  var isOverPositions: Bool { layer.word("over") == Slicing.Unit.positions.rawValue }

  /// Where each dimension, channels first, begins and ends in Python's words.
  var ranges: [(from: String, to: String)] {
    guard case .fixed(.ranges(let ranges)) = layer.slots["range"], let first = ranges.first else {
      return []
    }
    let whole = SliceRange()
    let kept =
      isOverPositions
      ? [whole] + (0..<rank).map { ranges[min($0, ranges.count - 1)] }
      : [first] + Array(repeating: whole, count: rank)
    return kept.map { ($0.from.map(String.init) ?? "None", $0.to.map(String.init) ?? "None") }
  }

  /// The same as tuples.
  var bounds: [String] { ranges.map { "(\($0.from), \($0.to))" } }

  /// The extents of the output, channels first, -1 for the open one.
  var shape: [String] {
    guard case .fixed(.shape(let extents)) = layer.slots["shape"] else { return [] }
    return extents.map { $0.map(String.init) ?? "-1" }
  }
}
