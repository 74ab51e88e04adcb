import Networks

@testable import Engine

extension GradientTests {
  private static func norm(
    _ sets: ExampleNormalization.Sets, isAffine: Bool = true, epsilon: Double? = nil
  ) -> Block {
    var layer = ExampleNormalization(over: sets)
    layer.isAffine = isAffine
    layer.epsilon = epsilon ?? layer.epsilon
    return leaf(.exampleNormalization(layer))
  }

  private static func response(_ size: Int, alpha: Double = 1, beta: Double = 0.75) -> Block {
    var layer = LocalResponse(size: size)
    layer.alpha = alpha
    layer.beta = beta
    return leaf(.localResponse(layer))
  }

  /// Normalizations of each example by itself, factors of channels and gates: with and without positions, of few
  /// and many channels, as first layer, and of a value that is used twice.
  static let normalizations: [Case] = [
    Case(name: "ln of a series", input: [2, 7]) {
      [conv(5, Extents(3)), norm(.channels), relu, gap]
    },
    Case(name: "ln of an image, more than sixteen channels", input: [2, 4, 5]) {
      [conv(19, Extents(3)), norm(.channels), relu, gap]
    },
    Case(name: "ln of features, of the input", input: [6]) {
      [norm(.channels), dense(5), norm(.channels, epsilon: 0.1), dense(3)]
    },
    Case(name: "ln without weights", input: [3, 6]) {
      [conv(5, Extents(1)), norm(.channels, isAffine: false), conv(3, Extents(3)), gap]
    },
    Case(name: "ln of more than one piece", input: [2, 40, 40]) {
      [conv(6, Extents(1)), norm(.channels), conv(2, Extents(3)), gap]
    },
    Case(name: "ln over all of an image", input: [3, 5, 4]) {
      [norm(.example), conv(5, Extents(3)), norm(.example), relu, gap]
    },
    Case(name: "ln over all of a series, one example", input: [2, 9], batch: 1) {
      [conv(4, Extents(3)), norm(.example), relu, gap]
    },
    Case(name: "ln over all of features, without weights", input: [6]) {
      [dense(5), norm(.example), relu, norm(.example, isAffine: false), dense(3)]
    },
    Case(name: "rmsnorm of a series", input: [2, 7]) {
      [conv(5, Extents(3)), norm(.rootMeanSquare), relu, gap]
    },
    Case(name: "rmsnorm of features", input: [6]) {
      [norm(.rootMeanSquare), dense(18), norm(.rootMeanSquare, isAffine: false), dense(3)]
    },
    Case(name: "gn of a series", input: [2, 7]) {
      [conv(6, Extents(3)), norm(.groups(3)), relu, gap]
    },
    Case(name: "gn of an image, of the input", input: [4, 5, 4]) {
      [norm(.groups(2)), conv(20, Extents(3)), norm(.groups(4)), relu, gap]
    },
    Case(name: "gn of features", input: [6]) {
      [dense(6), norm(.groups(2)), relu, dense(4), norm(.groups(1), isAffine: false), dense(3)]
    },
    Case(name: "gn in a residual, shared input", input: [3, 6]) {
      [
        conv(4, Extents(3)),
        residual(
          activation: .relu, [norm(.groups(2)), relu, conv(4, Extents(3)), norm(.groups(4))]),
        gap,
      ]
    },
    Case(name: "instnorm", input: [2, 7]) {
      [conv(5, Extents(3)), norm(.positions, isAffine: false), relu, gap]
    },
    Case(name: "instnorm of an image with weights", input: [3, 5, 4]) {
      [norm(.positions), conv(17, Extents(3)), norm(.positions), relu, gap]
    },
    Case(name: "lrn", input: [2, 7]) { [conv(7, Extents(3)), response(5), gap] },
    Case(name: "lrn of even and of great size", input: [3, 4, 5]) {
      [response(2), conv(18, Extents(3)), response(4, beta: 0.5), response(50), gap]
    },
    Case(name: "layer scale", input: [2, 7]) {
      [conv(5, Extents(3)), residual([conv(5, Extents(3)), layerScale]), gap]
    },
    Case(name: "layer scale of more than one piece", input: [2, 40, 40]) {
      [conv(6, Extents(1)), layerScale, conv(2, Extents(3)), gap]
    },
    Case(name: "layer scale of features and the input", input: [6]) {
      [layerScale, dense(17), layerScale, dense(3)]
    },
    Case(name: "glu", input: [2, 7]) { [conv(6, Extents(3)), leaf(.gatedLinear), gap] },
    Case(name: "glu of many channels, shared input", input: [4, 4, 5]) {
      [
        conv(40, Extents(3)),
        parallel(.concatenate, [[leaf(.gatedLinear)], [relu]]), gap,
      ]
    },
    Case(name: "glu of features", input: [6]) { [dense(10), leaf(.gatedLinear), dense(3)] },
    Case(name: "hardsigmoid", input: [2, 7]) {
      [conv(5, Extents(3)), act(Activation(.hardsigmoid)), gap]
    },
    Case(name: "relu6", input: [2, 7]) { [conv(5, Extents(3)), act(Activation(.relu6)), gap] },
  ]

  private static var layerScale: Block { leaf(.scale(Scale(start: 0.5, isShared: false))) }
}
