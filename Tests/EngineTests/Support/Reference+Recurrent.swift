import Foundation
import Networks

/// Recurrent layers by their definitions.
extension Reference {
  /// The parameters of a direction, bias 0 where there are none.
  private struct Direction {
    let inputs: [Double]
    let states: [Double]
    let inputBias: [Double]
    let stateBias: [Double]

    init(_ parameters: [ParameterKey: [Double]], _ block: BlockID, _ roles: [ParameterRole]) {
      let values = roles.map { parameters[ParameterKey(block: block, role: $0)] ?? [] }
      (inputs, states, inputBias, stateBias) = (values[0], values[1], values[2], values[3])
    }

    /// A row of the gates: what the input gives, and what the state gives.
    func sums(_ row: Int, _ x: [Double], _ h: [Double]) -> (given: Double, own: Double) {
      var given = inputBias.isEmpty ? 0 : inputBias[row]
      for (index, value) in x.enumerated() { given += inputs[row * x.count + index] * value }
      var own = stateBias.isEmpty ? 0 : stateBias[row]
      for (index, value) in h.enumerated() { own += states[row * h.count + index] * value }
      return (given, own)
    }
  }

  /// States one after another, in one direction or two.
  func recur(_ layer: Recurrent, _ block: BlockID, _ x: Activations) -> Activations {
    let (units, positions) = (layer.units, x.width)
    var y = Activations(
      images: x.images, channels: layer.directions * units, height: 1,
      width: layer.givesLast ? 1 : positions)
    let roles: [[ParameterRole]] = [
      [.inputToState, .stateToState, .inputToStateBias, .stateToStateBias],
      [
        .reverseInputToState, .reverseStateToState, .reverseInputToStateBias,
        .reverseStateToStateBias,
      ],
    ]
    for number in 0..<layer.directions {
      let direction = Direction(parameters, block, roles[number])
      for n in 0..<x.images {
        var h = Array(repeating: 0.0, count: units)
        var c = h
        for step in 0..<positions {
          let place = number == 0 ? step : positions - 1 - step
          let inputs = (0..<x.channels).map { x[n, $0, 0, place] }
          let old = h
          for unit in 0..<units {
            let sums = (0..<layer.cell.gates).map {
              direction.sums($0 * units + unit, inputs, old)
            }
            switch layer.cell {
            case .longShortTerm:
              let all = sums.map { $0.given + $0.own }
              c[unit] = Self.gate(all[1]) * c[unit] + Self.gate(all[0]) * tanh(all[2])
              h[unit] = Self.gate(all[3]) * tanh(c[unit])
            case .gatedUnit:
              let r = Self.gate(sums[0].given + sums[0].own)
              let z = Self.gate(sums[1].given + sums[1].own)
              let new = tanh(sums[2].given + r * sums[2].own)
              h[unit] = (1 - z) * new + z * old[unit]
            }
          }
          for unit in 0..<units {
            y[n, number * units + unit, 0, layer.givesLast ? 0 : place] = h[unit]
          }
        }
      }
    }
    return y
  }

  private static func gate(_ x: Double) -> Double { 1 / (1 + exp(-x)) }
}
