import Networks

/// The architecture of a network as a picture: layers from top to bottom, skips at their side, the
/// places where values meet, and the shapes between.
///
/// Copies of a repeat that are alike are drawn once, with their number.
package struct NetworkPicture {
  private let network: Network
  private let title: String

  /// A picture of a network.
  package init(_ network: Network, title: String) {
    self.network = network
    self.title = title
  }

  /// A part of the picture: values come in at the top of its axis and leave at its bottom.
  struct Piece {
    var width: Double
    var height: Double
    var axis: Double
    var draw: (inout Canvas, _ x: Double, _ y: Double) -> Void
  }

  private static let margin = 28.0
  private static let gap = 22.0

  /// The picture as the text of an SVG file.
  package var svg: String {
    let body = chain(network.root.children, input: network.input)
    let shapes = "\(network.input.displayText) → \(network.output.displayText)"
    let facts = "\(shapes), \(Self.grouped(network.learnableCount)) parameters"
    let head = 64.0
    let textWidth = max(Self.width(of: facts, size: 11), Self.width(of: title, size: 15))
    let width = max(body.width, textWidth) + 2 * Self.margin
    let height = body.height + head + 50 + Self.margin
    var canvas = Canvas()
    canvas.text(title, Self.margin, 28, .init(size: 15, isBold: true))
    canvas.text(facts, Self.margin, 45, .init(size: 11, fill: Colours.faint))
    let x = (width - body.width) / 2
    let axis = x + body.axis
    canvas.text(network.input.displayText, axis, head + 8, .init(anchor: .middle, size: 11))
    canvas.line([(axis, head + 13), (axis, head + 30)], stroke: Colours.line, hasArrow: true)
    body.draw(&canvas, x, head + 30)
    let bottom = head + 30 + body.height
    canvas.line([(axis, bottom), (axis, bottom + 18)], stroke: Colours.line, hasArrow: true)
    canvas.text(
      network.output.displayText, axis, bottom + 31, .init(anchor: .middle, size: 11))
    return canvas.svg(width: width, height: height)
  }

  /// Blocks one below another; the shape stands beside a line where it changes.
  private func chain(_ blocks: BlockList, input: Shape) -> Piece {
    guard !blocks.isEmpty else {
      return Piece(width: 0, height: 4, axis: 0) { canvas, x, y in
        canvas.line([(x, y), (x, y + 4)], stroke: Colours.line)
      }
    }
    let pieces = blocks.map { piece($0) }
    var labels: [String] = []
    var shape = input
    for block in blocks {
      let output = network.facts[block.id]?.output ?? shape
      labels.append(output == shape ? "" : output.displayText)
      shape = output
    }
    let axis = pieces.map(\.axis).max() ?? 0
    let right = pieces.map { $0.width - $0.axis }.max() ?? 0
    let labelRoom = labels.dropLast().map { Self.width(of: $0, size: 10) + 8 }.max() ?? 0
    let height = pieces.reduce(0) { $0 + $1.height } + Self.gap * Double(pieces.count - 1)
    return Piece(width: axis + max(right, labelRoom), height: height, axis: axis) { canvas, x, y in
      var y = y
      for (index, piece) in pieces.enumerated() {
        piece.draw(&canvas, x + axis - piece.axis, y)
        y += piece.height
        guard index + 1 < pieces.count else { break }
        canvas.line(
          [(x + axis, y), (x + axis, y + Self.gap)], stroke: Colours.line, hasArrow: true)
        canvas.text(
          labels[index], x + axis + 6, y + Self.gap / 2 + 3, .init(size: 10, fill: Colours.faint))
        y += Self.gap
      }
    }
  }

  private func piece(_ block: Block) -> Piece {
    let input = network.facts[block.id]?.input ?? network.input
    switch block.form {
    case .layer(let layer):
      return Self.box(
        NetworkScript.words(of: block, unlessNamed: block.name), Hue(layer.kind.family))
    case .sequential(let children):
      return Self.framed(chain(children, input: input), label: block.name, count: nil)
    case .repeated(let copies): return repeated(copies, label: block.name, input: input)
    case .residual(let residual): return self.residual(residual, input: input)
    case .parallel(let parallel): return self.parallel(parallel, input: input)
    }
  }

  private func repeated(_ copies: BlockList, label: String, input: Shape) -> Piece {
    var groups: [(first: Block, count: Int)] = []
    for copy in copies {
      if let last = groups.last, last.first.hasSameForm(as: copy),
        network.facts[last.first.id]?.learnable == network.facts[copy.id]?.learnable
      {
        groups[groups.count - 1].count += 1
      } else {
        groups.append((copy, 1))
      }
    }
    let pieces = groups.map { group in
      let shape = network.facts[group.first.id]?.input ?? input
      return Self.framed(
        chain(group.first.children, input: shape), label: label,
        count: group.count > 1 ? group.count : nil)
    }
    return Self.stacked(pieces)
  }

  private func residual(_ residual: Residual, input: Shape) -> Piece {
    let body = chain(residual.body.children, input: input)
    let layers = residual.shortcut.children
    let shortcut = layers.isEmpty ? nil : chain(layers, input: input)
    return Self.skipping(
      body, shortcut: shortcut, activation: residual.activation?.kind.rawValue)
  }

  private func parallel(_ parallel: Parallel, input: Shape) -> Piece {
    let identity = Self.box(Kind.identity.rawValue, Hue(Kind.identity.family))
    var branches = parallel.branches.map { branch in
      branch.children.isEmpty ? identity : chain(branch.children, input: input)
    }
    if parallel.join == .highway { branches.append(identity) }
    let sign =
      switch parallel.join {
      case .add: "+"
      case .concatenate: "concat"
      case .multiply: "×"
      case .highway: "highway"
      }
    return Self.beside(branches, sign: sign)
  }

  /// A whole number in groups of three.
  static func grouped(_ number: Int) -> String {
    let digits = Array(String(number))
    var result = ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index) % 3 == 0 { result.append(",") }
      result.append(digit)
    }
    return result
  }
}
