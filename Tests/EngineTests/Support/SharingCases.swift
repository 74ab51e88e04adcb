import Networks

@testable import Engine

extension GradientTests {
  /// Bodies that are run through more than once, with everything whose gradient is then a sum.
  static let sharing: [Case] = [
    Case(name: "shared convolution", input: [4, 7]) {
      [shared(3, [conv(4, Extents(3)), act(.tanh)]), gap]
    },
    Case(name: "shared normalization", input: [3, 6, 5]) {
      [conv(4, Extents(1)), shared(3, [conv(4, Extents(3)), bn(), relu]), gap, dense(3)]
    },
    Case(name: "shared normalization by running statistics", input: [2, 8]) {
      [
        conv(4, Extents(1)),
        shared(2, [conv(4, Extents(3)), bn { $0.usesRunningStatistics = true }, relu]), gap,
      ]
    },
    Case(name: "shared residual", input: [3, 6, 6]) {
      [
        conv(4, Extents(3)),
        shared(
          2,
          [
            residual(
              activation: .relu,
              [conv(4, Extents(3)), bn(), relu, conv(4, Extents(3)), bn()])
          ]), gap,
      ]
    },
    Case(name: "shared projection", input: [3, 6]) {
      [
        conv(4, Extents(1)),
        shared(2, [residual(.projectionAlways, [conv(4, Extents(3)), bn()])]), gap,
      ]
    },
    Case(name: "shared dense", input: [5]) {
      [shared(4, [dense(5) { $0.activation = .tanh }]), dense(3)]
    },
    Case(name: "shared slopes and factors", input: [3, 6]) {
      [
        conv(4, Extents(1)),
        shared(
          3,
          [
            leaf(.parametricRelu(.each)), leaf(.parametricRelu(ParametricRelu())),
            leaf(.scale(Scale(start: 0.5))),
          ]), gap,
      ]
    },
    Case(name: "shared in shared", input: [3, 6]) {
      [
        conv(4, Extents(1)),
        shared(2, [conv(4, Extents(3)), shared(2, [act(.tanh), conv(4, Extents(1))]), bn()]), gap,
      ]
    },
    Case(name: "shared gate", input: [2, 4, 5]) {
      [
        conv(4, Extents(1)),
        shared(
          2,
          [
            conv(4, Extents(3)),
            Block(
              name: "se",
              form: .parallel(Parallel(gate: .squeezeExcite(SqueezeExcite(reduction: 2))))),
          ]), gap,
      ]
    },
    Case(name: "shared pooling that keeps positions, one example", input: [3, 4, 4], batch: 1) {
      [
        conv(4, Extents(1)),
        shared(
          2,
          [
            pool(.maximum, Extents(3)) {
              $0.stride = Extents(1)
              $0.padding = Padding(1)
            }, conv(4, Extents(3)),
          ]), gap,
      ]
    },
    Case(name: "one pass", input: [4, 6]) { [shared(1, [conv(5, Extents(3)), bn()]), gap] },
    Case(name: "nothing shared", input: [4, 6]) { [shared(3, []), conv(5, Extents(3)), gap] },
  ]

  private static func shared(_ passes: Int, _ body: [Block]) -> Block {
    Block(name: "rep", form: .shared(BlockList(numbered(body)), passes: passes))
  }
}
