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

/// Where positive numbers lie between 1e-8 and 100 by their logarithms: the same in every table, so that bars
/// of two networks can be compared.
enum LogarithmicScale {
  /// What a bar's column is headed with.
  static let heading = "log-scale"

  /// 0 for 1e-8 and less, 1 for 100 and more.
  static func share(of value: Double) -> Double {
    guard value > 0 else { return 0 }
    return min(max((log10(value) + 8) / 10, 0), 1)
  }
}
