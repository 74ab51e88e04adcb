/// Numbers as people read them: grouped, shortened, with few digits.
package enum Quantity {
  /// All digits in groups of three: `42,394`.
  package static func grouped(_ value: Int) -> String {
    let digits = String(value.magnitude)
    var text = ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index).isMultiple(of: 3) { text.append(",") }
      text.append(digit)
    }
    return value < 0 ? "-" + text : text
  }

  /// At most four digits and a unit: `9,216`, `42.4 k`, `2.5 M`, `424 M`.
  package static func short(_ value: Int) -> String {
    if value.magnitude < 10_000 { return grouped(value) }
    var scaled = Double(value)
    for unit in ["k", "M", "G", "T", "P", "E"] {
      scaled /= 1000
      if scaled.magnitude < 99.95 { return fixed(scaled, 1) + " " + unit }
      if scaled.magnitude < 999.5 { return fixed(scaled, 0) + " " + unit }
    }
    return grouped(value)
  }

  /// A measured value in three or four figures: `0.122`, `32.3`, `1783`, `2.6e+07`, `1.2e-05`.
  package static func measured(_ value: Double) -> String {
    if value.isNaN { return "NaN" }
    if value.isInfinite { return value < 0 ? "-∞" : "∞" }
    let magnitude = value.magnitude
    if magnitude == 0 { return "0" }
    if magnitude < 0.0005 || magnitude >= 99_999.5 { return scientific(value, 1) }
    if magnitude < 9.9995 { return fixed(value, 3) }
    if magnitude < 99.995 { return fixed(value, 2) }
    return fixed(value, magnitude < 999.95 ? 1 : 0)
  }

  /// A share of one as a percentage: `96.3 %`.
  package static func percent(_ share: Double) -> String {
    share.isFinite ? fixed(share * 100, 1) + " %" : "–"
  }

  /// Seconds as a clock shows them: `0:07`, `12:40`, `1:01:01`, `4 d 04:00`.
  package static func clock(_ seconds: Double) -> String {
    guard seconds.isFinite, seconds < 1e10 else { return "–" }
    let whole = Int(max(0, seconds).rounded())
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    let (hours, minutes) = (whole / 3600, whole / 60 % 60)
    if hours >= 100 { return "\(hours / 24) d \(two(hours % 24)):\(two(minutes))" }
    if hours > 0 { return "\(hours):\(two(minutes)):\(two(whole % 60))" }
    return "\(minutes):\(two(whole % 60))"
  }

  /// A receptive field: `11`, or `7×9` where its dimensions differ.
  package static func receptiveField(_ extents: [Int]) -> String {
    guard let first = extents.first else { return "" }
    if extents.allSatisfy({ $0 == first }) { return String(first) }
    return extents.map(String.init).joined(separator: "×")
  }

  /// A number with a fixed count of decimals, rounded half away from zero; magnitudes below 1e15.
  package static func fixed(_ value: Double, _ decimals: Int) -> String {
    var power = 1.0
    for _ in 0..<decimals { power *= 10 }
    let scaled = (value.magnitude * power).rounded()
    guard scaled < 9e18 else { return scientific(value, decimals) }
    let whole = Int(scaled)
    let sign = value < 0 && whole > 0 ? "-" : ""
    if decimals == 0 { return sign + String(whole) }
    let unit = Int(power)
    let fraction = String(whole % unit)
    let zeros = String(repeating: "0", count: decimals - fraction.count)
    return "\(sign)\(whole / unit).\(zeros)\(fraction)"
  }

  /// A number with a power of ten, as C prints it: `2.6e+07`.
  package static func scientific(_ value: Double, _ decimals: Int) -> String {
    guard value.isFinite, value != 0 else { return fixed(0, decimals) + "e+00" }
    var mantissa = value.magnitude
    var exponent = 0
    while mantissa >= 10 {
      mantissa /= 10
      exponent += 1
    }
    while mantissa < 1 {
      mantissa *= 10
      exponent -= 1
    }
    var text = fixed(mantissa, decimals)
    if text.hasPrefix("10") {
      text = fixed(1, decimals)
      exponent += 1
    }
    let digits = exponent.magnitude < 10 ? "0\(exponent.magnitude)" : "\(exponent.magnitude)"
    return "\(value < 0 ? "-" : "")\(text)e\(exponent < 0 ? "-" : "+")\(digits)"
  }
}
