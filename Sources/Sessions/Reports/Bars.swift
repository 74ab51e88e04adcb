#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A bar that says how large a number is between two others.
struct LengthBar {
  let columns: Int

  /// A bar filled to a share of its columns, without blanks behind it.
  func text(_ share: Double, _ glyphs: Glyphs) -> String {
    guard share.isFinite else { return "" }
    let lengths = glyphs.lengths
    let parts = lengths.count - 1
    let filled = Int((Double(columns * parts) * min(max(share, 0), 1)).rounded())
    var text = String(repeating: lengths[parts], count: filled / parts)
    if filled % parts > 0 { text.append(lengths[filled % parts]) }
    return text
  }
}

/// Where numbers lie between the least and greatest of them, by their logarithms.
struct LogarithmicScale {
  /// Powers of ten between the empty and the full bar.
  private let decades: Double
  private let greatest: Double

  /// A scale for positive numbers, of two to eight powers of ten as they need.
  init(_ values: [Double]) {
    let positive = values.filter { $0 > 0 && $0.isFinite }
    greatest = positive.max() ?? 1
    let span = log10(greatest / (positive.min() ?? 1))
    decades = min(max(span.rounded(.up) + 1, 2), 8)
  }

  /// 1 for the greatest number, 0 for those below the scale.
  func share(of value: Double) -> Double {
    guard value > 0 else { return 0 }
    return value.isFinite ? 1 + log10(value / greatest) / decades : 1
  }
}
