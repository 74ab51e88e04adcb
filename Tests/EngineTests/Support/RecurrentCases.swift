import Networks

@testable import Engine

extension GradientTests {
  /// Recurrent layers: few units and many, both ways, the last state alone, one position, values used twice.
  static let recurrents: [Case] = [Recurrent.Cell.longShortTerm, .gatedUnit].flatMap { cell in
    let name = cell == .longShortTerm ? "lstm" : "gru"
    return [
      Case(name: "\(name) of the input", input: [2, 7]) { [layer(cell, 5), gap] },
      Case(name: "\(name) of many units", input: [3, 5]) {
        [conv(4, Extents(1)), layer(cell, 35), act(.tanh), gap, dense(3)]
      },
      Case(name: "\(name) both ways", input: [2, 7], batch: 5) {
        [conv(3, Extents(3)), layer(cell, 4) { $0.isBidirectional = true }, gap]
      },
      Case(name: "\(name), the last state alone", input: [2, 6]) {
        [conv(3, Extents(1)), layer(cell, 5) { $0.givesLast = true }, dense(3)]
      },
      Case(name: "\(name) both ways, the last states alone", input: [2, 6], batch: 1) {
        [
          layer(cell, 17) {
            $0.isBidirectional = true
            $0.givesLast = true
          }, dense(3),
        ]
      },
      Case(name: "\(name) without biases, of one position", input: [3, 1], batch: 2) {
        [conv(4, Extents(1)), layer(cell, 5) { $0.hasBias = false }, gap]
      },
      Case(name: "\(name) in a residual, one behind another", input: [3, 6]) {
        [conv(4, Extents(1)), residual([layer(cell, 6), layer(cell, 4)]), gap]
      },
    ]
  }

  private static func layer(
    _ cell: Recurrent.Cell, _ units: Int, _ change: (inout Recurrent) -> Void = { _ in }
  ) -> Block {
    var layer = Recurrent(cell, units: units)
    change(&layer)
    return leaf(.recurrent(layer))
  }
}
