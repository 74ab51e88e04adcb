import Networks
import Testing

/// The text of a network, read back, gives the same network.
struct ScriptRoundTripTests {
  @Test("random trees of all kinds, names included")
  func trees() throws {
    var trees = RandomTrees(seed: 31)
    var layers = 0
    for _ in 0..<2_000 {
      let blocks = try trees.chain(depth: 3, atMost: 5)
      for block in blocks {
        let lines = NetworkScript.lines(of: block)
        let again = try ScriptReader.blocks(lines.joined(separator: "\n"))
        #expect(again.count == 1)
        #expect(again.first?.isSame(as: block) == true, "\(lines.joined(separator: "\n"))")
        layers += block.size
      }
    }
    #expect(layers > 5_000)
  }

  @Test("random networks: the same text, shapes and parameters again")
  func networks() throws {
    var trees = RandomTrees(seed: 32)
    var accepted = 0
    for _ in 0..<3_000 {
      let input = trees.random.chance(50) ? Shape([3, 32]) : Shape([3, 12, 10])
      let texts = (0..<trees.random.number(0...4)).map { _ in trees.fittingText(depth: 3) }
      let root = Block(
        name: "",
        form: .sequential(BlockList(try ScriptReader.blocks(texts.joined(separator: "\n")))))
      guard let net = try? Network(input: input, root: root) else { continue }
      accepted += 1
      let lines = NetworkScript.lines(of: net)
      let again = try ScriptReader.network(lines)
      #expect(again.isSame(as: net), "\(net.script)")
      #expect(NetworkScript.lines(of: again) == lines)
      #expect(again.paths == net.paths)
      #expect(again.learnableCount == net.learnableCount)
      #expect(again.ids.isDisjoint(with: net.ids))
    }
    #expect(accepted > 1_000)
  }

  @Test("the networks of the recipes")
  func recipes() throws {
    let networks = try [
      Recipes.cifar(n: 3, shortcuts: .zeroPadded), Recipes.cifar(n: 3, shortcuts: .projection),
      Recipes.imageNet([2, 2, 2, 2], isBottleneck: false), Recipes.wang(classes: 2),
      Recipes.wangFullyConvolutional(classes: 2),
      Recipes.net(Shape([1, 64]), [Recipes.resCNN1D(10, 3, stride: 2, length: 3)]),
    ]
    for net in networks {
      let again = try ScriptReader.network(NetworkScript.lines(of: net))
      #expect(again.isSame(as: net))
      #expect(again.learnableCount == net.learnableCount)
    }
  }
}
