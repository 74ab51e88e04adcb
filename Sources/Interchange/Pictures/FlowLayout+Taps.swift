import Networks

/// Taps, and the joins of their values; the ways between are drawn when all else has its place.
extension FlowLayout {
  /// The box of a tap, from whose side its value leaves.
  func tap(_ box: NetworkDiagram.Box, name: String) -> FlowPiece {
    let piece = self.box(box)
    var result = FlowPiece(length: piece.length, breadth: piece.breadth, axis: piece.axis) {
      canvas, along, across in
      piece.draw(&canvas, along, across)
      canvas.tap(name, at: .init(along + piece.length / 2, across + piece.breadth))
    }
    result.exit = piece.exit
    return result
  }

  /// The sign of a join, with what the tapped value goes through beside the line that leads to it.
  func join(_ join: NetworkDiagram.Join) -> FlowPiece {
    let way = join.way.stations.isEmpty ? nil : chain(join.way, input: join.tapped)
    let signWidth = TextSize.width(of: join.sign, size: 11) + 16
    let (signLength, signBreadth) = direction == .down ? (20, signWidth) : (signWidth, 20)
    let axis = signBreadth / 2
    let lead = way.map { $0.length + 36 } ?? 12
    let side = signBreadth + 18 + (way?.axis ?? 0)
    let breadth = way.map { side + $0.breadth - $0.axis } ?? signBreadth
    return FlowPiece(
      length: lead + signLength, breadth: breadth, axis: axis, beginsWithLine: true
    ) { canvas, along, across in
      let center = FlowCanvas.Point(along + lead + signLength / 2, across + axis)
      canvas.line(
        [.init(along, center.across), .init(along + lead, center.across)], hasArrow: true)
      canvas.rectangle(
        .init(along + lead, across), length: signLength, breadth: signBreadth,
        .init(radius: 10, fill: "#ffffff", stroke: Colours.skip))
      canvas.text(join.sign, at: center, size: 11, fill: Colours.skip)
      let edge = FlowCanvas.Point(center.along, across + signBreadth)
      guard let way else {
        canvas.join(join.tap, through: [edge])
        return
      }
      let (start, lane) = (along + 18, across + side)
      way.draw(&canvas, start, lane - way.axis)
      canvas.skip(
        [.init(start + way.length, lane), .init(center.along, lane), edge], radius: 8)
      canvas.join(join.tap, through: [.init(along + 8, lane), .init(start, lane)])
    }
  }
}
