import Networks

/// The lines left of a tree that lead from a tap past other blocks to its joins.
struct TapRails {
  private let network: Network

  /// The most lines beside each other; further ones are left out.
  static let most = 3

  /// A line over rows, which ends at the last of its joins.
  private struct Line {
    let first: Int
    let joins: Set<Int>
    let last: Int
  }

  /// The lines of a network.
  init(_ network: Network) { self.network = network }

  /// Puts lines before all else of the rows of the whole tree; what is folded counts as where it is.
  func lead(past rows: inout [OutlineRow]) {
    let lines = network.tapLines
    if !lines.contains(where: { !$0.joins.isEmpty }) { return }
    let places = places(in: rows)
    let lanes = lanes(of: lines.compactMap { line(for: $0, places) })
    if lanes.isEmpty { return }
    for index in rows.indices {
      rows[index].rails.insert(contentsOf: lanes.map { Self.rail(at: index, $0) }, at: 0)
    }
  }

  /// The row of each block; of one that is folded, that of what it lies in.
  private func places(in rows: [OutlineRow]) -> [BlockID: Int] {
    var shown: [BlockID: Int] = [:]
    for (index, row) in rows.enumerated() where row.part == .block { shown[row.id] = index }
    var places: [BlockID: Int] = [:]
    func descend(_ block: Block, _ around: Int?) {
      for child in block.children {
        let place = shown[child.id] ?? around
        places[child.id] = place
        descend(child, place)
      }
    }
    descend(network.root, nil)
    return places
  }

  private func line(for tap: TapLine, _ places: [BlockID: Int]) -> Line? {
    guard let first = places[tap.tap] else { return nil }
    let joins = tap.joins.compactMap { places[$0] }.filter { $0 > first }
    return joins.max().map { Line(first: first, joins: Set(joins), last: $0) }
  }

  /// The lines by columns, the longest outermost; lines in one column do not meet.
  private func lanes(of lines: [Line]) -> [[Line]] {
    var lanes: [[Line]] = []
    for line in lines.sorted(by: { $0.last - $0.first > $1.last - $1.first }) {
      let free = lanes.firstIndex { lane in
        lane.allSatisfy { $0.last < line.first || line.last < $0.first }
      }
      if let free {
        lanes[free].append(line)
      } else if lanes.count < Self.most {
        lanes.append([line])
      }
    }
    return lanes
  }

  private static func rail(at row: Int, _ lane: [Line]) -> OutlineRail {
    guard let line = lane.first(where: { ($0.first...$0.last).contains(row) }) else {
      return .blank
    }
    if row == line.first { return .skipOpens }
    if row == line.last { return .skipCloses }
    return line.joins.contains(row) ? .skipTap : .skip
  }
}
