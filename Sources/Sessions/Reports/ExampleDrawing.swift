import Networks

/// The values of an example in characters: an image, a curve for each channel, or numbers.
struct ExampleDrawing {
  let shape: Shape
  let values: ArraySlice<Float>

  private static let mostPixels = 36
  private static let mostPoints = 72
  private static let mostChannels = 8
  private static let mostNumbers = 16
  private static let shades = Array(" .:-=+*#%@")

  func lines(_ glyphs: Glyphs) -> [String] {
    switch shape.spatialRank {
    case 0: return [Self.numbers(values)]
    case 1: return curves(glyphs)
    default: return image()
    }
  }

  /// The first numbers, with three digits each.
  static func numbers(_ values: ArraySlice<Float>) -> String {
    let shown = values.prefix(mostNumbers).map { Numbers.significant(Double($0), digits: 3) }
    return shown.joined(separator: " ") + (values.count > mostNumbers ? " …" : "")
  }

  private func curves(_ glyphs: Glyphs) -> [String] {
    let length = shape.spatial[0]
    let channels = (0..<min(shape.channels, Self.mostChannels)).map { channel in
      Self.means(of: length, most: Self.mostPoints) { position in
        values[values.startIndex + channel * length + position]
      }
    }
    let more = shape.channels - channels.count
    return channels.map { Self.text($0, glyphs.heights, width: 1) }
      + (more > 0 ? ["and \(Numbers.count(more, "channel")) more"] : [])
  }

  private func image() -> [String] {
    let (height, width) = (shape.spatial[0], shape.spatial[1])
    let factor = (max(height, width) + Self.mostPixels - 1) / Self.mostPixels
    let rows = (0..<(height + factor - 1) / factor).map { row in
      (0..<(width + factor - 1) / factor).map { column in
        var sum: Float = 0
        var count: Float = 0
        for y in row * factor..<min((row + 1) * factor, height) {
          for x in column * factor..<min((column + 1) * factor, width) {
            for channel in 0..<shape.channels {
              sum += values[values.startIndex + (channel * height + y) * width + x]
              count += 1
            }
          }
        }
        return sum / count
      }
    }
    let all = rows.flatMap { $0 }
    return rows.map { Self.text($0, Self.shades, width: 2, among: all) }
  }

  /// Means of equal parts, at most so many.
  private static func means(of count: Int, most: Int, _ value: (Int) -> Float) -> [Float] {
    let parts = min(count, most)
    return (0..<parts).map { part in
      let range = part * count / parts..<(part + 1) * count / parts
      return range.reduce(0) { $0 + value($1) } / Float(range.count)
    }
  }

  /// A character for each value, from the least of all to the greatest; `?` for what is no number.
  private static func text(
    _ values: [Float], _ signs: [Character], width: Int, among all: [Float]? = nil
  ) -> String {
    let finite = (all ?? values).filter(\.isFinite).map(Double.init)
    let (least, greatest) = (finite.min() ?? 0, finite.max() ?? 0)
    let text = values.map { value -> String in
      guard value.isFinite else { return String(repeating: "?", count: width) }
      let share =
        greatest > least ? (Double(value) - least) / (greatest - least) : 0.5
      let index = min(Int(share * Double(signs.count)), signs.count - 1)
      return String(repeating: signs[max(index, 0)], count: width)
    }.joined()
    return String(text.reversed().drop { $0 == " " }.reversed())
  }
}
