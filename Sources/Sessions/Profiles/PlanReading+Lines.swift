import Engine
import Interchange

extension PlanReading {
  /// In which order rows stand.
  enum Order: String, CaseIterable, Sendable {
    case share
    case order
  }

  /// How a table of the steps is laid out.
  struct Layout {
    var order = Order.share

    /// The most rows; nothing for all.
    var first: Int?

    /// The columns that there are; nothing where lines may be as wide as they are.
    var columns: Int?
    let glyphs: Glyphs
  }

  /// Columns from which a table has all figures.
  private static let wide = 132

  /// The column that gives way to long paths where there is little room, and the longest that are short.
  private static let spread = "p99"
  private static let shortPath = 16

  /// What was timed, the table, and the sums.
  func lines(_ layout: Layout) -> [StyledText] {
    var lines = [StyledText(setting(layout.glyphs), .dim), StyledText(machine, .dim)]
    if rows.isEmpty {
      return lines + [
        StyledText("\(path ?? network) has no step of its own: a neighbour's does its work along")
      ]
    }
    let isWide = layout.columns.map { $0 >= Self.wide } ?? true
    let sorted = sorted(layout.order)
    let shown = sorted.prefix(layout.first ?? .max)
    let hasSpread = isWide || shown.allSatisfy { $0.line.path.briefPath.count <= Self.shortPath }
    let columns = columns(isWide, layout)
    var table = TextTable(columns.filter { hasSpread || $0.0 != Self.spread })
    var sum = 0.0
    for row in shown {
      sum += row.share
      let cells = zip(columns, cells(row, sum: sum, isWide, layout))
      table.append(cells.filter { hasSpread || $0.0.0 != Self.spread }.map(\.1))
    }
    lines +=
      layout.columns.map { table.blockLines(columns: $0, layout.glyphs) } ?? table.lines
    if shown.count < sorted.count {
      let rest = total.share - sum
      let count = Numbers.count(sorted.count - shown.count, "more step")
      lines.append(
        StyledText("\(count), \(Self.percent(rest)): ", .dim)
          + StyledText("plan \(path.map { $0 + " " } ?? "")first=\(sorted.count)", .typable))
    }
    return lines + totals(layout.glyphs)
  }

  /// Rows in an order, the heaviest first where it is not that of execution.
  private func sorted(_ order: Order) -> [Row] {
    switch order {
    case .order: rows
    case .share:
      rows.enumerated().sorted {
        ($0.element.share, $1.offset) > ($1.element.share, $0.offset)
      }.map(\.element)
    }
  }

  private func setting(_ glyphs: Glyphs) -> String {
    let threads = Numbers.count(times.threads, "thread")
    let precision = times.precision == .float32 ? "" : ", \(times.precision.rawValue)"
    return "\(Numbers.grouped(times.batch)) \(inputs), \(threads)\(precision); "
      + "median of \(Numbers.count(times.count, "step"))"
  }

  private var machine: String {
    "this machine, \(InstructionChoice.text): \(Self.rate(peak.operations)) GFLOP/s in products, "
      + "\(Self.rate(peak.bandwidth)) GB/s over \(Self.bytes(peak.footprint))"
  }

  private func columns(_ isWide: Bool, _ layout: Layout) -> [(String, TextTable.Alignment)] {
    let last = layout.order == .share ? "sum" : "share"
    let micro = "\(layout.glyphs.micro)s"
    let narrow: [(String, TextTable.Alignment)] = [
      ("block", .leading), ("kernel", .leading), (micro, .trailing), (Self.spread, .trailing),
      ("GFLOP/s", .trailing), ("bound", .leading), (last, .trailing),
    ]
    if !isWide { return narrow }
    return [
      ("block", .leading), ("kernel", .leading), ("pass", .leading), ("layout", .leading),
      ("threads", .trailing), (micro, .trailing), (Self.spread, .trailing), ("GFLOP/s", .trailing),
      ("KiB", .trailing), ("GB/s", .trailing), ("bound", .leading), ("share", .trailing),
    ] + (layout.order == .share ? [("sum", .trailing)] : [])
  }

  private func cells(_ row: Row, sum: Double, _ isWide: Bool, _ layout: Layout) -> [StyledText] {
    let line = row.line
    let last = layout.order == .share ? sum : row.share
    let path = isWide ? line.path : line.path.briefPath
    let name = StyledText(path, line.block == nil ? .plain : .typable)
    let rate = line.operations > 0 ? Self.rate(row.operationRate) : ""
    let bound =
      StyledText(row.bound.rawValue, row.bound == .overhead ? .dim : .plain)
      + StyledText(row.bound == .overhead ? "" : " " + Self.percent(row.boundShare))
    let median = StyledText(Self.micro(line.times.median))
    let p99 = StyledText(Self.micro(line.times.p99))
    if !isWide {
      return [
        name, StyledText(Self.brief(line)), median, p99, StyledText(rate), bound,
        StyledText(Self.percent(last)),
      ]
    }
    return [
      name, StyledText(line.kernel), StyledText(line.pass.rawValue), StyledText(line.layout),
      StyledText("\(line.threads)"), median, p99, StyledText(rate),
      StyledText(Numbers.grouped(Int(line.bytes / 1024))),
      StyledText(Self.rate(row.byteRate)), bound,
      StyledText(Self.percent(row.share)),
    ] + (layout.order == .share ? [StyledText(Self.percent(sum))] : [])
  }

  /// The sums of passes and of all, beside the whole step.
  private func totals(_ glyphs: Glyphs) -> [StyledText] {
    let micro = "\(glyphs.micro)s"
    let passes = StepTimes.Pass.allCases.compactMap { pass -> String? in
      let own = total(pass)
      if own.seconds == 0 { return nil }
      return "\(pass.rawValue) \(Self.micro(own.seconds)) \(micro) (\(Self.percent(own.share)))"
    }
    let whole = "\(Self.micro(times.whole.median)) \(micro)"
    let p99 = "p99 \(Self.micro(times.whole.p99))"
    let sum = "sum \(Self.micro(total.seconds)) \(micro)"
    return [
      StyledText(passes.joined(separator: ", ")),
      StyledText("\(sum); a whole step without clocks in it takes \(whole) (\(p99))"),
    ]
  }

  /// A kernel without who computes it, in few letters: `conv 3x3 dW`, `bn + add + relu`, `conv 3x3 again`.
  private static func brief(_ line: StepTimes.Line) -> String {
    let kernel = line.kernel
    let end = line.pass == .recompute ? " again" : ""
    let ends = [" oneDNN", " own"].compactMap { kernel.firstRange(of: $0)?.lowerBound }
    let short = [
      (" weight gradient", " dW"), (" bias gradient", " db"), (" input gradient", " dx"),
      (" weights packed", " packed"), ("batch norm", "bn"), ("2 bns", "bn + bn"),
    ]
    return short.reduce(String(kernel[..<(ends.min() ?? kernel.endIndex)])) {
      $0.replacing($1.0, with: $1.1)
    } + end
  }

  // MARK: - Numbers

  /// Microseconds with three digits, from 1,000 on whole.
  static func micro(_ seconds: Double) -> String {
    let value = seconds * 1e6
    return value >= 999.5
      ? Numbers.grouped(Int(min(value.rounded(), 1e15))) : Numbers.significant(value, digits: 3)
  }

  /// Thousands of millions a second.
  private static func rate(_ perSecond: Double) -> String {
    Numbers.significant(perSecond / 1e9, digits: 3)
  }

  /// A whole percentage.
  static func percent(_ share: Double) -> String { Numbers.fixed(share * 100, decimals: 0) + " %" }

  private static func bytes(_ count: Int) -> String {
    count < 1 << 20 ? "\(count >> 10) KiB" : "\(count >> 20) MiB"
  }
}
