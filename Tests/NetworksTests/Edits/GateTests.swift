import Networks
import Testing

/// Gates that follow from the shapes, and the kinds that are made of other kinds.
struct GateTests {
  @Test(
    "what the words make",
    arguments: [
      ("rezero { conv 4 3; relu }", "residual { conv 4 3; relu; scale 0 }"),
      ("rezero shortcut=A { scale }", "residual shortcut=A { scale; scale 0 }"),
      ("se { conv 4 3; relu }", "seq { conv 4 3; relu; se }"),
      ("se reduction=2 { se }", "seq { se; se reduction=2 }"),
      ("preact { conv 4 3 }", "residual { bn; relu; conv 4 3 }"),
      ("preact { conv 4 3; bn }", "residual { bn; relu; conv 4 3 }"),
      ("preact { conv 4 3; relu }", "residual { bn; relu; conv 4 3 }"),
      ("preact { conv 4 3; bn; tanh }", "residual { bn; tanh; conv 4 3 }"),
      (
        "preact shortcut=C { conv 4 3; bn; relu; conv 4 3; bn; relu }",
        """
        residual shortcut=C { bn name=bn2; relu name=relu2; conv 4 3; bn name=bn1; relu name=relu1
        conv 4 3 }
        """
      ),
      ("preact { conv 4 3 act=elu }", "residual { bn; elu; conv 4 3 }"),
      ("preact { bn; relu; conv 4 3 }", "residual { bn; relu; conv 4 3 }"),
      ("preact { conv 4 3; softmax }", "residual { bn; relu; conv 4 3; softmax }"),
      ("preact { }", "residual { bn; relu }"),
    ])
  func words(text: String, meaning: String) throws {
    let net = try network("4x16", text)
    #expect(try net.isSame(as: network("4x16", meaning)), "\(net.script)")
  }

  @Test(
    "gates have the layers and the parameters of the papers",
    arguments: [
      ("64x8", "se", 2 * 64 * 64 / 16 + 64 / 16 + 64, ["gap1", "dense1", "dense2"]),
      ("64x8x8", "se reduction=4", 2 * 64 * 64 / 4 + 64 / 4 + 64, ["gap1", "dense1", "dense2"]),
      ("3x8", "se", 2 * 3 + 1 + 3, ["gap1", "dense1", "dense2"]),
      ("64", "se", 2 * 64 * 64 / 16 + 64 / 16 + 64, ["dense1", "dense2"]),
      (
        "64x8", "se units=5 act=silu gate=tanh", 2 * 64 * 5 + 5 + 64, ["gap1", "dense1", "dense2"]
      ),
      ("6x8", "highway { relu }", 6 * 6 + 6, ["conv1"]),
      ("6x8x8", "highway bias=-1 { relu }", 6 * 6 + 6, ["conv1"]),
      ("6", "highway { relu }", 6 * 6 + 6, ["dense1"]),
    ])
  func layers(input: String, text: String, count: Int, names: [String]) throws {
    let net = try network(input, text)
    #expect(net.learnableCount == count)
    #expect(net.output == net.input)
    let gate = try #require(net.root.children.first?.children.last)
    #expect(gate.name == "gate" && gate.children.map(\.name) == names)
    try expectWellShaped(net)
  }

  @Test("a gate follows the shapes of an edit, and keeps its identities")
  func follows() throws {
    let net = try network("3x16", "se reduction=2 { conv 8 3; bn }; highway { relu }")
    let changed = try net.setting([(key: "channels", text: "12")], on: [net.at("seq1.conv1")])
    #expect(changed.output == Shape([12, 16]))
    for path in ["seq1.se1.gate.dense1", "seq1.se1.gate.dense2", "highway1.gate.conv1"] {
      #expect(try changed.id(path) == net.id(path))
    }
    let other = try changed.setting([(key: "reduction", text: "3")], on: [changed.at("seq1.se1")])
    #expect(try #require(other.facts[other.id("seq1.se1.gate.dense1")]).output == Shape([4]))
    let bias = try other.setting([(key: "bias", text: "-1")], on: [other.at("highway1")])
    #expect(bias.script.hasSuffix("add highway bias=-1 {\n  relu\n}"))
  }

  @Test("what starts at a number of its own")
  func starts() throws {
    let net = try network("4x8", "scale 0.5; conv 4 3 bias=-2; conv 4 3; highway { relu }")
    let purposes = net.parameters.filter { $0.count <= 4 }.map(\.purpose)
    #expect(
      purposes == [
        .given(start: 0.5), .given(start: -2), .bias(fanIn: 12), .given(start: -2),
      ])
    #expect(net.parameters[0].shape == [1] && net.parameters[0].path == "scale1.weight")
    let lines = ["input 4x8", "add scale 0.5", "add conv 4 3 bias=-2", "add conv 4 3"]
    #expect(Array(NetworkScript.lines(of: net).prefix(4)) == lines)
    let plain = try net.setting([(key: "bias", text: "yes")], on: [net.at("conv1")])
    #expect(plain.script.contains("add conv 4 3\nadd conv 4 3\n"))
  }

  @Test(
    "wrapping and unwrapping restores names, identities and facts",
    arguments: [
      ("conv1..relu1", Kind.squeezeExcite), ("conv1..relu1", .rezero), ("conv2..relu2", .highway),
      ("conv1", .rezero), ("seq1", .highway), ("res1.conv1..relu1", .squeezeExcite),
      ("rep1.1", .rezero), ("res1.body", .highway),
    ])
  func undone(range: String, kind: Kind) throws {
    let net = try network(
      "4x16",
      """
      conv 4 3; relu; conv 4 3; relu; seq { relu; relu }; residual { conv 4 3; relu }
      repeat 1 { conv 4 3; relu }
      """)
    let (wrapped, container) = try net.wrapping(net.run(range), in: Arguments(kind))
    try expectWellShaped(wrapped)
    #expect(net.ids.isSubset(of: wrapped.ids))
    let path = try #require(wrapped.path(of: container.id))
    let result = try wrapped.unwrapping(wrapped.at(path))
    #expect(result.root == net.root)
    #expect(result.facts == net.facts)
  }

  @Test(
    "a residual alone becomes another kind of residual",
    arguments: [
      (
        Kind.squeezeExcite, "residual act=relu { conv 4 3; bn; relu; conv 4 3; bn; se }",
        "res1.body.se1"
      ),
      (.rezero, "residual act=relu { conv 4 3; bn; relu; conv 4 3; bn; scale 0 }", "res1"),
      (
        .preactivation,
        "residual { bn name=bn2; relu name=relu2; conv 4 3; bn name=bn1; relu name=relu1; conv 4 3 }",
        "res1"
      ),
      (.highway, "highway { residual act=relu { conv 4 3; bn; relu; conv 4 3; bn } }", "highway1"),
    ])
  func residual(kind: Kind, text: String, path: String) throws {
    let net = try network("4x16", "residual act=relu { conv 4 3; bn; relu; conv 4 3; bn }")
    let (one, container) = try net.wrapping(net.run("res1"), in: Arguments(kind))
    #expect(try one.isSame(as: network("4x16", text)), "\(one.script)")
    #expect(one.path(of: container.id) == path)
    #expect(try one.id("\(kind == .highway ? "highway1." : "")res1.conv1") == net.id("res1.conv1"))
    let (each, containers) = try net.wrapping(
      each: net.someBlocks(matching: "res*"), in: Arguments(kind))
    #expect(each.isSame(as: one) && containers.map { each.path(of: $0.id) } == [path])
    let name = kind == .squeezeExcite ? "res1.body.own" : "own"
    let (named, own) = try net.wrapping(net.run("res1"), in: Arguments(kind), name: "own")
    #expect(named.path(of: own.id) == name)
  }

  @Test("what a gate holds has its place; what a bare wrap takes goes on past a gate")
  func places() throws {
    let net = try network("4x16", "conv 4 3; se; highway { relu }")
    #expect(net.openRun.blocks.isEmpty)
    #expect(try network("4x16", "conv 4 3; se; relu").openRun.blocks.count == 3)
    for path in ["se1.body", "se1.gate", "se1.gate.dense1", "highway1.gate.conv1"] {
      let run = try net.run(path)
      expectRefused(.fixedPart(path: path), of: net) { net throws(EditError) in
        try net.removing(run)
      }
    }
    #expect(try net.unwrapping(net.at("se1")).paths.first == "conv1")
    #expect(try net.unwrapping(net.at("highway1")).paths.last == "relu1")
  }

  @Test("zero_gamma reaches past a squeeze-excite gate, never past a factor")
  func closing() throws {
    for (text, closes) in [("conv 4 3; bn; se", true), ("conv 4 3; bn; scale 0", false)] {
      let net = try network("4x16", "residual { \(text) }")
      let isThere = net.parameters.contains { $0.purpose == .gamma(closesResidual: true) }
      #expect(isThere == closes)
    }
  }

  @Test(
    "joins that do not agree are offered other paddings and channels",
    arguments: [
      (
        "parallel join=mul { conv 8 3 } { gap; dense 4 act=sigmoid }",
        ["units=8 on par1.2.dense1: 8x16, +8"]
      ),
      (
        "parallel join=mul { conv 8 3 } { conv 5 3; bn; relu } { conv 5 3 }",
        [
          "channels=5 on par1.1.conv1: 5x16, -12",
          "channels=8 on par1.2.conv1 par1.3.conv1: 8x16, +30",
        ]
      ),
      (
        "parallel join=mul { conv 8 3 pad=0 } { conv 8 3 }",
        ["pad=same on par1.1.conv1: 8x16, +0"]
      ),
      (
        "parallel join=highway { conv 8 3; bn } { conv 8 1 }",
        ["channels=1 on par1.1.conv1 par1.2.conv1: 1x16, -56"]
      ),
      ("highway { conv 8 3 }", ["channels=1 on highway1.body.conv1: 1x16, -28"]),
      ("highway { conv 1 3 pad=0 }", ["pad=same on highway1.body.conv1: 1x16, +0"]),
      (
        "highway { maxpool 2 }",
        ["stride=1 pad=same on highway1.body.maxpool1: 1x16, +0"]
      ), ("parallel join=highway { relu }", []),
      (
        "parallel join=mul { conv 8 3 } { seq { conv 4 3 } }",
        [
          "channels=8 on par1.2.seq1.conv1: 8x16, +16",
          "channels=4 on par1.1.conv1: 4x16, -16",
        ]
      ),
    ])
  func offers(text: String, expected: [String]) throws {
    let error = try #require(try shapeError("1x16", text))
    let found = error.offers.map(\.summary)
    #expect(found == expected)
    for offer in error.offers {
      let net = try Network(
        input: Shape([1, 16]), root: Block(name: "", form: .sequential([offer.repaired])))
      #expect(net.output == offer.output)
    }
  }
}
