import Networks

@testable import Engine

extension GradientTests {
  /// Transposed convolutions, and layers that give single values other places.
  static let rearranging: [Case] = [
    Case(name: "spread over a series", input: [2, 7]) {
      [conv(3, Extents(3)), deconv(5, 3, stride: 2), relu, gap]
    },
    Case(name: "spread input of an image, groups, positions added", input: [4, 3, 5]) {
      [
        deconv(6, 4, stride: 3) { ($0.groups, $0.outputPadding) = (2, Extents([1, 2])) },
        act(.tanh), gap,
      ]
    },
    Case(name: "windows narrower than their strides", input: [2, 5]) {
      [conv(3, Extents(1)), deconv(4, 1, stride: 3) { $0.hasBias = false }, act(.tanh), gap]
    },
    Case(name: "more left out than windows overlap", input: [2, 6, 5]) {
      [
        conv(3, Extents(1)),
        deconv(4, 5, stride: 2) {
          $0.padding = .explicit([
            Padding.Sides(before: 5, after: 1), Padding.Sides(before: 0, after: 6),
          ])
        }, gap,
      ]
    },
    Case(name: "dilated, depthwise, an own activation", input: [3, 9]) {
      [
        conv(4, Extents(3)),
        deconv(4, 3, stride: 2) {
          ($0.groups, $0.dilation, $0.activation) = (4, Extents(2), .relu)
        }, gap,
      ]
    },
    Case(name: "many channels down and up beside a shortcut", input: [2, 6, 8]) {
      [
        conv(18, Extents(3)),
        residual([
          conv(20, Extents(3)) { $0.stride = Extents(2) }, relu, deconv(18, 2, stride: 2),
        ]), relu, gap,
      ]
    },
    Case(name: "spread values used twice, one example", input: [2, 5], batch: 1) {
      [conv(3, Extents(3)), parallel(.add, [[deconv(3, 3)], [deconv(3, 2)], []]), relu, gap]
    },
    Case(name: "looking back", input: [2, 6]) {
      [conv(3, Extents(1)), deconv(4, 5, stride: 2) { $0.padding = .causal }, gap]
    },
    Case(name: "channels as positions", input: [2, 7]) {
      [conv(15, Extents(3)), moved(.pixelShuffle(PixelShuffle(factor: 3))), act(.tanh), gap]
    },
    Case(name: "channels as positions of an image", input: [3, 4, 5]) {
      [
        conv(72, Extents(1)), moved(.pixelShuffle(PixelShuffle(factor: 2))), act(.tanh),
        conv(3, Extents(3)), gap,
      ]
    },
    Case(name: "channels in turn, used twice", input: [2, 3, 4]) {
      [
        conv(36, Extents(1)),
        residual([moved(.channelShuffle(ChannelShuffle(groups: 4))), conv(36, Extents(1))]), relu,
        gap,
      ]
    },
    Case(name: "features in turn", input: [6]) {
      [dense(12), moved(.channelShuffle(ChannelShuffle(groups: 3))), act(.tanh), dense(3)]
    },
    Case(name: "channels for positions", input: [3, 21]) {
      [conv(18, Extents(3)), moved(.permute(Permute(order: [2, 1, 3]))), act(.tanh), gap]
    },
    Case(name: "dimensions of an image turned", input: [2, 3, 4]) {
      [
        conv(5, Extents(1)), moved(.permute(Permute(order: [3, 1, 2]))), act(.tanh),
        conv(3, Extents(3)), moved(.permute(Permute(order: [1, 3, 2]))), gap,
      ]
    },
    Case(name: "some channels and some positions", input: [2, 6, 7]) {
      [
        conv(8, Extents(3)), parallel(.concatenate, [[kept("1:4")], [kept("-3:")]]), relu,
        kept("2:-1x:3", .positions), conv(3, Extents(3)), gap,
      ]
    },
    Case(name: "some positions of a series", input: [2, 9], batch: 1) {
      [conv(5, Extents(3)), kept(":-2", .positions), relu, kept("3:", .positions), gap]
    },
    Case(name: "other shapes", input: [2, 12]) {
      [
        conv(6, Extents(3)), moved(.reshape(Reshape([8, 3, 3]))), act(.tanh), conv(4, Extents(3)),
        moved(.reshape(Reshape([nil, 4]))), act(.tanh), conv(3, Extents(3)), gap,
      ]
    },
    Case(name: "features as an image and back", input: [5]) {
      [
        dense(40), moved(.reshape(Reshape([nil, 4, 5]))), conv(3, Extents(3)),
        moved(.reshape(Reshape([nil]))), act(.tanh), dense(3),
      ]
    },
  ]

  private static func deconv(
    _ channels: Int, _ kernel: Int, stride: Int = 1,
    _ change: (inout TransposedConvolution) -> Void = { _ in }
  ) -> Block {
    var convolution = TransposedConvolution(channels: channels, kernel: Extents(kernel))
    convolution.stride = Extents(stride)
    change(&convolution)
    return leaf(.transposedConvolution(convolution))
  }

  private static func moved(_ rearrangement: Rearrangement) -> Block {
    leaf(.rearrangement(rearrangement))
  }

  private static func kept(_ text: String, _ unit: Slicing.Unit = .channels) -> Block {
    guard case .ranges(let ranges)? = ArgumentType.ranges.value(of: text) else {
      return leaf(.identity)
    }
    return moved(.slice(Slicing(ranges, of: unit)))
  }
}
