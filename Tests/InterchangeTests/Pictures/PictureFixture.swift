import Networks

@testable import Interchange

/// Networks to draw.
enum PictureFixture {
  static func layer(_ name: String, _ layer: Layer) -> Block {
    Block(name: name, form: .layer(layer))
  }

  static func convolution(_ name: String, _ channels: Int, kernel: Int = 3, stride: Int = 1)
    -> Block
  {
    var convolution = Convolution(channels: channels, kernel: Extents(kernel))
    convolution.stride = Extents(stride)
    return layer(name, .convolution(convolution))
  }

  static func residual(_ name: String, _ channels: Int, stride: Int = 1) -> Block {
    let body = [
      convolution("conv1", channels, stride: stride),
      layer("bn1", .batchNormalization(BatchNormalization())),
    ]
    return Block(name: name, form: .residual(Residual(body: body, activation: .relu)))
  }

  static func network(_ blocks: [Block], input: [Int] = [1, 8, 8]) throws -> Network {
    try Network(
      input: Shape(input), root: Block(name: "", form: .sequential(BlockList(blocks))))
  }

  private static func chain(_ name: String, _ blocks: [Block]) -> Block {
    Block(name: name, form: .sequential(BlockList(blocks)))
  }

  private static func copies(_ name: String, _ count: Int, _ block: Block) -> Block {
    let copies = (1...count).map { chain("\($0)", [block.copied()]) }
    return Block(name: name, form: .repeated(BlockList(copies)))
  }

  /// Skips, a projection, copies and branches of one layer and more.
  static func plain() throws -> Network {
    let branches = [
      [convolution("conv1", 2)],
      [convolution("conv1", 2, kernel: 1), layer("relu1", .activation(.relu))], [],
    ]
    return try network([
      convolution("conv1", 4), copies("rep1", 3, residual("res1", 4)),
      residual("res1", 8, stride: 2),
      Block(name: "par1", form: .parallel(Parallel(join: .concatenate, branches: branches))),
      layer("gap1", .globalPooling(.average)), layer("dense1", .dense(Dense(units: 10))),
    ])
  }

  /// Taps whose values go past others, one of them through a layer.
  static func taps() throws -> Network {
    let join = TapJoin(tap: "a", join: .concatenate)
    let way = TapJoin(tap: "b", join: .add, path: [convolution("conv1", 4)])
    return try network([
      convolution("conv1", 4), layer("tap1", .tap(Tap(name: "a"))), convolution("conv2", 4),
      layer("tap2", .tap(Tap(name: "b"))), residual("res1", 4), convolution("conv3", 4),
      Block(name: "join1", form: .join(way)), convolution("conv4", 4),
      Block(name: "join2", form: .join(join)), convolution("conv5", 4),
    ])
  }

  /// Gates, a factor that begins at 0, and a sum of branches.
  static func gates() throws -> Network {
    let gate = Block(
      name: "se1", form: .parallel(Parallel(gate: .squeezeExcite(SqueezeExcite(reduction: 2)))))
    let highway = Parallel(gate: .highway(bias: -2), body: [convolution("conv1", 4)])
    let factor = Residual(body: [
      convolution("conv1", 4), gate.copied(), layer("scale1", .scale(Scale(start: 0))),
    ])
    let sum = Parallel(join: .add, branches: [[convolution("conv1", 4)], []])
    return try network([
      convolution("conv1", 4), gate, Block(name: "highway1", form: .parallel(highway)),
      Block(name: "res1", form: .residual(factor)), Block(name: "par1", form: .parallel(sum)),
    ])
  }

  /// Residuals whose bodies are narrower than what is applied to their sums.
  static func narrow() throws -> Network {
    var blocks: [Block] = []
    for _ in 1...4 {
      blocks = [
        Block(name: "res1", form: .residual(Residual(body: blocks, activation: .relu)))
      ]
    }
    return try network(blocks + [convolution("conv1", 2), convolution("conv2", 2)])
  }

  /// Copies that are not all alike, in a named part, and a part that is not trained.
  static func stages() throws -> Network {
    var frozen = chain("stem", [convolution("conv1", 4), layer("relu1", .activation(.relu))])
    frozen.isFrozen = true
    let inner = chain(
      "",
      [
        residual("res1", 8),
        layer("maxpool1", .pooling(Pooling(reduction: .maximum, size: Extents(2)))),
      ])
    return try network(
      [
        frozen,
        chain("stage1", [copies("rep1", 4, residual("res1", 8))]),
        Block(
          name: "rep1",
          form: .repeated(
            BlockList((1...3).map { chain("\($0)", Array(inner.copied().children)) }))),
      ], input: [4, 32, 32])
  }

  /// The identities of blocks by their paths.
  static func blocks(_ paths: String..., of network: Network) throws -> Set<BlockID> {
    Set(try paths.map { try network.block(at: $0).block.id })
  }
}
