/// The places of an arena that are taken, each for some steps, in the order of their addresses.
///
/// They lie in runs, and what the spans of a run have in common lets the search for a gap pass over it as a whole:
/// a network of a thousand blocks has tens of thousands.
struct PlacedSpans {
  /// A place and the steps that touch it first and last.
  struct Span {
    let first: Int
    let last: Int
    let range: Range<Int>
  }

  /// What the spans of a run have in common.
  private struct Summary {
    /// Where the lowest begins and the last one ends, and the steps between which any is alive.
    var start = Int.max
    var end = 0
    var earliestFirst = Int.max
    var latestLast = -1

    /// The same of its core: the steps between which all of it is alive, and its widest gap.
    var coreStart = Int.max
    var coreEnd = 0
    var latestFirst = -1
    var earliestLast = Int.max
    var widestGap = 0

    /// Sums up spans in the order of their addresses; the core are those that are alive at a step.
    init(_ spans: [Span], core: Int) {
      for span in spans {
        start = min(start, span.range.lowerBound)
        end = max(end, span.range.upperBound)
        earliestFirst = min(earliestFirst, span.first)
        latestLast = max(latestLast, span.last)
        guard span.first <= core && core <= span.last else { continue }
        if coreEnd > 0 { widestGap = max(widestGap, span.range.lowerBound - coreEnd) }
        coreStart = min(coreStart, span.range.lowerBound)
        coreEnd = max(coreEnd, span.range.upperBound)
        latestFirst = max(latestFirst, span.first)
        earliestLast = min(earliestLast, span.last)
      }
    }

    /// Whether the core alone leaves no room for so much from an address on, whatever else is alive.
    func isFull(above offset: Int, for size: Int, from first: Int, to last: Int) -> Bool {
      coreEnd == end && widestGap < size && coreStart < offset + size && latestFirst <= last
        && first <= earliestLast
    }
  }

  /// The step at which most is alive.
  private let core: Int

  /// Runs and their summaries lie apart, so that the search walks over little memory.
  private var summaries: [Summary] = []
  private var runs: [[Span]] = []

  /// The most spans of a run.
  private static let most = 128

  /// Nothing is taken.
  ///
  /// - Parameter core: The step at which most will be alive; any other gives the same places, later.
  init(core: Int) { self.core = core }

  /// The lowest address from which so much is free from one step to another.
  func lowestGap(of size: Int, from first: Int, to last: Int) -> Int {
    var offset = 0
    for (index, run) in summaries.enumerated() {
      if run.start >= offset + size { break }
      if run.end <= offset || run.latestLast < first || last < run.earliestFirst { continue }
      if run.isFull(above: offset, for: size, from: first, to: last) {
        offset = run.end
        continue
      }
      for span in runs[index] where span.first <= last && first <= span.last {
        if span.range.lowerBound >= offset + size { return offset }
        offset = max(offset, span.range.upperBound)
      }
    }
    return offset
  }

  /// Takes a place.
  mutating func insert(_ span: Span) {
    let start = span.range.lowerBound
    guard !runs.isEmpty else {
      runs.append([span])
      summaries.append(Summary([span], core: core))
      return
    }
    let index = max(Self.count(of: summaries) { $0.start <= start } - 1, 0)
    let place = Self.count(of: runs[index]) { $0.range.lowerBound < start }
    runs[index].insert(span, at: place)
    if runs[index].count > Self.most {
      let upper = Array(runs[index][(Self.most / 2)...])
      runs[index].removeLast(upper.count)
      runs.insert(upper, at: index + 1)
      summaries.insert(Summary(upper, core: core), at: index + 1)
    }
    summaries[index] = Summary(runs[index], core: core)
  }

  /// How many of a list are so, where those that are come before those that are not.
  private static func count<Item>(of items: [Item], where isSo: (Item) -> Bool) -> Int {
    var (low, high) = (0, items.count)
    while low < high {
      let middle = (low + high) / 2
      if isSo(items[middle]) { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
