import Foundation
import Networks

/// Attention and what goes with it, by their definitions.
extension Reference {
  private func values(_ block: BlockID, _ role: ParameterRole) -> [Double] {
    parameters[ParameterKey(block: block, role: role)] ?? []
  }

  /// One position after another: its query against the keys that it sees, head by head.
  func attend(_ layer: Attention, _ block: BlockID, _ x: Activations) -> Activations {
    let (channels, positions) = (x.channels, x.height * x.width)
    let depth = channels / layer.heads
    let (inputs, outputs) = (values(block, .inputWeight), values(block, .outputWeight))
    let (inputBias, outputBias) = (values(block, .inputBias), values(block, .outputBias))
    var y = x
    for n in 0..<x.images {
      func projected(_ row: Int, _ position: Int) -> Double {
        (0..<channels).reduce(inputBias.isEmpty ? 0 : inputBias[row]) { sum, channel in
          let value = x.values[(n * channels + channel) * positions + position]
          return sum + inputs[row * channels + channel] * value
        }
      }
      let parted = (0..<positions).map { position in
        (0..<3 * channels).map { projected($0, position) }
      }
      for position in 0..<positions {
        var mixed = Array(repeating: 0.0, count: channels)
        let seen = layer.isCausal ? position + 1 : positions
        for head in 0..<layer.heads {
          let own = head * depth..<(head + 1) * depth
          let scores = (0..<seen).map { other in
            own.reduce(0) { $0 + parted[position][$1] * parted[other][channels + $1] }
              / Double(depth).squareRoot()
          }
          let total = scores.reduce(0) { $0 + exp($1) }
          for (other, score) in scores.enumerated() {
            for channel in own {
              mixed[channel] += exp(score) / total * parted[other][2 * channels + channel]
            }
          }
        }
        for row in 0..<channels {
          y.values[(n * channels + row) * positions + position] = (0..<channels).reduce(
            outputBias.isEmpty ? 0 : outputBias[row]
          ) { $0 + outputs[row * channels + $1] * mixed[$1] }
        }
      }
    }
    return y
  }

  /// The row of each number.
  func lookUp(_ layer: Embedding, _ block: BlockID, _ x: Activations) -> Activations {
    let table = values(block, .weight)
    var y = Activations(
      images: x.images, channels: layer.units, height: x.height, width: x.width)
    let positions = x.height * x.width
    for index in y.values.indices {
      let (n, unit, position) = (
        index / positions / layer.units, index / positions % layer.units, index % positions
      )
      y.values[index] = table[Int(x.values[n * positions + position]) * layer.units + unit]
    }
    return y
  }

  /// A number for each value, or sines and cosines.
  func place(_ layer: Positions, _ block: BlockID, _ x: Activations) -> Activations {
    let table = values(block, .weight)
    var y = x
    let positions = x.height * x.width
    for index in y.values.indices {
      let (channel, position) = (index / positions % x.channels, index % positions)
      switch layer.source {
      case .learned: y.values[index] += table[channel * positions + position]
      case .sinusoidal:
        let length = pow(10000, Double(channel - channel % 2) / Double(x.channels))
        let angle = Double(position) / length
        y.values[index] += channel % 2 == 0 ? sin(angle) : cos(angle)
      }
    }
    return y
  }

  /// A learned position before the others.
  func begin(_ block: BlockID, _ x: Activations) -> Activations {
    let token = values(block, .weight)
    let positions = x.height * x.width
    var y = Activations(images: x.images, channels: x.channels, height: 1, width: positions + 1)
    for n in 0..<x.images {
      for c in 0..<x.channels {
        y[n, c, 0, 0] = token[c]
        for position in 0..<positions {
          y[n, c, 0, position + 1] = x.values[(n * x.channels + c) * positions + position]
        }
      }
    }
    return y
  }
}
