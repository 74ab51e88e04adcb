import Sessions

/// The curves of a chart brought to the columns of a raster: what each column of dots must show.
struct ChartPlot {
  /// A curve by columns of dots; nothing where it has no points.
  struct Columns {
    var raw: [SeriesPyramid.Summary]
    var smooth: [Double?]
  }

  let span: ClosedRange<Int>
  let width: Int
  private(set) var columns: [Columns] = []

  /// Columns of a chart; means above `limit` do not pull the smoothed curve.
  init(_ chart: Chart, span: ClosedRange<Int>, width: Int, limit: Double = .infinity) {
    self.span = span
    self.width = width
    let breaks = chart.marks.map { column(of: $0.step) }
    columns = chart.curves.map { curve in
      var raw: [SeriesPyramid.Summary] = []
      raw.reserveCapacity(width)
      var start = curve.training.index(of: span.lowerBound)
      for x in 0..<width {
        let end = curve.training.index(of: firstStep(ofColumn: x + 1))
        raw.append(curve.training.summary(ofIndices: start..<max(start, end)))
        start = max(start, end)
      }
      return Columns(raw: raw, smooth: Self.smoothed(raw, breaks: breaks, limit: limit))
    }
  }

  /// The column of dots in which a step lies.
  func column(of step: Int) -> Int {
    let length = Double(span.upperBound) - Double(span.lowerBound)
    let share = (Double(step) - Double(span.lowerBound)) / max(1, length)
    return Int((share * Double(width - 1)).rounded())
  }

  /// The first step that `column(of:)` brings to a column.
  func firstStep(ofColumn x: Int) -> Int {
    if x >= width { return span.upperBound == Int.max ? Int.max : span.upperBound + 1 }
    let length = Double(span.upperBound) - Double(span.lowerBound)
    let share = (Double(x) - 0.5) / Double(max(1, width - 1))
    return span.lowerBound + Int((share * max(1, length)).rounded(.up))
  }

  /// Means of neighbouring columns, nearer ones counting more, never across an edit.
  static func smoothed(_ raw: [SeriesPyramid.Summary], breaks: [Int], limit: Double) -> [Double?] {
    let means = raw.map { summary in summary.mean.flatMap { $0 <= limit ? $0 : nil } }
    guard let first = means.firstIndex(where: { $0 != nil }),
      let last = means.lastIndex(where: { $0 != nil })
    else { return means }
    let reach = max(1, raw.count / 40)
    let edges = ([first] + breaks.filter { $0 > first && $0 <= last } + [last + 1]).sorted()
    var smooth: [Double?] = Array(repeating: nil, count: raw.count)
    for (from, to) in zip(edges, edges.dropFirst()) where from < to {
      var known: [(x: Int, value: Double)] = []
      for x in from..<to {
        var sum = 0.0
        var weight = 0.0
        for other in max(from, x - 2 * reach)...min(to - 1, x + 2 * reach) {
          guard let mean = means[other] else { continue }
          let distance = Double(x - other) / Double(reach)
          let nearness = 1 / (1 + distance * distance * distance * distance)
          sum += nearness * mean
          weight += nearness
        }
        if weight > 0, means[x] != nil { known.append((x, sum / weight)) }
      }
      for point in known { smooth[point.x] = point.value }
      for (left, right) in zip(known, known.dropFirst()) where right.x > left.x + 1 {
        for x in (left.x + 1)..<right.x {
          let share = Double(x - left.x) / Double(right.x - left.x)
          smooth[x] = left.value + share * (right.value - left.value)
        }
      }
    }
    return smooth
  }

  /// The least and greatest value to show, so that a few spikes do not flatten everything else.
  ///
  /// A column above the range is not lost: it is marked at the upper edge.
  func range(_ chart: Chart) -> (least: Double, greatest: Double)? {
    var least = Double.infinity
    var peaks: [Double] = []
    for (index, curve) in columns.enumerated() {
      for summary in curve.raw where summary.count > 0 {
        let low = Double(summary.least)
        if chart.scale == .linear || low > 0 { least = min(least, low) }
        peaks.append(Double(summary.greatest))
      }
      let test = chart.curves[index].test
      let shown = test.index(of: span.lowerBound)..<test.index(of: firstStep(ofColumn: width))
      for value in test.values[shown] where value.isFinite {
        if chart.scale == .linear || value > 0 { least = min(least, Double(value)) }
        peaks.append(Double(value))
      }
    }
    guard !peaks.isEmpty else { return nil }
    peaks.sort()
    var greatest = peaks[peaks.count - 1]
    if chart.scale == .logarithmic {
      if greatest <= 0 { return (0.1, 1) }
      return (least.isFinite ? least : greatest / 10, greatest)
    }
    let usual = peaks[(peaks.count - 1) * 95 / 100]
    if peaks.count >= 8, greatest - least > 3 * (usual - least), usual > least { greatest = usual }
    return (least, greatest)
  }
}
