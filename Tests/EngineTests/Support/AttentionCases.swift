import Networks

@testable import Engine

extension GradientTests {
  /// Attention and what goes with it: one head and several, few channels and many, images, one position, values
  /// that are used twice, more positions than are computed at a time.
  static let attentions: [Case] = [
    Case(name: "attention of one head", input: [3, 5]) { [attention(1), gap] },
    Case(name: "attention of several heads", input: [2, 7]) {
      [conv(6, Extents(3)), attention(3), relu, gap]
    },
    Case(name: "attention without biases", input: [2, 9], batch: 1) {
      [conv(4, Extents(1)), attention(2) { $0.hasBias = false }, gap]
    },
    Case(name: "causal attention", input: [2, 19]) {
      [
        conv(4, Extents(1)), attention(2) { $0.isCausal = true },
        leaf(.globalPooling(.last)), dense(3),
      ]
    },
    Case(name: "attention of an image, more than sixteen channels", input: [2, 4, 5]) {
      [conv(36, Extents(1)), attention(2), gap, dense(3)]
    },
    Case(name: "causal attention of an image", input: [2, 3, 4]) {
      [conv(4, Extents(1)), attention(1) { $0.isCausal = true }, conv(2, Extents(3)), gap]
    },
    Case(name: "attention of one position", input: [4, 1], batch: 2) {
      [conv(4, Extents(1)), attention(4), gap, dense(3)]
    },
    Case(name: "attention in a residual", input: [3, 6]) {
      [conv(4, Extents(1)), residual([attention(2), attention(4)]), gap]
    },
    Case(name: "first position", input: [2, 7]) {
      [conv(5, Extents(3)), leaf(.globalPooling(.first)), dense(3)]
    },
    Case(name: "embedding", input: [1, 9]) {
      [leaf(.embedding(Embedding(vocabulary: 5, units: 6))), conv(4, Extents(3)), gap]
    },
    Case(name: "embedding of an image, many units", input: [1, 3, 4]) {
      [leaf(.embedding(Embedding(vocabulary: 3, units: 37))), relu, gap, dense(3)]
    },
    Case(name: "learned positions", input: [2, 7]) {
      [conv(5, Extents(1)), leaf(.positions(Positions())), act(.tanh), gap]
    },
    Case(name: "learned positions of an image, used twice", input: [3, 4, 5]) {
      [
        leaf(.positions(Positions())),
        parallel(.add, [[leaf(.positions(Positions()))], [conv(3, Extents(3))]]), relu, gap,
      ]
    },
    Case(name: "sinusoidal positions", input: [2, 7]) {
      [conv(5, Extents(1)), leaf(.positions(Positions(.sinusoidal))), act(.tanh), gap]
    },
    Case(name: "sinusoidal positions of an image", input: [3, 4, 5]) {
      [leaf(.positions(Positions(.sinusoidal))), conv(4, Extents(3)), act(.tanh), gap]
    },
    Case(name: "class token", input: [2, 6]) {
      [
        conv(4, Extents(1)), leaf(.classToken), attention(2), leaf(.globalPooling(.first)),
        dense(3),
      ]
    },
    Case(name: "class token of an image, of the input", input: [3, 3, 4], batch: 1) {
      [leaf(.classToken), leaf(.positions(Positions())), act(.tanh), gap]
    },
    Case(name: "a small transformer", input: [1, 8]) {
      [
        leaf(.embedding(Embedding(vocabulary: 7, units: 8))), leaf(.positions(Positions())),
        residual([norm, attention(2) { $0.isCausal = true }]),
        residual([norm, conv(16, Extents(1)), act(Activation(.gelu)), conv(8, Extents(1))]), norm,
        gap,
        dense(3),
      ]
    },
  ]

  private static var norm: Block {
    leaf(.exampleNormalization(ExampleNormalization(over: .channels)))
  }

  private static func attention(_ heads: Int, _ change: (inout Attention) -> Void = { _ in })
    -> Block
  {
    var attention = Attention(heads: heads)
    change(&attention)
    return leaf(.attention(attention))
  }
}
