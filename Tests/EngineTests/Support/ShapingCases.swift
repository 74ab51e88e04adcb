import Networks

@testable import Engine

extension GradientTests {
  /// Layers that give values other places: uneven, few channels and many, of values used twice.
  static let shaping: [Case] = [
    Case(name: "zeros around a series", input: [2, 7]) {
      [conv(5, Extents(3)), pad([(2, 1)]), conv(3, Extents(2)), gap]
    },
    Case(name: "zeros around an image of the input", input: [3, 4, 5]) {
      [pad([(1, 0), (2, 3)]), conv(3, Extents(3)), gap]
    },
    Case(name: "mirrored positions", input: [2, 4, 5]) {
      [conv(20, Extents(1)), pad([(3, 1), (0, 4)], .reflect), conv(3, Extents(3)), gap]
    },
    Case(name: "repeated edges", input: [2, 5], batch: 1) {
      [conv(3, Extents(3)), pad([(4, 6)], .replicate), conv(3, Extents(3)), gap]
    },
    Case(name: "padded and cut in a residual", input: [3, 6]) {
      [
        conv(4, Extents(1)),
        residual([pad([(1, 1)]), conv(4, Extents(3)) { $0.padding = Padding(0) }]), gap,
      ]
    },
    Case(name: "every position again", input: [2, 5]) {
      [conv(5, Extents(3)), upsample(3), conv(3, Extents(3)), gap]
    },
    Case(name: "every position of an image again", input: [2, 3, 4]) {
      [conv(18, Extents(1)), upsample([2, 3]), conv(3, Extents(3)), gap]
    },
    Case(name: "between positions", input: [2, 5]) {
      [conv(5, Extents(3)), upsample(2, .linear), act(.tanh), conv(3, Extents(3)), gap]
    },
    Case(name: "between positions of an image", input: [2, 3, 4]) {
      [conv(17, Extents(1)), upsample([3, 2], .linear), act(.tanh), conv(3, Extents(3)), gap]
    },
    Case(name: "between one position and none", input: [3, 1, 2]) {
      [conv(4, Extents(1)), upsample([4, 1], .linear), act(.tanh), gap]
    },
    Case(name: "down and up beside a shortcut", input: [2, 6, 8]) {
      [
        conv(4, Extents(3)),
        residual([pool(.maximum, Extents(2)), conv(4, Extents(3)), upsample(2, .linear)]), relu,
        gap,
      ]
    },
    Case(name: "pools that look back", input: [2, 9]) {
      [
        conv(4, Extents(3)), pool(.maximum, Extents(3)) { $0.padding = .causal },
        pool(.average, Extents(2)) { $0.padding = .causal }, gap,
      ]
    },
  ]

  private static func pad(_ sides: [(Int, Int)], _ mode: Pad.Mode = .zero) -> Block {
    var pad = Pad(sides.map { Padding.Sides(before: $0.0, after: $0.1) })
    pad.mode = mode
    return leaf(.pad(pad))
  }

  private static func upsample(_ factor: Int, _ mode: Upsample.Mode = .nearest) -> Block {
    upsample([factor], mode)
  }

  private static func upsample(_ factors: [Int], _ mode: Upsample.Mode = .nearest) -> Block {
    var upsample = Upsample(factor: Extents(factors))
    upsample.mode = mode
    return leaf(.upsample(upsample))
  }
}
