/// Numbers as they are read.
enum Words {
  /// A number with its thousands set apart.
  static func counted(_ number: Int) -> String {
    let digits = String(number.magnitude)
    var result = number < 0 ? "-" : ""
    for (index, digit) in digits.enumerated() {
      if index > 0 && (digits.count - index) % 3 == 0 { result += "," }
      result.append(digit)
    }
    return result
  }

  /// A count with its noun.
  static func counted(_ number: Int, _ one: String, _ many: String) -> String {
    "\(counted(number)) \(number == 1 ? one : many)"
  }

  /// A share as a percentage: `10 %`.
  static func percent(_ share: Double) -> String { short(Float(share * 100)) + " %" }

  /// A number to four decimals, without trailing zeros.
  static func short(_ number: Float) -> String {
    let rounded = (Double(number) * 10_000).rounded() / 10_000
    if let whole = Int(exactly: rounded) { return String(whole) }
    return String(rounded)
  }
}
