/// Colours that go over into one another, by shares from 0 to 1.
enum ColourScale {
  /// Blue for what is low, over pale, to red.
  static let loss = [
    (38, 70, 132), (66, 124, 176), (146, 190, 210), (236, 231, 206), (240, 186, 128), (204, 92, 60),
  ]

  /// The colour at a share, as SVG writes it.
  static func colour(at share: Double, of stops: [(Int, Int, Int)]) -> String {
    let place = min(max(share, 0), 1) * Double(stops.count - 1)
    let index = min(Int(place), stops.count - 2)
    return mixed(stops[index], stops[index + 1], place - Double(index))
  }

  /// A colour with so much of another one.
  static func mixed(_ a: (Int, Int, Int), _ b: (Int, Int, Int), _ share: Double) -> String {
    let mix = { (a: Int, b: Int) in Int((Double(a) + (Double(b - a)) * share).rounded()) }
    return "#" + [mix(a.0, b.0), mix(a.1, b.1), mix(a.2, b.2)].map(twoDigits).joined()
  }

  /// A colour of `Colours.series` in its parts.
  static func parts(of colour: String) -> (Int, Int, Int) {
    let number = Int(colour.dropFirst(), radix: 16) ?? 0
    return (number >> 16 & 255, number >> 8 & 255, number & 255)
  }

  private static func twoDigits(_ value: Int) -> String {
    let text = String(min(max(value, 0), 255), radix: 16)
    return text.count == 1 ? "0" + text : text
  }
}
