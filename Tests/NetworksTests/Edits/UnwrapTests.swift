import Networks
import Testing

/// What a container holds in the container's place.
struct UnwrapTests {
  @Test(
    "by kind",
    arguments: [
      ("conv 4 3; seq { bn; relu }; tanh", "seq1", ["conv1", "bn1", "relu1", "tanh1"]),
      ("residual { conv 8 3; bn }; tanh", "res1", ["conv1", "bn1", "tanh1"]),
      ("parallel { relu; tanh }", "par1", ["relu1", "tanh1"]),
      ("repeat 2 { conv 4 3; relu }; tanh", "rep1", ["conv1", "relu1", "conv2", "relu2", "tanh1"]),
      ("seq { }; relu", "seq1", ["relu1"]),
      ("seq { residual { relu } }", "seq1.res1", ["seq1", "seq1.relu1"]),
    ])
  func unwrap(text: String, path: String, paths: [String]) throws {
    let net = try network("4x16", text)
    let result = try net.unwrapping(net.at(path))
    #expect(result.paths == paths)
    #expect(result.ids.isSubset(of: net.ids))
    try expectWellShaped(result)
  }

  @Test("names outside stay; those that come out give way")
  func names() throws {
    let net = try network("4x16", "relu; seq { relu; relu; tanh name=relu9 }; relu; tanh")
    let result = try net.unwrapping(net.at("seq1"))
    #expect(
      result.paths == ["relu1", "relu10", "relu11", "relu9", "relu2", "tanh1"])
    for name in ["relu1", "relu2", "tanh1"] { #expect(try result.id(name) == net.id(name)) }
    #expect(try result.id("relu9") == net.id("seq1.relu9"))
  }

  @Test(
    "undoes a wrap: names and identities",
    arguments: [
      ("conv1", Kind.residual), ("conv1..relu2", .residual), ("relu1..conv2", .sequential),
      ("seq1", .parallel), ("conv1..res1", .residual), ("seq1.relu1..relu2", .residual),
      ("res1.conv1..bn1", .residual), ("res1.body", .sequential), ("par1.2", .residual),
      ("rep1", .residual), ("conv1", .repeated), ("conv1..relu2", .repeated),
    ])
  func undoesWrap(range: String, kind: Kind) throws {
    let net = try network(
      "4x16",
      """
      conv 4 3; relu; conv 4 3; relu; seq { relu; relu }; residual { conv 4 3; bn }
      parallel { relu } { tanh; relu }; repeat 2 { relu }
      """)
    var wrap = Arguments(kind)
    if kind == .repeated { wrap = try arguments(kind, ["copies": "1"]) }
    let (wrapped, container) = try net.wrapping(net.run(range), in: wrap)
    #expect(wrapped.root != net.root)
    let path = try #require(wrapped.path(of: container.id))
    let result = try wrapped.unwrapping(wrapped.at(path))
    #expect(result.root == net.root)
    #expect(result.facts == net.facts)
  }

  @Test("refusals")
  func refused() throws {
    let net = try network(
      "4x16",
      "conv 4 3; parallel { relu } { tanh }; residual { conv 6 3 }; repeat 2 { seq { relu } }")
    let expected: [(path: String, error: EditError)] = [
      ("conv1", .nothingInside(path: "conv1")), ("par1", .branches(path: "par1", count: 2)),
      ("res1.body", .fixedPart(path: "res1.body")),
      ("res1.shortcut", .fixedPart(path: "res1.shortcut")), ("rep1.1", .fixedPart(path: "rep1.1")),
      ("par1.1", .fixedPart(path: "par1.1")),
      ("res1.shortcut.conv1", .nothingInside(path: "res1.shortcut.conv1")),
    ]
    for (path, error) in expected {
      let located = try net.at(path)
      expectRefused(error, of: net) { net throws(EditError) in try net.unwrapping(located) }
    }
    let strange = try network("4x16", "seq { relu }").at("seq1")
    expectRefused(.path(.nothing(path: "seq1", known: net.paths)), of: net) {
      net throws(EditError) in try net.unwrapping(strange)
    }
  }

  @Test("what follows must still fit")
  func shapes() throws {
    let net = try network(
      "4x16",
      "repeat 2 { seq { conv 8 3 } }; residual shortcut=A { conv 8 3 pad=0; conv 8 3 pad=2 }")
    let result = try net.unwrapping(net.at("res1"))
    #expect(result.output == Shape([8, 16]))
    let branch = try network("4x16", "parallel join=add { gap } { gap }; dense 2")
    #expect(try branch.removing(branch.run("par1.2")).output == Shape([2]))
  }
}
