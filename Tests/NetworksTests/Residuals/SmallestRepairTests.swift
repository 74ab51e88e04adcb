import Testing

@testable import Networks

/// What was written is kept: few changes of single layers come before another shortcut.
struct SmallestRepairTests {
  private static let given: [(input: String, text: String, offers: [String])] = [
    (
      "16x32x32",
      """
      residual act=relu {
        conv 32 3 stride=2; bn; relu; conv 32 3 stride=2; bn
      } { conv 32 1 stride=2; bn }
      """,
      [
        "stride=1 on res1.body.conv2: 32x16x16, +0",
        "stride=4 on res1.shortcut.conv1: 32x8x8, +0",
        "shortcut=B: 32x8x8, -32", "shortcut=A: 32x8x8, -608",
      ]
    ),
    (
      "64x256x256",
      """
      parallel { conv 64 1 } { conv 64 1; conv 64 3 } { maxpool 3 }
      """,
      ["stride=1 pad=1 on par1.3.maxpool1: 192x256x256, +0"]
    ),
    (
      "4x33", "parallel { conv 4 3 stride=2 } { maxpool 2 }",
      [
        "ceil=yes on par1.2.maxpool1: 8x17, +0", "pad=same on par1.2.maxpool1: 8x17, +0",
      ]
    ),
    (
      "4x32", "parallel join=add { conv 4 3 stride=2 } { maxpool 3 stride=2 }",
      [
        "ceil=yes on par1.2.maxpool1: 4x16, +0", "pad=1 on par1.2.maxpool1: 4x16, +0",
      ]
    ),
    (
      "4x32", "residual { conv 8 3; bn } { conv 8 1 stride=2 }",
      [
        "stride=2 on res1.body.conv1: 8x16, +0", "stride=1 on res1.shortcut.conv1: 8x32, +0",
        "shortcut=B: 8x32, +8", "shortcut=A: 8x32, -40",
      ]
    ),
    (
      "4x32", "residual { repeat 3 { conv 4 3 pad=0 } } { identity }",
      [
        "pad=same on res1.body.rep1.1.conv1 res1.body.rep1.2.conv1 res1.body.rep1.3.conv1:"
          + " 4x32, +0"
      ]
    ),
  ]

  @Test("the smallest changes come first", arguments: given)
  func smallest(input: String, text: String, offers: [String]) throws {
    let error = try #require(try shapeError(input, text))
    #expect(error.offers.map(\.summary) == offers)
    for offer in error.offers {
      let net = try Recipes.net(ScriptReader.shape(input), [offer.repaired])
      #expect(net.output == offer.output)
      try expectWellShaped(net)
    }
    if case .shortcut? = error.offers.first?.repair {
      Issue.record("the first offer throws the given shortcut away")
    }
  }

  @Test("the work of a refusal is bounded, however many layers there are")
  func bounded() throws {
    for blocks in [1, 10, 1_000, 3_000, 100_000] {
      let most = RepairSearch.mostTried(blocks: blocks)
      #expect((8...64).contains(most))
      #expect(most * blocks <= max(8 * blocks, 24_000))
    }
    let layers = Array(repeating: "conv 4 3 pad=0; relu", count: 500).joined(separator: "; ")
    let error = try #require(try shapeError("4x3001", "residual { \(layers) } { conv 4 1 }"))
    #expect(error.offers.count == 1)
    guard case .settings(let settings)? = error.offers.first?.repair else { return }
    #expect(settings.count == 500)
  }
}
