/// A series that goes on for as long as a run does, kept at bounded resolution.
///
/// It only ever grows at its end, so readers take what is new by index. The first `whole` elements are kept each;
/// of later ones, of every stretch those that hold the least or the greatest of a measure. The stretches become
/// twice as long whenever the series does, so that ten times the elements add as little as twice did before.
package struct ThinnedSeries<Element: Sendable>: Sendable {
  /// A number of an element whose extremes are kept; nothing where it has none.
  package typealias Measure = @Sendable (Element) -> Double?

  /// An element that may stand for its stretch, and its place in the series.
  private struct Candidate {
    let index: Int
    let element: Element
    let value: Double
  }

  /// The elements that are kept, in order; what is there already never changes.
  package private(set) var kept: [Element] = []

  /// How many elements the series had.
  package private(set) var total = 0

  /// Elements that are all kept, and the least length of a stretch after them.
  private let whole: Int
  private let stretchLength: Int
  private let measures: [Measure]

  /// The stretch that grows: its length so far, its last element, and the extremes of each measure.
  private var length = 0
  private var last: Candidate?
  private var extremes: [(least: Candidate, greatest: Candidate)?]

  /// A series without elements.
  package init(whole: Int, stretchLength: Int, measures: [Measure]) {
    self.whole = whole
    self.stretchLength = stretchLength
    self.measures = measures
    extremes = Array(repeating: nil, count: measures.count)
  }

  /// Adds an element at the end.
  package mutating func append(_ element: Element) {
    total += 1
    if total <= whole {
      kept.append(element)
      return
    }
    length += 1
    last = Candidate(index: total, element: element, value: 0)
    for (place, measure) in measures.enumerated() {
      guard let value = measure(element), !value.isNaN else { continue }
      let candidate = Candidate(index: total, element: element, value: value)
      guard var known = extremes[place] else {
        extremes[place] = (candidate, candidate)
        continue
      }
      if value < known.least.value { known.least = candidate }
      if value > known.greatest.value { known.greatest = candidate }
      extremes[place] = known
    }
    // As long as told at first; twice as long whenever the series has become twice as long.
    if length >= stretchLength * (total / whole).powerOfTwoBelow { finishStretch(withLast: false) }
  }

  /// Keeps what belongs to a stretch that is not full, and the last element; called at the end of a run.
  package mutating func finish() { finishStretch(withLast: true) }

  private mutating func finishStretch(withLast keepsLast: Bool) {
    guard let last else { return }
    var chosen = extremes.flatMap { $0.map { [$0.least, $0.greatest] } ?? [] }
    if keepsLast || chosen.isEmpty { chosen.append(last) }
    var index = 0
    for candidate in chosen.sorted(by: { $0.index < $1.index }) where candidate.index != index {
      kept.append(candidate.element)
      index = candidate.index
    }
    (length, self.last) = (0, nil)
    for place in extremes.indices { extremes[place] = nil }
  }

  /// Drops the elements at the end for which a condition holds; what is kept is finished before.
  mutating func removeLast(while condition: (Element) -> Bool) {
    finish()
    while let end = kept.last, condition(end) { kept.removeLast() }
  }
}

extension Int {
  /// The greatest power of two up to a number above 0, and 1 below.
  var powerOfTwoBelow: Int {
    self > 1 ? 1 << (Int.bitWidth - 1 - leadingZeroBitCount) : 1
  }
}
