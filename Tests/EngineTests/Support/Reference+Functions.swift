import Foundation
import Networks

extension Reference {
  /// An activation function by its formula.
  func apply(_ activation: Activation, _ x: Activations) -> Activations {
    switch activation.function {
    case .relu: x.map { max($0, 0) }
    case .leaky: x.map { $0 < 0 ? activation.constant * $0 : $0 }
    case .sigmoid: x.map { 1 / (1 + exp(-$0)) }
    case .tanh: x.map { tanh($0) }
    case .elu: x.map { $0 < 0 ? activation.constant * (exp($0) - 1) : $0 }
    case .selu:
      x.map { 1.0507009873554805 * ($0 < 0 ? 1.6732632423543772 * (exp($0) - 1) : $0) }
    case .gelu: x.map { $0 * 0.5 * erfc(-$0 / 2.0.squareRoot()) }
    case .silu: x.map { $0 / (1 + exp(-$0)) }
    case .mish: x.map { $0 * tanh(log1p(exp($0))) }
    case .hardswish: x.map { $0 * min(max($0 + 3, 0), 6) / 6 }
    case .hardsigmoid: x.map { min(max($0 + 3, 0), 6) / 6 }
    case .relu6: x.map { min(max($0, 0), 6) }
    case .softplus: x.map { log1p(exp($0)) }
    case .softsign: x.map { $0 / (1 + abs($0)) }
    case .softmax: softmax(x)
    }
  }

  /// A power by its formula.
  func power(_ base: Double, _ exponent: Double) -> Double { pow(base, exponent) }

  private func softmax(_ x: Activations) -> Activations {
    var y = x
    for n in 0..<x.images {
      for row in 0..<x.height {
        for column in 0..<x.width {
          let all = (0..<x.channels).map { exp(x[n, $0, row, column]) }
          let sum = all.reduce(0, +)
          for c in 0..<x.channels { y[n, c, row, column] = all[c] / sum }
        }
      }
    }
    return y
  }

  /// The mean loss of a batch by its formula.
  static func loss(_ name: String, _ output: Activations, _ targets: Examples.Targets) -> Double {
    let size = output.values.count / output.images
    var total = 0.0
    for n in 0..<output.images {
      let row = output.values[n * size..<(n + 1) * size]
      switch targets {
      case .classes(let labels, _):
        let sum = row.map { exp($0) }.reduce(0, +)
        total += log(sum) - row[n * size + Int(labels[n])]
      case .values(let values):
        for (index, value) in row.enumerated() {
          let distance = abs(value - Double(values.values[n * size + index]))
          let term =
            switch name {
            case "l2": distance * distance / 2
            case "l1": distance
            default: distance <= 1 ? distance * distance / 2 : distance - 0.5
            }
          total += term / Double(size)
        }
      case .maps(let maps):
        let positions = maps.positions
        for (position, label) in maps[n].enumerated() {
          let scores = (0..<size / positions).map { row[n * size + $0 * positions + position] }
          total +=
            (log(scores.map { exp($0) }.reduce(0, +)) - scores[Int(label)]) / Double(positions)
        }
      case .none: break
      }
    }
    return total / Double(output.images)
  }
}
