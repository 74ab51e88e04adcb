/// Bytes as people say them.
package enum ByteCount {
  private static let units = ["bytes", "KB", "MB", "GB", "TB", "PB", "EB"]

  /// `512 bytes`, `9.9 KB`, `34 GB`.
  package static func text(_ bytes: Int) -> String {
    var value = Double(bytes)
    var unit = 0
    while value >= 1000, unit < units.count - 1 {
      value /= 1000
      unit += 1
    }
    if value >= 99.95 || unit == 0 { return "\(Int(value.rounded())) \(units[unit])" }
    let tenths = Int((value * 10).rounded())
    return "\(tenths / 10).\(tenths % 10) \(units[unit])"
  }
}
