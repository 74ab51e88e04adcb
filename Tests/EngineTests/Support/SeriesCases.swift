import Networks

@testable import Engine

extension GradientTests {
  /// Networks whose channels come first in training.
  static let series: [Case] = [
    Case(name: "first: one convolution", input: [2, 16]) { [conv(3, Extents(3)), gap] },
    Case(name: "first: one channel, even kernel", input: [1, 48]) {
      [conv(5, Extents(8)), relu, conv(1, Extents(2)), gap, dense(3)]
    },
    Case(name: "first: stride 2", input: [3, 64]) {
      [
        conv(4, Extents(3)), conv(5, Extents(3)) { $0.stride = Extents(2) }, act(.tanh),
        conv(4, Extents(1)) { $0.stride = Extents(2) }, gap,
      ]
    },
    Case(name: "first: dilation", input: [2, 32]) {
      [conv(4, Extents(3)), conv(4, Extents(3)) { $0.dilation = Extents(3) }, gap]
    },
    Case(name: "first: residual block with a projected shortcut", input: [3, 64]) {
      [
        residual(
          activation: .relu,
          [
            conv(5, Extents(3)) { $0.stride = Extents(2) }, bn(), relu, conv(5, Extents(3)), bn(),
          ]),
        residual(activation: .relu, [conv(5, Extents(3)), bn(), relu, conv(5, Extents(3)), bn()]),
        gap, dense(4),
      ]
    },
    Case(name: "first: bn with fixed statistics, sums that no bn ends", input: [2, 32]) {
      [
        conv(4, Extents(3)), bn { $0.usesRunningStatistics = true },
        residual(scale: 0.5, [conv(4, Extents(3)), act(Activation(.silu))]), relu, gap,
      ]
    },
    Case(name: "first: flattened", input: [2, 16]) {
      [conv(3, Extents(3)), bn(), leaf(.flatten), dense(5), relu, dense(3)]
    },
    Case(name: "first: flattened by a dense layer, features normalized", input: [2, 32]) {
      [conv(3, Extents(5)) { $0.stride = Extents(2) }, dense(5), bn(), relu, dense(3)]
    },
    Case(name: "first: greatest positions", input: [2, 32]) {
      [conv(5, Extents(3)), leaf(.globalPooling(.maximum)), dense(3)]
    },
    Case(name: "first: first and last positions", input: [2, 32]) {
      [conv(5, Extents(3)), bn(), leaf(.globalPooling(.last)), dense(3)]
    },
    Case(name: "first: twelve channels, wide padding", input: [12, 32]) {
      [
        conv(12, Extents(3)),
        conv(7, Extents(3)) { $0.padding = .explicit([Padding.Sides(before: 2, after: 0)]) }, gap,
      ]
    },
  ]
}
