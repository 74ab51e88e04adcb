import Networks

/// Blocks of the published networks, put together by hand.
enum Recipes {
  /// The shortcuts of a network, or none for a plain one.
  typealias Shortcuts = ShortcutKind?

  static func conv(
    _ name: String, _ channels: Int, _ kernel: Int, stride: Int = 1, bias: Bool = false
  ) -> Block {
    var convolution = Convolution(channels: channels, kernel: Extents(kernel))
    convolution.stride = Extents(stride)
    convolution.hasBias = bias
    return Block(name: name, form: .layer(.convolution(convolution)))
  }

  static func bn(_ name: String) -> Block {
    Block(name: name, form: .layer(.batchNormalization(BatchNormalization())))
  }

  static func relu(_ name: String) -> Block {
    Block(name: name, form: .layer(.activation(.relu)))
  }

  static func gap() -> Block { Block(name: "gap1", form: .layer(.globalPooling(.average))) }

  static func dense(_ units: Int) -> Block {
    Block(name: "dense1", form: .layer(.dense(Dense(units: units))))
  }

  static func net(_ input: Shape, _ blocks: [Block]) throws -> Network {
    try Network(input: input, root: Block(name: "", form: .sequential(BlockList(blocks))))
  }

  /// A body with its sum and activation, or as a plain chain.
  static func residual(_ name: String, _ body: [Block], _ shortcuts: Shortcuts) -> Block {
    guard let shortcuts else { return Block(name: name, form: .sequential(BlockList(body))) }
    return Block(
      name: name, form: .residual(Residual(body: body, kind: shortcuts, activation: .relu)))
  }

  static func basicBody(_ channels: Int, stride: Int) -> [Block] {
    [
      conv("conv1", channels, 3, stride: stride), bn("bn1"), relu("relu1"),
      conv("conv2", channels, 3), bn("bn2"),
    ]
  }

  static func preactivatedBody(_ channels: Int, stride: Int) -> [Block] {
    [
      bn("bn1"), relu("relu1"), conv("conv1", channels, 3, stride: stride), bn("bn2"),
      relu("relu2"), conv("conv2", channels, 3),
    ]
  }

  static func bottleneckBody(_ channels: Int, stride: Int) -> [Block] {
    [
      conv("conv1", channels, 1), bn("bn1"), relu("relu1"),
      conv("conv2", channels, 3, stride: stride), bn("bn2"), relu("relu2"),
      conv("conv3", 4 * channels, 1), bn("bn3"),
    ]
  }

  /// The network of depth 6 n + 2 for CIFAR-10 of He and others (2015).
  static func cifar(n: Int, shortcuts: Shortcuts) throws -> Network {
    var blocks = [conv("conv1", 16, 3), bn("bn1"), relu("relu1")]
    for (stage, channels) in [16, 32, 64].enumerated() {
      for index in 0..<n {
        let body = basicBody(channels, stride: stage > 0 && index == 0 ? 2 : 1)
        blocks.append(residual("res\(stage + 1)_\(index + 1)", body, shortcuts))
      }
    }
    return try net(Shape([3, 32, 32]), blocks + [gap(), dense(10)])
  }

  /// The ImageNet networks of He and others (2015), laid out as in torchvision.
  static func imageNet(_ counts: [Int], isBottleneck: Bool) throws -> Network {
    var pooling = Pooling(reduction: .maximum, size: Extents(3))
    pooling.stride = Extents(2)
    pooling.padding = Padding(1)
    var blocks = [
      conv("conv1", 64, 7, stride: 2), bn("bn1"), relu("relu1"),
      Block(name: "maxpool1", form: .layer(.pooling(pooling))),
    ]
    for (stage, (count, channels)) in zip(counts, [64, 128, 256, 512]).enumerated() {
      for index in 0..<count {
        let stride = stage > 0 && index == 0 ? 2 : 1
        let body =
          isBottleneck
          ? bottleneckBody(channels, stride: stride) : basicBody(channels, stride: stride)
        blocks.append(residual("layer\(stage + 1)_\(index + 1)", body, .automatic))
      }
    }
    return try net(Shape([3, 224, 224]), blocks + [gap(), dense(1000)])
  }

  /// A convolution, normalization and activation of Wang and others (2017).
  static func wangChunk(_ index: Int, _ channels: Int, _ kernel: Int, hasRelu: Bool) -> [Block] {
    let layers = [conv("conv\(index)", channels, kernel, bias: true), bn("bn\(index)")]
    return hasRelu ? layers + [relu("relu\(index)")] : layers
  }

  /// The residual network of Wang and others (2017): the shortcut is normalized also where it does not project.
  static func wang(
    classes: Int, input: Shape = Shape([1, 150]), widths: [Int] = [64, 128, 128]
  ) throws -> Network {
    var channels = input.channels
    var blocks: [Block] = []
    for (index, width) in widths.enumerated() {
      let body =
        wangChunk(1, width, 8, hasRelu: true) + wangChunk(2, width, 5, hasRelu: true)
        + wangChunk(3, width, 3, hasRelu: false)
      let projection = channels == width ? [] : [conv("conv1", width, 1, bias: true)]
      var residual = Residual(body: body, shortcut: projection + [bn("bn1")])
      residual.activation = .relu
      blocks.append(Block(name: "res\(index + 1)", form: .residual(residual)))
      channels = width
    }
    return try net(input, blocks + [gap(), dense(classes)])
  }

  /// The fully convolutional network of Wang and others (2017).
  static func wangFullyConvolutional(classes: Int) throws -> Network {
    let chunks = zip([128, 256, 128], [8, 5, 3]).enumerated().flatMap { index, chunk in
      wangChunk(index + 1, chunk.0, chunk.1, hasRelu: true)
    }
    return try net(Shape([1, 150]), chunks + [gap(), dense(classes)])
  }

  /// The block `RES_CNN1D(channels, kernel, stride, chain_length)`.
  static func resCNN1D(
    _ channels: Int, _ kernel: Int, stride: Int, length: Int, padding: Padding = .same,
    kind: ShortcutKind = .automatic, bias: Bool = true
  ) -> Block {
    let body = (1...length).flatMap { index in
      var convolution = Convolution(channels: channels, kernel: Extents(kernel))
      convolution.stride = Extents(index == 1 ? stride : 1)
      convolution.padding = padding
      convolution.hasBias = bias
      return [
        Block(name: "conv\(index)", form: .layer(.convolution(convolution))), bn("bn\(index)"),
        relu("relu\(index)"),
      ]
    }
    return Block(
      name: "res1", form: .residual(Residual(body: body, kind: kind, activation: .relu)))
  }
}
