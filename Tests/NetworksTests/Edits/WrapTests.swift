import Networks
import Testing

/// Neighbours put into a container.
struct WrapTests {
  private func wrapped(_ net: Network, _ range: String, _ kind: Kind, name: String? = nil) throws
    -> Network
  {
    let (result, container) = try net.wrapping(net.run(range), in: arguments(kind), name: name)
    #expect(result.block(container.id) == container)
    try expectWellShaped(result)
    return result
  }

  @Test(
    "runs and single blocks, by kind",
    arguments: [
      ("conv1..relu1", Kind.residual, "input 4x16; add residual { conv 4 3; bn; relu }; add tanh"),
      ("bn1", .residual, "input 4x16; add conv 4 3; add residual { bn }; add relu; add tanh"),
      ("bn1..tanh1", .sequential, "input 4x16; add conv 4 3; add seq { bn; relu; tanh }"),
      ("bn1..relu1", .parallel, "input 4x16; add conv 4 3; add parallel { bn; relu }; add tanh"),
      ("conv1..tanh1", .residual, "input 4x16; add residual { conv 4 3; bn; relu; tanh }"),
    ])
  func run(range: String, kind: Kind, text: String) throws {
    let net = try network("4x16", "conv 4 3; bn; relu; tanh")
    let result = try wrapped(net, range, kind)
    let lines = text.split(separator: "; add ").joined(separator: "\n").split(separator: "\n")
    let expected = try network("4x16", lines.dropFirst().joined(separator: "\n"))
    #expect(result.isSame(as: expected))
    #expect(net.ids.isSubset(of: result.ids))
  }

  @Test("copies around what is there: the first keeps identities")
  func copies() throws {
    let net = try network("4x16", "conv 4 3; relu")
    let (result, _) = try net.wrapping(
      net.run("conv1..relu1"), in: arguments(.repeated, ["copies": "3"]))
    #expect(try result.isSame(as: network("4x16", "repeat 3 { conv 4 3; relu }")))
    #expect(try result.id("rep1.1.conv1") == net.id("conv1"))
    try expectWellShaped(result)
  }

  @Test(
    "without a range: what stands after the last residual or parallel block",
    arguments: [
      ("conv 4 3; relu", ["conv1", "relu1"]),
      ("residual { relu }; conv 4 3; bn", ["conv1", "bn1"]),
      (
        "conv 4 3; parallel { relu }; bn; seq { relu }; repeat 2 { relu }", ["bn1", "seq1", "rep1"]
      ),
      ("relu; residual { relu }", []), ("", []),
    ])
  func openRun(text: String, names: [String]) throws {
    let net = try network("4x16", text)
    #expect(net.openRun.blocks.map(\.path) == names)
    #expect(net.openRun.parent == net.root.id)
    if names.isEmpty {
      expectRefused(.nothingToWrap, of: net) { net throws(EditError) in
        try net.wrapping(net.openRun, in: Arguments(.residual))
      }
    } else {
      let (result, container) = try net.wrapping(net.openRun, in: arguments(.residual))
      #expect(result.root.children.last?.id == container.id)
      #expect(result.openRun.blocks.isEmpty)
    }
  }

  @Test("the last few children of the root")
  func rootRun() throws {
    let net = try network("4x16", "conv 4 3; bn; relu")
    #expect(net.rootRun(1..<3).blocks.map(\.path) == ["bn1", "relu1"])
    let (result, _) = try net.wrapping(net.rootRun(1..<3), in: arguments(.sequential))
    #expect(result.root.children.map(\.name) == ["conv1", "seq1"])
  }

  @Test("inside of bodies, groups and branches")
  func nested() throws {
    let net = try network(
      "4x16", "residual { conv 4 3; bn; relu }; parallel { relu; tanh } { elu }")
    let body = try wrapped(net, "res1.conv1..bn1", .residual)
    #expect(try body.id("res1.body.res1.body.bn1") == net.id("res1.body.bn1"))
    let branch = try wrapped(net, "par1.1.relu1..tanh1", .sequential)
    #expect(try branch.id("par1.1.seq1.tanh1") == net.id("par1.1.tanh1"))
  }

  @Test("a body, a branch, a copy and a given shortcut keep their place: what they hold is wrapped")
  func parts() throws {
    let net = try network(
      "4x16", "residual { conv 4 3; bn } { bn }; parallel { relu; tanh } { elu }; repeat 2 { relu }"
    )
    let body = try wrapped(net, "res1.body", .residual)
    #expect(try body.id("res1.body") == net.id("res1.body"))
    #expect(try body.id("res1.body.res1.body.conv1") == net.id("res1.body.conv1"))
    let branch = try wrapped(net, "par1.1", .sequential)
    #expect(try branch.id("par1.1.seq1.relu1") == net.id("par1.1.relu1"))
    let shortcut = try wrapped(net, "res1.shortcut", .sequential)
    #expect(try shortcut.id("res1.shortcut.seq1.bn1") == net.id("res1.shortcut.bn1"))
    let copy = try wrapped(net, "rep1.1", .residual)
    #expect(try copy.at("rep1").block.kind == .sequential)
    #expect(try copy.id("rep1.1.res1.body.relu1") == net.id("rep1.1.relu1"))
  }

  @Test("each match on its own; the copies of a repeat stay copies")
  func each() throws {
    let net = try network(
      "4x16", "repeat 3 { conv 4 3; bn }; conv 4 3; relu; conv 4 3; residual { relu }")
    let (copies, containers) = try net.wrapping(
      each: net.blocks(matching: "rep1.*"), in: arguments(.residual, ["act": "relu"]))
    #expect(try copies.at("rep1").block.kind == .repeated)
    #expect(containers.map(\.name) == ["res1", "res1", "res1"])
    #expect(
      try copies.isSame(
        as: network(
          "4x16",
          """
          repeat 3 { residual act=relu { conv 4 3; bn } }
          conv 4 3; relu; conv 4 3; residual { relu }
          """)))
    let (convs, wrapped) = try net.wrapping(
      each: net.blocks(matching: "conv*"), in: arguments(.residual))
    #expect(convs.root.children.map(\.name) == ["rep1", "res2", "relu1", "res3", "res1"])
    #expect(wrapped.map(\.name) == ["res2", "res3"])
    #expect(wrapped.allSatisfy { convs.block($0.id) == $0 })
    for result in [copies, convs] {
      #expect(net.ids.isSubset(of: result.ids))
      try expectWellShaped(result)
    }
  }

  @Test("each of blocks that lie in each other: inner ones first")
  func eachNested() throws {
    let net = try network("4x16", "seq { seq { relu } }")
    let targets = net.blocks(matching: "seq1.seq1") + net.blocks(matching: "seq1")
    let (result, containers) = try net.wrapping(each: targets, in: arguments(.residual))
    #expect(
      result.paths.filter { !$0.hasSuffix("shortcut") && !$0.hasSuffix("body") } == [
        "res1", "res1.body.seq1", "res1.body.seq1.res1", "res1.body.seq1.res1.body.seq1",
        "res1.body.seq1.res1.body.seq1.relu1",
      ])
    #expect(containers.map { result.path(of: $0.id) } == ["res1.body.seq1.res1", "res1"])
    try expectWellShaped(result)
  }

  @Test("a name of one's own, or the next free one")
  func names() throws {
    let net = try network("4x16", "residual { relu }; conv 4 3; residual name=res7 { relu }")
    let named = try wrapped(net, "conv1", .residual, name: "stage")
    #expect(named.root.children.map(\.name) == ["res1", "stage", "res7"])
    let next = try wrapped(net, "conv1", .residual)
    #expect(next.root.children.map(\.name) == ["res1", "res8", "res7"])
    let same = try wrapped(net, "conv1", .sequential, name: "conv1")
    #expect(same.root.children.map(\.name) == ["res1", "conv1", "res7"])
  }

  @Test("refusals: kinds, names, fixed parts, empty parts, other networks")
  func refused() throws {
    let net = try network(
      "4x16", "seq { conv 8 3; bn }; residual { conv 4 3; bn }; repeat 2 { }; parallel { } { relu }"
    )
    func refused(
      _ range: String, _ kind: Kind, _ expected: EditError, name: String? = nil,
      sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
      let run = try net.run(range)
      expectRefused(expected, of: net, sourceLocation: sourceLocation) { net throws(EditError) in
        try net.wrapping(run, in: Arguments(kind), name: name)
      }
    }
    try refused("seq1", .function(.relu), .notAContainer(.function(.relu)))
    try refused("seq1", .convolution, .notAContainer(.convolution))
    try refused("res1.body", .dropout, .notAContainer(.dropout))
    try refused("seq1", .residual, .nameTaken(name: "res1", path: "res1"), name: "res1")
    try refused(
      "seq1.conv1", .residual, .nameTaken(name: "bn1", path: "seq1.bn1"), name: "bn1")
    try refused("seq1", .residual, .invalidName("a.b"), name: "a.b")
    try refused("res1.body..shortcut", .residual, .fixedPart(path: "res1.shortcut"))
    try refused("res1.shortcut", .residual, .fixedPart(path: "res1.shortcut"))
    try refused("res1.shortcut.conv1", .residual, .fixedPart(path: "res1.shortcut.conv1"))
    try refused("rep1.1", .residual, .fixedPart(path: "rep1.1"))
    try refused("rep1.1..2", .residual, .fixedPart(path: "rep1.1"))
    try refused("par1.1", .residual, .fixedPart(path: "par1.1"))
    let strange = try network("4x16", "relu").run("relu1")
    expectRefused(.path(.nothing(path: "relu1", known: net.paths)), of: net) {
      net throws(EditError) in try net.wrapping(strange, in: Arguments(.residual))
    }
    expectRefused(.nothingToWrap, of: net) { net throws(EditError) in
      try net.wrapping(each: [], in: Arguments(.residual))
    }
    let shortcuts = net.blocks(matching: "res1.*")
    expectRefused(.fixedPart(path: "res1.shortcut"), of: net) { net throws(EditError) in
      try net.wrapping(each: shortcuts, in: Arguments(.residual))
    }
    expectRefused(.path(.nothing(path: "relu1", known: net.paths)), of: net) {
      net throws(EditError) in try net.wrapping(each: strange.blocks, in: Arguments(.residual))
    }
    expectRefused(.fixedPart(path: "rep1.1"), of: net) { net throws(EditError) in
      try net.wrapping(each: net.blocks(matching: "rep1.*"), in: Arguments(.residual))
    }
  }

  @Test("a sum that cannot be: the error names the new block and what would repair it")
  func shapes() throws {
    let net = try network("1x150", "conv 10 3 stride=2 pad=0; bn; relu; conv 10 3 pad=0")
    let refusal = editError { () throws(EditError) in
      try net.wrapping(net.openRun, in: Arguments(.residual))
    }
    guard case .shape(let error) = refusal else {
      Issue.record("the sum was taken")
      return
    }
    #expect(error.path == "res1")
    #expect(error.offers.count == 1)
    #expect(net.paths == ["conv1", "bn1", "relu1", "conv2"])
  }
}
