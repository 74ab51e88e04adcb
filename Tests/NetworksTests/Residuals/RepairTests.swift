import Networks
import Testing

/// Offers beside a refused sum: each is tried, priced and really well-shaped.
struct RepairTests {
  private static let lossy = """
    residual act=relu {
      conv 10 3 stride=2 pad=0; bn; relu; conv 10 3 pad=0; bn; relu; conv 10 3 pad=0; bn; relu
    }
    """

  private static let refused: [(input: String, text: String, body: String, offers: [String])] = [
    (
      "1x150", lossy, "10x70",
      ["pad=same on res1.body.conv1 res1.body.conv2 res1.body.conv3: 10x75, +30"]
    ),
    (
      "3x150", lossy, "10x70",
      ["pad=same on res1.body.conv1 res1.body.conv2 res1.body.conv3: 10x75, +50"]
    ),
    ("10x20", "residual { conv 10 3 pad=0 }", "10x18", ["pad=same on res1.body.conv1: 10x20, +0"]),
    (
      "10x20", "residual { conv 10 3; conv 10 3 pad=1; conv 10 3 pad=0 }", "10x18",
      ["pad=same on res1.body.conv3: 10x20, +0"]
    ),
    (
      "10x20", "residual { conv 10 3 pad=2 }", "10x22", ["pad=same on res1.body.conv1: 10x20, +0"]
    ),
    (
      "4x20", "residual shortcut=identity { conv 8 3 }", "8x20",
      ["shortcut=B: 8x20, +48", "shortcut=A: 8x20, +0"]
    ),
    (
      "4x20", "residual shortcut=identity { conv 8 3 stride=2 }", "8x10",
      ["shortcut=B: 8x10, +48", "shortcut=A: 8x10, +0"]
    ),
    ("8x20", "residual shortcut=A { conv 4 3 }", "4x20", ["shortcut=B: 4x20, +40"]),
    (
      "4x20", "residual { conv 8 3 } { bn }", "8x20",
      [
        "channels=4 on res1.body.conv1: 4x20, -52", "shortcut=B: 8x20, +40",
        "shortcut=A: 8x20, -8",
      ]
    ),
    ("4x20", "residual { gap }", "4", []), ("4x20", "residual { dense 3 }", "3", []),
    (
      "4x20", "residual { maxpool 5 stride=1 }", "4x16",
      ["pad=2 on res1.body.maxpool1: 4x20, +0"]
    ),
    (
      "4x20", "residual { seq { conv 4 3 pad=0 }; repeat 2 { conv 4 3 pad=0 } }", "4x14",
      [
        "pad=same on res1.body.seq1.conv1 res1.body.rep1.1.conv1 res1.body.rep1.2.conv1:"
          + " 4x20, +0"
      ]
    ),
  ]

  @Test("what is refused, and what is offered", arguments: refused)
  func offers(input: String, text: String, body: String, offers: [String]) throws {
    let error = try #require(try shapeError(input, text))
    #expect(error.path == "res1")
    guard case .sum(let found, _, let read, _) = error.fault else {
      Issue.record("another fault: \(error.fault)")
      return
    }
    #expect("\(found)" == body)
    #expect("\(read)" == input)
    #expect(error.offers.map(\.summary) == offers)
    for offer in error.offers {
      let net = try Recipes.net(ScriptReader.shape(input), [offer.repaired])
      #expect(net.output == offer.output)
      if !text.contains("} {") {
        let bodyCount = try #require(net.facts[net.root.children[0].children[0].id]).learnable
        #expect(net.learnableCount - bodyCount == offer.addedParameters)
      }
      #expect(offer.repaired.id == error.block)
      try expectWellShaped(net)
    }
  }

  @Test("the sum's fault has both shapes, the input and the kind")
  func sum() throws {
    let shape = Shape([1, 150])
    #expect(
      try fault("1x150", Self.lossy)
        == .sum(body: Shape([10, 70]), shortcut: shape, input: shape, kind: .automatic))
  }

  @Test("deep inside other blocks: paths and identities are those of the whole network")
  func deep() throws {
    let text = "conv 4 3; seq { repeat 2 { residual { relu; conv 4 3 pad=0 } } }"
    let error = try #require(try shapeError("1x20", text))
    #expect(error.path == "seq1.rep1.1.res1")
    #expect(
      error.offers.map(\.summary)
        == ["pad=same on seq1.rep1.1.res1.body.conv1: 4x20, +0"])
    guard case .settings(let settings) = error.offers.first?.repair else { return }
    #expect(settings.count == 1)
    #expect(
      error.offers.first?.repaired.children.first?.children.last?.id == settings.first?.blocks.first
    )
  }

  @Test("applying an offer's repair by edits gives the same network as the offer")
  func applied() throws {
    let flat = try network("1x150", "conv 10 3 stride=2 pad=0; bn; relu; conv 10 3 pad=0; bn; relu")
    let wrap = try arguments(.residual, ["act": "relu"])
    let refusal = editError { () throws(EditError) in try flat.wrapping(flat.openRun, in: wrap) }
    guard case .shape(let error) = refusal, let offer = error.offers.first,
      case .settings(let settings) = offer.repair
    else {
      Issue.record("the wrap was not refused with a padding")
      return
    }
    let blocks = settings.flatMap(\.blocks)
    let targets = flat.blocks(matching: "conv*").filter { blocks.contains($0.block.id) }
    let padded = try flat.setting([("pad", "same")], on: targets)
    let (net, _) = try padded.wrapping(padded.openRun, in: wrap)
    #expect(net.root.children.map { $0.hasSameForm(as: offer.repaired) } == [true])
    #expect(net.output == offer.output)
    #expect(net.learnableCount == flat.learnableCount + offer.addedParameters)
  }
}
