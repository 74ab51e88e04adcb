/// A part of a picture of a network: values come in at its start and leave at its end.
struct FlowPiece {
  /// How far it goes along the way of the values, and across it.
  var length: Double
  var breadth: Double

  /// Where values come in, across the way.
  var axis: Double

  /// Where they leave.
  var exit: FlowCanvas.Point

  /// Whether it begins with a line that needs no arrow before it.
  var beginsWithLine = false
  var draw: (inout FlowCanvas, _ along: Double, _ across: Double) -> Void

  /// A piece whose values leave at its end, as far across as they came in.
  init(
    length: Double, breadth: Double, axis: Double, beginsWithLine: Bool = false,
    draw: @escaping (inout FlowCanvas, _ along: Double, _ across: Double) -> Void
  ) {
    self.length = length
    self.breadth = breadth
    self.axis = axis
    exit = FlowCanvas.Point(length, axis)
    self.beginsWithLine = beginsWithLine
    self.draw = draw
  }
}

/// Sizes of texts, as far as they can be told without their font.
enum TextSize {
  static func width(of text: String, size: Double) -> Double {
    Double(text.count) * size * 0.56
  }
}
