import Networks

@testable import Engine

extension GradientTests {
  /// Values that are taken back later: overlapping, more than once, through layers, by every join.
  static let taps: [Case] = [
    Case(name: "one long skip", input: [2, 7]) {
      [conv(4, Extents(3)), tap("a"), conv(4, Extents(3)), act(.tanh), join("a", .add), gap]
    },
    Case(name: "skips that overlap", input: [2, 9]) {
      [
        conv(3, Extents(3)), tap("a"), conv(3, Extents(3)), tap("b"), relu, join("a", .add),
        conv(3, Extents(3)), join("b", .concatenate), gap,
      ]
    },
    Case(name: "a tap that is joined three times", input: [4, 4, 5]) {
      [
        tap("x"), conv(4, Extents(3)), bn(), join("x", .add), relu, join("x", .multiply),
        conv(4, Extents(1)), join("x", .concatenate), gap,
      ]
    },
    Case(name: "down and up again", input: [2, 8, 8]) {
      [
        conv(4, Extents(3)), relu, tap("a"), pool(.maximum, Extents(2)), conv(5, Extents(3)),
        leaf(.upsample(Upsample(factor: Extents(2)))), join("a", .concatenate),
        conv(3, Extents(1)), gap,
      ]
    },
    Case(name: "layers on the way", input: [3, 8]) {
      [
        tap("a"), conv(5, Extents(3)) { $0.stride = Extents(2) }, bn(),
        join("a", .add, [conv(5, Extents(1)) { $0.stride = Extents(2) }, bn(), relu]), gap,
      ]
    },
    Case(name: "a gate", input: [4, 4, 5]) {
      [
        conv(4, Extents(1)), tap("a"), gap, dense(4) { $0.activation = .sigmoid },
        join("a", .multiply), relu, gap,
      ]
    },
    Case(name: "features", input: [6], batch: 5) {
      [dense(5), tap("a"), dense(5) { $0.activation = .tanh }, join("a", .add), dense(3)]
    },
    Case(name: "out of a residual body", input: [4, 6]) {
      [
        residual(activation: .relu, [conv(4, Extents(3)), tap("a"), bn()]), conv(2, Extents(1)),
        join("a", .concatenate), gap,
      ]
    },
    Case(name: "the input itself", input: [3, 5], batch: 1) {
      [tap("a"), join("a", .add), conv(2, Extents(3)), gap]
    },
    Case(name: "a tap that nothing joins", input: [3, 5]) {
      [conv(3, Extents(3)), tap("a"), conv(2, Extents(3)), gap]
    },
  ]

  private static func tap(_ name: String) -> Block { leaf(.tap(Tap(name: name))) }

  private static func join(_ tap: String, _ join: Parallel.Join, _ path: [Block] = []) -> Block {
    Block(name: "join", form: .join(TapJoin(tap: tap, join: join, path: numbered(path))))
  }
}
