import Networks

/// Lays the elements of a picture of a network out along the way of its values, down or to the right.
struct FlowLayout {
  let direction: PictureDirection

  /// Whether values go down.
  private var isDown: Bool { direction == .down }

  /// Elements one after another; the shape stands beside a line where it changes.
  ///
  /// - Parameter limit: How long the chain may become before it goes on in another row, where its
  ///   elements allow that.
  func chain(_ chain: NetworkDiagram.Chain, input: Shape, limit: Double = .infinity) -> FlowPiece {
    guard !chain.stations.isEmpty else {
      return FlowPiece(length: 4, breadth: 0, axis: 0, beginsWithLine: true) {
        canvas, along, across in
        canvas.line([.init(along, across), .init(along + 4, across)])
      }
    }
    var shape = input
    var links: [FlowRows.Link] = []
    for station in chain.stations {
      let piece = self.piece(station.element, input: shape, limit: limit)
      let label = station.output == shape ? "" : station.output.displayText
      links.append(FlowRows.Link(piece: piece, label: label, gap: gap(for: label)))
      shape = station.output
    }
    return FlowRows(links, direction: direction, limit: limit).piece
  }

  /// The room of a line with a shape beside it.
  private func gap(for label: String) -> Double {
    isDown || label.isEmpty ? 22 : max(22, TextSize.width(of: label, size: 10) + 14)
  }

  private func piece(
    _ element: NetworkDiagram.Element, input: Shape, limit: Double
  ) -> FlowPiece {
    switch element {
    case .box(let box): self.box(box)
    case .frame(let frame): self.frame(frame, input: input, limit: limit)
    case .skip(let skip): self.skip(skip, input: input)
    case .fork(let fork): self.fork(fork, input: input)
    case .tap(let box, let name): self.tap(box, name: name)
    case .join(let join): self.join(join)
    }
  }

  // MARK: Boxes

  /// A layer or a folded container: its words, and its facts below them.
  func box(_ box: NetworkDiagram.Box) -> FlowPiece {
    let first = isDown ? [box.text] : Self.lines(of: box.text)
    return self.box(
      first + (box.facts.map { [$0] } ?? []), Hue(box.family), isMany: box.isMany)
  }

  /// Words, and behind them on a line of its own what is said by key, where that is long.
  private static func lines(of text: String) -> [String] {
    let words = text.split(separator: " ")
    let plain = words.prefix { !$0.contains("=") }
    guard text.count > 14, !plain.isEmpty, plain.count < words.count else { return [text] }
    return [
      plain.joined(separator: " "), words.dropFirst(plain.count).joined(separator: " "),
    ]
  }

  func box(_ lines: [String], _ hue: Hue, isMany: Bool = false) -> FlowPiece {
    let sizes = lines.indices.map { $0 == 0 ? 12.0 : 10 }
    let widest = zip(lines, sizes).map { TextSize.width(of: $0, size: $1) }.max() ?? 0
    let width = max(isDown ? 130 : 40, widest + (isDown ? 24 : 16))
    let height = 12 + 14 * Double(lines.count)
    let (length, breadth) = isDown ? (height, width) : (width, height)
    return FlowPiece(length: length, breadth: breadth, axis: breadth / 2) { canvas, along, across in
      let box = Canvas.Box(radius: 5, fill: hue.fill, stroke: hue.stroke)
      if isMany {
        canvas.rectangle(.init(along + 4, across + 4), length: length, breadth: breadth, box)
      }
      canvas.rectangle(.init(along, across), length: length, breadth: breadth, box)
      for (index, line) in lines.enumerated() {
        let middle = FlowCanvas.Point(along + length / 2, across + breadth / 2)
        let shift = 14 * (Double(index) - Double(lines.count - 1) / 2)
        canvas.text(
          line, at: canvas.below(middle, by: shift), size: sizes[index],
          fill: index == 0 ? Colours.ink : Colours.faint)
      }
    }
  }

  // MARK: Frames

  /// A named part in a frame.
  private func frame(
    _ frame: NetworkDiagram.Frame, input: Shape, limit: Double
  ) -> FlowPiece {
    let (lead, trail) = isDown ? (26.0, 12.0) : (16, 14)
    let inner = chain(frame.chain, input: input, limit: limit - lead - trail)
    let labelWidth = TextSize.width(of: frame.label, size: 11) + 20
    let before = isDown ? max(14, labelWidth - inner.axis) : 26
    let after = isDown ? 14.0 : 12
    let breadth = before + inner.breadth + after
    let length = max(lead + inner.length + trail, isDown ? 0 : labelWidth)
    var piece = FlowPiece(
      length: length, breadth: breadth, axis: before + inner.axis, beginsWithLine: true
    ) { canvas, along, across in
      let box = Canvas.Box(
        radius: 8, fill: frame.isMany ? "#ffffff" : "none", stroke: Colours.frame,
        isDashed: !frame.isMany)
      if frame.isMany {
        canvas.rectangle(.init(along + 4, across + 4), length: length, breadth: breadth, box)
      }
      canvas.rectangle(.init(along, across), length: length, breadth: breadth, box)
      canvas.title(frame.label, at: .init(along, across), isBold: frame.isMany)
      let axis = across + before + inner.axis
      canvas.line(
        [.init(along, axis), .init(along + lead, axis)], hasArrow: !inner.beginsWithLine)
      inner.draw(&canvas, along + lead, across + before)
      let exit = across + before + inner.exit.across
      canvas.line([.init(along + lead + inner.exit.along, exit), .init(along + length, exit)])
    }
    piece.exit.across = before + inner.exit.across
    return piece
  }

  // MARK: Skips

  /// A body with a skip beside it, added behind it, and what is applied to the sum.
  private func skip(_ skip: NetworkDiagram.Skip, input: Shape) -> FlowPiece {
    let (lead, trail, radius) = (16.0, 22.0, 9.0)
    let body = chain(skip.body, input: input)
    let shortcut =
      skip.shortcut.stations.isEmpty ? nil : chain(skip.shortcut, input: input)
    let activation = skip.activation.map { box([$0.word], Hue($0.kind.family)) }
    let axis = max(body.axis, activation?.axis ?? 0, radius)
    let bodyEnd = max(body.breadth - body.axis, radius)
    let lane = axis + bodyEnd + 18 + (shortcut?.axis ?? 0)
    let skipEnd = lane + (shortcut.map { $0.breadth - $0.axis } ?? 0) + 8
    let breadth = max(skipEnd, axis + (activation?.axis ?? 0))
    let inside = max(body.length, shortcut?.length ?? 0)
    let sum = lead + inside + trail
    let rest = activation.map { 16 + $0.length } ?? 0
    return FlowPiece(
      length: sum + radius + rest, breadth: breadth, axis: axis, beginsWithLine: true
    ) { canvas, along, across in
      let center = FlowCanvas.Point(along + sum, across + axis)
      let turn = along + 5
      let side = across + lane
      canvas.line(
        [.init(along, center.across), .init(along + lead, center.across)],
        hasArrow: !body.beginsWithLine)
      let end = [
        FlowCanvas.Point(center.along, side), .init(center.along, center.across + radius),
      ]
      if let shortcut {
        let start = along + lead + (inside - shortcut.length) / 2
        canvas.skip(
          [.init(turn, center.across), .init(turn, side), .init(start, side)], radius: 8)
        shortcut.draw(&canvas, start, side - shortcut.axis)
        canvas.skip([.init(start + shortcut.length, side)] + end, radius: 8)
      } else {
        canvas.skip([.init(turn, center.across), .init(turn, side)] + end, radius: 8)
      }
      body.draw(&canvas, along + lead, center.across - body.axis)
      canvas.line(
        [
          .init(along + lead + body.length, center.across),
          .init(center.along - radius, center.across),
        ],
        hasArrow: true)
      canvas.circle(center, radius, fill: "#ffffff", stroke: Colours.skip)
      for (dx, dy) in [(5.0, 0.0), (0, 5)] {
        canvas.skip([
          .init(center.along - dx, center.across - dy),
          .init(center.along + dx, center.across + dy),
        ])
      }
      guard let activation else { return }
      let start = center.along + radius + 16
      canvas.line(
        [.init(center.along + radius, center.across), .init(start, center.across)], hasArrow: true)
      activation.draw(&canvas, start, center.across - activation.axis)
    }
  }

  // MARK: Branches

  /// Branches side by side whose values meet behind them.
  private func fork(_ fork: NetworkDiagram.Fork, input: Shape) -> FlowPiece {
    let (lead, trail, between) = (20.0, 20.0, 20.0)
    let identity = box([Kind.identity.rawValue], Hue(Kind.identity.family))
    let branches = fork.branches.map { $0.stations.isEmpty ? identity : chain($0, input: input) }
    let gaps = between * Double(max(0, branches.count - 1))
    let breadth = branches.reduce(0) { $0 + $1.breadth } + gaps
    let inside = branches.map(\.length).max() ?? 0
    let signWidth = TextSize.width(of: fork.sign, size: 11) + 16
    let (signLength, signBreadth) = isDown ? (20, signWidth) : (signWidth, 20)
    let join = lead + inside + trail
    return FlowPiece(
      length: join + signLength, breadth: breadth, axis: breadth / 2, beginsWithLine: true
    ) { canvas, along, across in
      var side = across
      let center = across + breadth / 2
      let (turn, meeting) = (along + 6, along + join - 8)
      for branch in branches {
        let axis = side + branch.axis
        let (start, end) = (along + lead, along + lead + branch.length)
        canvas.line(
          [.init(along, center), .init(turn, center), .init(turn, axis), .init(start, axis)],
          radius: 4, hasArrow: !branch.beginsWithLine)
        branch.draw(&canvas, start, side)
        canvas.line(
          [
            .init(end, axis), .init(meeting, axis), .init(meeting, center),
            .init(along + join, center),
          ],
          radius: 4)
        side += branch.breadth + between
      }
      canvas.rectangle(
        .init(along + join, center - signBreadth / 2), length: signLength, breadth: signBreadth,
        .init(radius: 10, fill: "#ffffff", stroke: Colours.skip))
      canvas.text(
        fork.sign, at: .init(along + join + signLength / 2, center), size: 11, fill: Colours.skip)
    }
  }
}
