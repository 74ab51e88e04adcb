import Networks
import Testing

/// Parameter counts and shapes of the networks for time series.
struct SeriesNetworkTests {
  @Test(
    "Wang, Yan and Oates 2017, the residual network",
    arguments: [
      (classes: 2, input: Shape([1, 150]), count: 504_258), (3, Shape([1, 251]), 504_387),
      (4, Shape([1, 275]), 504_516), (6, Shape([1, 427]), 504_774), (37, Shape([1, 176]), 508_773),
      (4, Shape([6, 100]), 507_396),
    ])
  func wang(classes: Int, input: Shape, count: Int) throws {
    let net = try Recipes.wang(classes: classes, input: input)
    #expect(net.learnableCount == count)
    #expect(net.runningCount == 2_560)
    #expect(net.output == Shape([classes]))
    for name in ["res1", "res2", "res3"] {
      #expect(net.facts[try net.id(name)]?.output.spatial == input.spatial)
    }
  }

  @Test("a quarter of the width")
  func narrow() throws {
    let net = try Recipes.wang(classes: 2, widths: [16, 32, 32])
    #expect(net.learnableCount == 32_370)
  }

  @Test("13 positions more are seen after each block: 40 after three")
  func receptiveField() throws {
    let net = try Recipes.wang(classes: 2)
    let sizes = try ["res1", "res2", "res3"].map { path in
      net.facts[try net.id(path)]?.receptiveField.size
    }
    #expect(sizes == [[14], [27], [40]])
  }

  @Test("the fully convolutional network")
  func fullyConvolutional() throws {
    let net = try Recipes.wangFullyConvolutional(classes: 2)
    #expect(net.learnableCount == 264_962)
    #expect(net.runningCount == 1_024)
  }

  @Test(
    "RES_CNN1D(10, 3, 2, chain_length=3): body and whole, by channels of the input",
    arguments: [
      (channels: 1, body: 720, whole: 750), (3, 780, 830), (10, 990, 1_110),
    ])
  func resCNN1D(channels: Int, body: Int, whole: Int) throws {
    let chain = Recipes.resCNN1D(10, 3, stride: 2, length: 3)
    let net = try Recipes.net(Shape([channels, 64]), [chain])
    #expect(net.output == Shape([10, 32]))
    #expect(net.learnableCount == whole)
    #expect(net.facts[try net.id("res1.body")]?.learnable == body)
    #expect(net.receptiveField.size == [11])
  }

  @Test("RES_CNN1D(10, 3, 2, chain_length=3) without biases")
  func resCNN1DWithoutBiases() throws {
    let chain = Recipes.resCNN1D(10, 3, stride: 2, length: 3, bias: false)
    let net = try Recipes.net(Shape([1, 64]), [chain])
    #expect(net.learnableCount == 720)
    #expect(net.facts[try net.id("res1.body")]?.learnable == 690)
  }

  @Test("the same block step by step, as it is typed")
  func stepByStep() throws {
    let text = "conv 10 3 stride=2; bn; relu; repeat 2 { conv 10 3; bn; relu }"
    let flat = try network("1x64", text)
    #expect(flat.learnableCount == 720)
    #expect(flat.output == Shape([10, 32]))
    let (net, container) = try flat.wrapping(
      flat.openRun, in: arguments(.residual, ["act": "relu"]))
    #expect(net.learnableCount == 750)
    #expect(net.output == Shape([10, 32]))
    #expect(net.receptiveField.size == [11])
    #expect(container.name == "res1")
    #expect(
      try net.paths
        == network("1x64", "residual act=relu { \(text) }").paths)
  }

  @Test(
    "lengths of a chain of three: 150 positions with padding 0 and 1",
    arguments: [(padding: Padding(0), lengths: [74, 72, 70]), (Padding(1), [75, 75, 75])])
  func lengths(padding: Padding, lengths: [Int]) throws {
    let chain = Recipes.resCNN1D(10, 3, stride: 2, length: 3, padding: padding)
    let net = try Recipes.net(Shape([1, 150]), Array(chain.children[0].children))
    let found = try ["relu1", "relu2", "relu3"].map { net.facts[try net.id($0)]?.output }
    #expect(found == lengths.map { Shape([10, $0]) })
  }
}
