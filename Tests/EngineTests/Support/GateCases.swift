import Networks

@testable import Engine

extension GradientTests {
  private static var gate: Block { dense(5) { $0.activation = .sigmoid } }

  /// Scales, products and highways: with and without positions, one example, values used twice.
  static let gates: [Case] = [
    Case(name: "scale", input: [2, 7]) {
      [conv(5, Extents(3)), leaf(.scale(Scale(start: 0.5))), relu, gap]
    },
    Case(name: "scale of the input", input: [2, 7]) {
      [leaf(.scale(Scale())), conv(3, Extents(3)), gap]
    },
    Case(name: "scale of more than one piece", input: [2, 40, 40]) {
      [conv(4, Extents(1)), leaf(.scale(Scale())), conv(2, Extents(3)), gap]
    },
    Case(name: "one learned slope", input: [2, 7]) {
      [conv(5, Extents(3)), leaf(.parametricRelu(ParametricRelu())), bn(), gap]
    },
    Case(name: "a learned slope for each channel", input: [2, 40, 40]) {
      [conv(5, Extents(1)), leaf(.parametricRelu(.each)), conv(2, Extents(3)), gap]
    },
    Case(name: "learned slopes without positions, shared input", input: [6]) {
      [
        dense(5),
        residual([leaf(.parametricRelu(.each)), leaf(.parametricRelu(ParametricRelu()))]),
      ]
    },
    Case(name: "rezero", input: [3, 6]) {
      [
        conv(4, Extents(3)),
        residual([conv(4, Extents(3)), bn(), relu, leaf(.scale(Scale(start: 0)))]),
        residual([leaf(.scale(Scale(start: 0)))]), gap,
      ]
    },
    Case(name: "product of branches", input: [3, 6]) {
      [
        conv(4, Extents(1)),
        parallel(.multiply, [[conv(4, Extents(3)), bn()], [act(.tanh)], [bn()]]), relu, gap,
      ]
    },
    Case(name: "product of a value with itself", input: [3, 4, 5]) {
      [conv(4, Extents(1)), parallel(.multiply, [[], []]), gap]
    },
    Case(name: "product of features", input: [6], batch: 5) {
      [dense(5), parallel(.multiply, [[relu], [gate]]), dense(3)]
    },
    Case(name: "product with the input", input: [3, 6]) {
      [parallel(.multiply, [[], [conv(3, Extents(3))]]), conv(2, Extents(1)), gap]
    },
    Case(name: "squeeze-excite of a series", input: [2, 9]) {
      [conv(5, Extents(3)), parallel(.multiply, [[], [gap, gate]]), relu, gap]
    },
    Case(name: "squeeze-excite of an image, one example", input: [2, 4, 5], batch: 1) {
      [conv(5, Extents(3)), parallel(.multiply, [[gap, gate], [relu]]), gap]
    },
    Case(name: "two gates of one value", input: [2, 6]) {
      [conv(5, Extents(3)), parallel(.multiply, [[gap, gate], [bn(), relu], [gap, gate]]), gap]
    },
    Case(name: "gates that only multiply each other", input: [2, 6]) {
      [conv(5, Extents(3)), parallel(.multiply, [[gap, gate], [gap, gate]]), dense(3)]
    },
    Case(name: "squeeze-excite in a residual", input: [3, 6, 6]) {
      [
        residual(
          activation: .relu,
          [
            conv(5, Extents(3)) { $0.stride = Extents(2) }, bn(), relu, conv(5, Extents(3)), bn(),
            Block(
              name: "se",
              form: .parallel(Parallel(gate: .squeezeExcite(SqueezeExcite(reduction: 2))))),
          ]), gap,
      ]
    },
    Case(name: "squeeze-excite of chosen units and functions", input: [2, 9]) {
      var squeeze = SqueezeExcite()
      (squeeze.units, squeeze.activation, squeeze.gate) = (
        3, Activation(.silu), Activation(.hardsigmoid)
      )
      let gate = Gate.squeezeExcite(squeeze)
      return [conv(5, Extents(3)), Block(name: "se", form: .parallel(Parallel(gate: gate))), gap]
    },
    Case(name: "one position", input: [3, 1], batch: 2) {
      [conv(5, Extents(1)), parallel(.multiply, [[relu], [gap, gate]]), gap]
    },
    Case(name: "highway of a series", input: [2, 9]) { [conv(5, Extents(1)), highway(), gap] },
    Case(name: "highway of an image, one example", input: [3, 4, 5], batch: 1) {
      [conv(5, Extents(1)), bn(), highway(), highway(), gap]
    },
    Case(name: "highway of features", input: [6]) {
      [
        dense(5),
        Block(
          name: "highway",
          form: .parallel(Parallel(gate: .highway(bias: -1), body: numbered([dense(5), relu])))),
        dense(3),
      ]
    },
    Case(name: "highway of the input", input: [3, 6]) {
      [parallel(.highway, [[conv(3, Extents(3)), relu], [conv(3, Extents(1))]]), gap]
    },
    Case(name: "highway whose gate holds for all positions", input: [2, 3, 4]) {
      [
        conv(5, Extents(1)),
        parallel(.highway, [[conv(5, Extents(3)), act(.tanh)], [gap, gate]]), relu, gap,
      ]
    },
    Case(name: "highway of one value thrice", input: [3, 6]) {
      [conv(4, Extents(1)), act(.sigmoid), parallel(.highway, [[], []]), gap]
    },
    Case(name: "highway whose gate is its input", input: [3, 6]) {
      [conv(4, Extents(1)), act(.sigmoid), parallel(.highway, [[conv(4, Extents(3))], []]), gap]
    },
    Case(name: "highway with an idle transform", input: [3, 6]) {
      [conv(5, Extents(1)), parallel(.highway, [[], [gap, gate]]), gap]
    },
  ]

  private static func highway() -> Block {
    let body = numbered([conv(5, Extents(3)), relu])
    return Block(
      name: "highway", form: .parallel(Parallel(gate: .highway(bias: -1), body: body)))
  }
}

extension ParametricRelu {
  /// A slope for each channel.
  static var each: ParametricRelu {
    var layer = ParametricRelu()
    layer.isShared = false
    return layer
  }
}
