import Networks

/// The colours of a family of layers.
struct Hue {
  let fill: String
  let stroke: String

  init(_ family: KindFamily) {
    (fill, stroke) =
      switch family {
      case .convolution: ("#e3eefb", "#2563a8")
      case .dense: ("#eee6f8", "#7b4bb3")
      case .normalization: ("#e6f4ea", "#2e8540")
      case .activation: ("#fdf3dc", "#a87f00")
      case .pooling: ("#def3f3", "#1c7c7c")
      case .shaping, .container, .shortcut: ("#f3f4f6", "#6b7280")
      case .regularization: ("#fbe6ee", "#b03a67")
      }
  }
}

/// The forms that pictures of networks are made of.
extension NetworkPicture {
  /// A layer: a box with its words.
  static func box(_ text: String, _ hue: Hue) -> Piece {
    let width = max(130, Self.width(of: text, size: 12) + 24)
    return Piece(width: width, height: 26, axis: width / 2) { canvas, x, y in
      canvas.rectangle(x, y, width, 26, .init(radius: 5, fill: hue.fill, stroke: hue.stroke))
      canvas.text(text, x + width / 2, y + 17, .init(anchor: .middle))
    }
  }

  /// A named part in a frame, with a number of copies if there are several.
  static func framed(_ piece: Piece, label: String, count: Int?) -> Piece {
    let (side, top, bottom) = (14.0, 26.0, 12.0)
    let text = count.map { "\(label) × \($0)" } ?? label
    let labelWidth = Self.width(of: text, size: 11) + 12
    let left = max(piece.axis + side, labelWidth + 8)
    let right = piece.width - piece.axis + side
    let height = piece.height + top + bottom
    return Piece(width: left + right, height: height, axis: left) { canvas, x, y in
      let isMany = count != nil
      if isMany {
        canvas.rectangle(
          x + 4, y + 4, left + right, height,
          .init(radius: 8, fill: "#ffffff", stroke: Colours.frame))
      }
      canvas.rectangle(
        x, y, left + right, height,
        .init(
          radius: 8, fill: isMany ? "#ffffff" : "none",
          stroke: Colours.frame, isDashed: !isMany))
      canvas.text(text, x + 10, y + 16, .init(size: 11, fill: Colours.faint, isBold: isMany))
      canvas.line([(x + left, y), (x + left, y + top)], stroke: Colours.line, hasArrow: true)
      piece.draw(&canvas, x + left - piece.axis, y + top)
      let end = y + top + piece.height
      canvas.line([(x + left, end), (x + left, end + bottom)], stroke: Colours.line)
    }
  }

  /// Pieces one below another, without shapes between.
  static func stacked(_ pieces: [Piece]) -> Piece {
    guard pieces.count != 1 else { return pieces[0] }
    let gap = 22.0
    let axis = pieces.map(\.axis).max() ?? 0
    let right = pieces.map { $0.width - $0.axis }.max() ?? 0
    let height = pieces.reduce(0) { $0 + $1.height } + gap * Double(max(0, pieces.count - 1))
    return Piece(width: axis + right, height: height, axis: axis) { canvas, x, y in
      var y = y
      for (index, piece) in pieces.enumerated() {
        piece.draw(&canvas, x + axis - piece.axis, y)
        y += piece.height
        guard index + 1 < pieces.count else { break }
        canvas.line([(x + axis, y), (x + axis, y + gap)], stroke: Colours.line, hasArrow: true)
        y += gap
      }
    }
  }

  /// A body with a skip at its right, added below it, and what is applied to the sum.
  static func skipping(_ body: Piece, shortcut: Piece?, activation: String?) -> Piece {
    let (top, bottom, radius) = (16.0, 22.0, 9.0)
    let lane = max(body.width - body.axis, radius) + 18
    let reach = shortcut.map { $0.axis } ?? 0
    let skip = lane + reach
    let right = skip + (shortcut.map { $0.width - $0.axis } ?? 0) + 8
    let inside = max(body.height, (shortcut?.height ?? 0))
    let actHeight = activation == nil ? 0.0 : 40.0
    let sumY = top + inside + bottom
    let height = sumY + radius + actHeight
    return Piece(width: body.axis + right, height: height, axis: body.axis) { canvas, x, y in
      let axis = x + body.axis
      let sum = y + sumY
      let skipX = axis + skip
      canvas.line([(axis, y), (axis, y + top)], stroke: Colours.line, hasArrow: true)
      if let shortcut {
        let start = y + top + (inside - shortcut.height) / 2
        canvas.line(
          [(axis, y + 5), (skipX, y + 5), (skipX, start)], stroke: Colours.skip, width: 1.6,
          radius: 8)
        shortcut.draw(&canvas, skipX - shortcut.axis, start)
        canvas.line(
          [(skipX, start + shortcut.height), (skipX, sum), (axis + radius, sum)],
          stroke: Colours.skip, width: 1.6, radius: 8)
      } else {
        canvas.line(
          [(axis, y + 5), (skipX, y + 5), (skipX, sum), (axis + radius, sum)],
          stroke: Colours.skip, width: 1.6, radius: 8)
      }
      body.draw(&canvas, x, y + top)
      canvas.line(
        [(axis, y + top + body.height), (axis, sum - radius)], stroke: Colours.line, hasArrow: true)
      canvas.circle(axis, sum, radius, fill: "#ffffff", stroke: Colours.skip)
      canvas.line([(axis - 5, sum), (axis + 5, sum)], stroke: Colours.skip, width: 1.6)
      canvas.line([(axis, sum - 5), (axis, sum + 5)], stroke: Colours.skip, width: 1.6)
      guard let activation else { return }
      let boxY = sum + radius + 16
      canvas.line([(axis, sum + radius), (axis, boxY)], stroke: Colours.line, hasArrow: true)
      canvas.rectangle(
        axis - 40, boxY, 80, 24, .init(radius: 5, fill: "#fdf3dc", stroke: "#a87f00"))
      canvas.text(activation, axis, boxY + 16, .init(anchor: .middle))
    }
  }

  /// Branches side by side whose values meet below.
  static func beside(_ branches: [Piece], sign: String) -> Piece {
    let (top, bottom, between) = (20.0, 20.0, 20.0)
    let width =
      branches.reduce(0) { $0 + $1.width } + between * Double(max(0, branches.count - 1))
    let inside = branches.map(\.height).max() ?? 0
    let signWidth = Self.width(of: sign, size: 11) + 16
    let height = top + inside + bottom + 20
    let axis = width / 2
    return Piece(width: width, height: height, axis: axis) { canvas, x, y in
      var left = x
      let center = x + axis
      let join = y + top + inside + bottom
      for branch in branches {
        let line = left + branch.axis
        canvas.line(
          [(center, y), (center, y + 6), (line, y + 6), (line, y + top)], stroke: Colours.line,
          radius: 4, hasArrow: true)
        branch.draw(&canvas, left, y + top)
        canvas.line(
          [(line, y + top + branch.height), (line, join - 8), (center, join - 8), (center, join)],
          stroke: Colours.line, radius: 4)
        left += branch.width + between
      }
      canvas.rectangle(
        center - signWidth / 2, join, signWidth, 20,
        .init(
          radius: 10, fill: "#ffffff",
          stroke: Colours.skip))
      canvas.text(sign, center, join + 14, .init(anchor: .middle, size: 11, fill: Colours.skip))
    }
  }

  /// The width of a text, as far as it can be told without its font.
  static func width(of text: String, size: Double) -> Double {
    Double(text.count) * size * 0.56
  }
}
