import Networks
import Testing

/// Published parameter counts of residual networks for images.
struct ImageNetworkTests {
  @Test(
    "CIFAR-10, He et al. 2015: options A and B and the plain net of the same depth",
    arguments: [
      (n: 1, A: 75_290, B: 78_042), (3, 269_722, 272_474), (5, 464_154, 466_906),
      (7, 658_586, 661_338), (9, 853_018, 855_770), (18, 1_727_962, 1_730_714),
      (200, 19_421_274, 19_424_026),
    ])
  func cifar(n: Int, A: Int, B: Int) throws {
    let zeroPadded = try Recipes.cifar(n: n, shortcuts: .zeroPadded)
    let projected = try Recipes.cifar(n: n, shortcuts: .projection)
    let plain = try Recipes.cifar(n: n, shortcuts: nil)
    #expect(zeroPadded.learnableCount == A)
    #expect(plain.learnableCount == A)
    #expect(projected.learnableCount == B)
    #expect(try Recipes.cifar(n: n, shortcuts: .automatic).learnableCount == B)
    for net in [zeroPadded, projected, plain] { #expect(net.output == Shape([10])) }
    #expect(plain.runningCount == zeroPadded.runningCount)
    #expect(projected.runningCount == plain.runningCount + 2 * (32 + 64))
  }

  @Test("option C projects every shortcut")
  func optionC() throws {
    let net = try Recipes.cifar(n: 3, shortcuts: .projectionAlways)
    let identities = 3 * (16 * 16 + 32) + 2 * (32 * 32 + 64) + 2 * (64 * 64 + 128)
    #expect(net.learnableCount == 272_474 + identities)
  }

  @Test(
    "preactivated, He et al. 2016, with the projection of option B",
    arguments: [
      (n: 3, count: 272_282), (5, 466_714), (7, 661_146), (9, 855_578), (18, 1_730_522),
    ])
  func preactivated(n: Int, count: Int) throws {
    var blocks = [Recipes.conv("conv1", 16, 3)]
    for (stage, channels) in [16, 32, 64].enumerated() {
      for index in 0..<n {
        let stride = stage > 0 && index == 0 ? 2 : 1
        let body = Recipes.preactivatedBody(channels, stride: stride)
        let residual =
          stride == 1
          ? Residual(body: body, kind: .identity)
          : Residual(body: body, shortcut: [Recipes.conv("conv1", channels, 1, stride: 2)])
        let name = "res\(stage + 1)_\(index + 1)"
        blocks.append(Block(name: name, form: .residual(residual)))
      }
    }
    blocks += [Recipes.bn("bn1"), Recipes.relu("relu1"), Recipes.gap(), Recipes.dense(10)]
    let net = try Recipes.net(Shape([3, 32, 32]), blocks)
    #expect(net.learnableCount == count)
  }

  @Test(
    "ImageNet, 1000 classes, as torchvision lays them out",
    arguments: [
      ([2, 2, 2, 2], false, 11_689_512), ([3, 4, 6, 3], false, 21_797_672),
      ([3, 4, 6, 3], true, 25_557_032), ([3, 4, 23, 3], true, 44_549_160),
      ([3, 8, 36, 3], true, 60_192_808),
    ])
  func imageNet(counts: [Int], isBottleneck: Bool, learnable: Int) throws {
    let net = try Recipes.imageNet(counts, isBottleneck: isBottleneck)
    #expect(net.learnableCount == learnable)
    #expect(net.output == Shape([1000]))
    #expect(net.facts[try net.id("maxpool1")]?.output == Shape([64, 56, 56]))
    #expect(net.facts[try net.id("layer4_1")]?.output.spatial == [7, 7])
    #expect(net.parameters.filter(\.isLearnable).map(\.count).reduce(0, +) == learnable)
  }

  @Test("ResNet-18 and 50 take the multiply-adds that are usually given: 1.81 and 4.09 billion")
  func multiplyAdds() throws {
    let eighteen = try Recipes.imageNet([2, 2, 2, 2], isBottleneck: false)
    let fifty = try Recipes.imageNet([3, 4, 6, 3], isBottleneck: true)
    #expect(eighteen.multiplyAdds == 1_814_073_344)
    #expect(fifty.multiplyAdds == 4_089_184_256)
  }
}
