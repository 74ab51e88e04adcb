import Sessions

/// A frame as a picture in SVG, in the colours of a dark terminal.
package enum FrameSVG {
  private static let cellWidth = 8.43
  private static let cellHeight = 16.4
  private static let margin = 14.0

  /// The picture.
  package static func text(of frame: Frame) -> String {
    let width = Double(frame.width) * cellWidth + 2 * margin
    let height = Double(frame.height) * cellHeight + 2 * margin
    var svg = """
      <svg xmlns="http://www.w3.org/2000/svg" width="\(number(width))" height="\(number(height))" \
      viewBox="0 0 \(number(width)) \(number(height))">
      <rect width="100%" height="100%" rx="8" fill="\(ground)"/>
      <g font-family="ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace" \
      font-size="14" xml:space="preserve">

      """
    for y in 0..<frame.height {
      for run in frame.runs(y) { svg += element(run, y, frame) }
    }
    if let cursor = frame.cursor {
      svg += rectangle(cursor.x, cursor.y, columns: 1, fill: text, opacity: 0.7)
    }
    return svg + "</g>\n</svg>\n"
  }

  private static let ground = "#1b1d23"
  private static let text = "#d4d7dd"

  private static func element(_ run: Frame.Run, _ y: Int, _ frame: Frame) -> String {
    let isReverse = run.style.emphasis.contains(.reverse)
    let isBlank = run.text.allSatisfy { $0 == " " }
    if isBlank, !isReverse { return "" }
    let colour = Palette.colours256.colour(of: run.style.role).map(rgb) ?? text
    let columns = run.text.reduce(0) { $0 + Frame.drawable($1).1 }
    var svg = ""
    if isReverse { svg += rectangle(run.x, y, columns: columns, fill: colour, opacity: 1) }
    if isBlank { return svg }
    let emphasis = Palette.colours256.emphasis(of: run.style)
    let look = Look(
      fill: isReverse ? ground : colour, isBold: emphasis.contains(.bold),
      isDim: emphasis.contains(.dim))
    var (text, start, column) = ("", run.x, run.x)
    var shapes = ""
    for character in run.text {
      let width = Frame.drawable(character).1
      if let shape = FrameShape.shape(of: character) {
        svg += element(text, start, y, columns: column - start, look)
        (text, start) = ("", column + width)
        shapes += shape.path(
          x: margin + Double(column) * cellWidth, y: margin + Double(y) * cellHeight,
          width: cellWidth, height: cellHeight, fill: look.fill, isDim: look.isDim)
      } else {
        text.append(character)
      }
      column += width
    }
    return svg + element(text, start, y, columns: column - start, look) + shapes
  }

  /// How the letters of a run are painted.
  private struct Look {
    let fill: String
    let isBold: Bool
    let isDim: Bool
  }

  private static func element(_ text: String, _ x: Int, _ y: Int, columns: Int, _ look: Look)
    -> String
  {
    if text.allSatisfy({ $0 == " " }) { return "" }
    let place = margin + Double(x) * cellWidth
    let baseline = margin + Double(y) * cellHeight + 13
    var svg = "<text x=\"\(number(place))\" y=\"\(number(baseline))\" "
    svg += "textLength=\"\(number(Double(columns) * cellWidth))\" fill=\"\(look.fill)\""
    if look.isBold { svg += " font-weight=\"bold\"" }
    if look.isDim { svg += " opacity=\"0.55\"" }
    return svg + ">\(XMLText.escaped(text))</text>\n"
  }

  private static func rectangle(
    _ x: Int, _ y: Int, columns: Int, fill: String, opacity: Double
  ) -> String {
    """
    <rect x="\(number(margin + Double(x) * cellWidth))" \
    y="\(number(margin + Double(y) * cellHeight))" \
    width="\(number(Double(columns) * cellWidth))" height="\(number(cellHeight))" \
    fill="\(fill)" opacity="\(number(opacity))"/>

    """
  }

  private static func number(_ value: Double) -> String {
    let tenths = Int((value * 10).rounded())
    return tenths.isMultiple(of: 10) ? "\(tenths / 10)" : "\(tenths / 10).\(tenths % 10)"
  }

  /// The usual colour of a number above 15, and a calm one of the first sixteen.
  private static func rgb(_ colour: Int) -> String {
    func hex(_ red: Int, _ green: Int, _ blue: Int) -> String {
      let digits = [red, green, blue].map { value in
        let text = String(value, radix: 16)
        return text.count == 1 ? "0" + text : text
      }
      return "#" + digits.joined()
    }
    if colour >= 232 {
      let grey = 8 + 10 * (colour - 232)
      return hex(grey, grey, grey)
    }
    let cube = max(0, colour - 16)
    func level(_ index: Int) -> Int { index == 0 ? 0 : 55 + 40 * index }
    return hex(level(cube / 36), level(cube / 6 % 6), level(cube % 6))
  }
}
