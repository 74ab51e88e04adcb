import Networks
import Sessions

@testable import Terminal

/// A state with something in every part of the screen.
enum ScreenFixture {
  static func convolution(_ name: String, _ channels: Int, stride: Int = 1) -> Block {
    var convolution = Convolution(channels: channels, kernel: Extents(3))
    convolution.stride = Extents(stride)
    return Block(name: name, form: .layer(.convolution(convolution)))
  }

  static func normalization(_ name: String) -> Block {
    Block(name: name, form: .layer(.batchNormalization(BatchNormalization())))
  }

  static func relu(_ name: String) -> Block {
    Block(name: name, form: .layer(.activation(.relu)))
  }

  static func residual(_ name: String, _ channels: Int, stride: Int = 1) -> Block {
    let body = [
      convolution("conv1", channels, stride: stride), normalization("bn1"), relu("relu1"),
      convolution("conv2", channels), normalization("bn2"),
    ]
    return Block(name: name, form: .residual(Residual(body: body, activation: .relu)))
  }

  static func chain(_ name: String, _ children: [Block]) -> Block {
    Block(name: name, form: .sequential(BlockList(children)))
  }

  /// A residual network on the digits, with every kind of row.
  static func network() throws -> Network {
    let copies = (1...9).map { chain("\($0)", [residual("res1", 16)]) }
    let branches = [[convolution("conv1", 8)], [convolution("conv1", 8), relu("relu1")]]
    return try Network(
      input: Shape([1, 8, 8]),
      root: chain(
        "",
        [
          convolution("conv1", 16), normalization("bn1"), relu("relu1"),
          Block(name: "stage1", form: .repeated(BlockList(copies))),
          residual("res1", 32, stride: 2),
          Block(name: "par1", form: .parallel(Parallel(join: .concatenate, branches: branches))),
          convolution("conv2", 32), relu("relu2"),
          Block(name: "gap1", form: .layer(.globalPooling(.average))),
          Block(name: "dense1", form: .layer(.dense(Dense(units: 10)))),
        ]))
  }

  /// A falling, noisy curve; `pace` says how soon it falls.
  static func curve(_ count: Int, pace: Double, seed: UInt64) -> SeriesPyramid {
    var random = SeededGenerator(seed: seed)
    return SeriesPyramid(
      (0..<count).map { step in
        let level = 0.1 + 2.2 / (1 + pace * Double(step) / Double(count))
        return (step, Float(level * Double.random(in: 0.8...1.2, using: &random)))
      })
  }

  static func tests(pace: Double) -> SeriesPyramid {
    SeriesPyramid(
      (1...8).map { epoch in (epoch * 50, Float(0.2 + 2.2 / (1 + pace * Double(epoch) / 8))) })
  }

  static func chart() -> Chart {
    Chart(
      curves: [
        Chart.Curve(
          name: "plain", colour: 1, training: curve(400, pace: 1, seed: 1), test: tests(pace: 1)),
        Chart.Curve(
          name: "residual", colour: 0, training: curve(400, pace: 12, seed: 2),
          test: tests(pace: 12)),
      ], marks: [Chart.Mark(step: 120, label: "wrap residual")], plannedEnd: 500)
  }

  static func state(_ glyphs: Glyphs) throws -> ScreenState {
    let network = try network()
    let sign = Style(.prompt, .bold)
    var state = ScreenState(
      glyphs: glyphs,
      prompt: PromptLine(
        prompt: StyledLine(glyphs.spell("residual ✱ 0.122 › "), sign),
        shortPrompt: StyledLine(glyphs.spell("› "), sign),
        text: "wrap residual last=2 shortcut=B"))
    state.title = TitleFacts(
      network: "residual", shapes: "1×8×8 → 10", parameters: network.learnableCount,
      multiplyAdds: network.multiplyAdds, data: "digits 1437 + 360", optimizer: "SGD lr 0.1",
      device: "2 threads")
    state.tree.replaceRows(Outline(network).rows)
    state.tree.marked = Set(network.openRun.blocks.map(\.block.id))
    state.tree.figures = figures(network)
    state.loss = chart()
    let typed = StyledLine("› ", .faint)
    state.transcript = Transcript(
      [
        typed + "train 8 epochs", "training residual on digits: 1,437 examples, batch 32",
        typed + "wrap residual each stage1.*",
        "wrapped 9 copies of 5 layers in residual; kept 62 tensors, new 0",
        "loss 1.309 → 2.871",
      ], glyphs: glyphs)
    state.status = StatusFacts(activity: .training)
    state.status.epoch = 4
    state.status.epochs = 8
    state.status.step = 400
    state.status.loss = 0.122
    state.status.accuracy = 0.963
    state.status.learningRate = 0.1
    state.status.samplesPerSecond = 8410
    state.status.secondsLeft = 7
    state.hint = HintLine(
      signature: StyledLine("residual shortcut=auto act=none scale=1", .faint),
      outcome: .result("32×4×4, + 1,088 parameters: projection conv 32 1 bias=no · bn"))
    return state
  }

  /// Figures of a network as if it had been trained for a while.
  private static func figures(_ network: Network) -> [BlockID: BlockFigures] {
    var figures: [BlockID: BlockFigures] = [:]
    var norm = 0.02
    network.walk { block, _ in
      guard case .layer(let layer) = block.form else { return }
      switch layer.kind.family {
      case .convolution, .dense, .normalization:
        norm *= 1.12
        figures[block.id] = BlockFigures(mean: 0.01, deviation: 1.02, gradientNorm: norm)
      case .activation:
        figures[block.id] = BlockFigures(mean: 0.41, deviation: 0.6, deadShare: norm / 40)
      case .pooling, .shaping, .regularization, .container, .shortcut: break
      }
    }
    return figures
  }
}
