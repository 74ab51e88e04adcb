/// Numbers as people read them.
package enum Numbers {
  /// A whole number in groups of three: `269,722`.
  package static func grouped(_ number: Int) -> String {
    let digits = Array(String(number.magnitude))
    var result = number < 0 ? "-" : ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index) % 3 == 0 { result.append(",") }
      result.append(digit)
    }
    return result
  }

  /// A count in three digits with a unit: `41.5 M`.
  package static func short(_ number: Int) -> String {
    let units = ["", " k", " M", " G", " T", " P"]
    var value = Double(number)
    var unit = 0
    while abs(value) >= 999.5, unit < units.count - 1 {
      value /= 1000
      unit += 1
    }
    return unit == 0 ? "\(number)" : significant(value, digits: 3) + units[unit]
  }

  /// So many significant digits, without an exponent between 0.0001 and 1,000,000.
  package static func significant(_ value: Double, digits: Int) -> String {
    guard value.isFinite else { return value.isNaN ? "nan" : value < 0 ? "-inf" : "inf" }
    if value == 0 { return "0" }
    var exponent = 0
    var magnitude = abs(value)
    while magnitude >= 10 {
      magnitude /= 10
      exponent += 1
    }
    while magnitude < 1 {
      magnitude *= 10
      exponent -= 1
    }
    if exponent < -4 || exponent > 5 {
      let unit = (0..<digits).reduce(0.5) { unit, _ in unit / 10 } * 10
      if magnitude + unit >= 10 { (magnitude, exponent) = (1, exponent + 1) }
      return fixed(value < 0 ? -magnitude : magnitude, decimals: digits - 1) + "e\(exponent)"
    }
    return fixed(value, decimals: max(0, digits - 1 - exponent))
  }

  /// So many digits behind the point.
  package static func fixed(_ value: Double, decimals: Int) -> String {
    guard value.isFinite else { return value.isNaN ? "nan" : value < 0 ? "-inf" : "inf" }
    var scale = 1.0
    for _ in 0..<decimals { scale *= 10 }
    let scaled = (abs(value) * scale).rounded()
    guard scaled < 9e15 else { return "\(value)" }
    let whole = Int(scaled / scale)
    let sign = value < 0 && scaled > 0 ? "-" : ""
    if decimals == 0 { return sign + "\(Int(scaled))" }
    let fraction = String(Int(scaled) - whole * Int(scale))
    let zeros = String(repeating: "0", count: decimals - fraction.count)
    return sign + "\(whole)." + zeros + fraction
  }

  /// A number as it is typed: whole ones without a point.
  package static func typed(_ value: Double) -> String {
    if let whole = Int(exactly: value), abs(whole) < 1_000_000_000 { return "\(whole)" }
    return "\(value)"
  }

  /// A loss in four significant digits.
  package static func loss(_ value: Double) -> String { significant(value, digits: 4) }

  /// A share as a percentage with one decimal: `96.3 %`.
  package static func percent(_ share: Double) -> String { fixed(share * 100, decimals: 1) + " %" }

  /// Decibels with one decimal: `21.4 dB`.
  package static func decibels(_ value: Double) -> String { fixed(value, decimals: 1) + " dB" }

  /// A duration as minutes and seconds: `1:07`, or seconds with one decimal below ten.
  package static func duration(_ seconds: Double) -> String {
    guard seconds.isFinite, seconds >= 0, seconds < 1e9 else { return "–" }
    if seconds < 10 { return fixed(seconds, decimals: 1) + " s" }
    let whole = Int(seconds.rounded())
    let (hours, minutes, rest) = (whole / 3600, whole / 60 % 60, whole % 60)
    let two = { (number: Int) in number < 10 ? "0\(number)" : "\(number)" }
    return hours > 0 ? "\(hours):\(two(minutes)):\(two(rest))" : "\(minutes):\(two(rest))"
  }

  /// A count and its noun: `1 block`, `3 blocks`, `2 classes`.
  package static func count(_ number: Int, _ noun: String, _ plural: String? = nil) -> String {
    "\(grouped(number)) \(number == 1 ? noun : plural ?? noun + "s")"
  }

  /// Words as a list: `a`, `a and b`, `a, b and c`.
  package static func list(_ words: [String]) -> String {
    guard let last = words.last, words.count > 1 else { return words.first ?? "" }
    return words.dropLast().joined(separator: ", ") + " and " + last
  }
}
