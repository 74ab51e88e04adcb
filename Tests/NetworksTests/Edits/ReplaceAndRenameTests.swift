import Networks
import Testing

/// Blocks in place of others, and other names.
struct ReplaceAndRenameTests {
  private let net: Network

  init() throws {
    net = try network(
      "4x16", "conv 4 3; relu; conv 4 3; residual { conv 8 3; bn }; repeat 2 { elu }")
  }

  @Test("neighbours give way to new blocks; names that are taken get fresh ones")
  func replace() throws {
    let result = try net.replacing(net.run("relu1"), with: [block("tanh"), block("conv 4 5")])
    #expect(
      result.root.children.map(\.name) == ["conv1", "tanh1", "conv3", "conv2", "res1", "rep1"])
    #expect(try result.id("conv1") == net.id("conv1"))
    #expect(try result.id("conv2") == net.id("conv2"))
    let run = try net.replacing(net.run("conv1..conv2"), with: [block("conv 4 1")])
    #expect(run.root.children.map(\.name) == ["conv1", "res1", "rep1"])
    #expect(try run.id("conv1") != net.id("conv1"))
    let none = try net.replacing(net.run("relu1"), with: [])
    #expect(none.root.children.map(\.name) == ["conv1", "conv2", "res1", "rep1"])
    for result in [result, run, none] { try expectWellShaped(result) }
  }

  @Test(
    "parts with fixed places are not replaced",
    arguments: [
      ("res1.body", "res1"), ("rep1.1", "rep1"), ("res1.shortcut.conv1", "res1.shortcut"),
    ])
  func fixed(range: String, path: String) throws {
    let (run, tanh) = (try net.run(range), try block("tanh"))
    expectRefused(.fixedPart(path: path), of: net) { net throws(EditError) in
      try net.replacing(run, with: [tanh])
    }
  }

  @Test("invalid names, shapes that disagree and runs of other networks")
  func refused() throws {
    let run = try net.run("relu1")
    let nameless = Block(name: "a b", form: .layer(.flatten))
    expectRefused(.invalidName("a b"), of: net) { net throws(EditError) in
      try net.replacing(run, with: [nameless])
    }
    let gap = try block("gap")
    let expected = ShapeError(
      path: "conv2", block: try net.id("conv2"),
      fault: .rank(kind: "conv", wanted: [1, 2], input: Shape([4])))
    expectRefused(.shape(expected), of: net) { net throws(EditError) in
      try net.replacing(run, with: [gap])
    }
    let other = try network("4x16", "conv 4 3; relu").run("relu1")
    expectRefused(.path(.nothing(path: "relu1", known: net.paths)), of: net) {
      net throws(EditError) in try net.replacing(other, with: [gap])
    }
  }

  @Test(
    "names of letters of any script, digits and _",
    arguments: ["stem", "conv9", "_", "7", "größe", "卷积", "a_b", String(repeating: "a", count: 64)])
  func rename(name: String) throws {
    let result = try net.renaming(net.at("relu1"), to: name)
    #expect(try result.id(name) == net.id("relu1"))
    #expect(result.paths.count == net.paths.count)
    #expect(result.facts == net.facts)
    try expectWellShaped(result)
  }

  @Test("the same name changes nothing")
  func sameName() throws {
    #expect(try net.renaming(net.at("relu1"), to: "relu1").root == net.root)
  }

  @Test("a copy renamed inside is no copy any more")
  func copy() throws {
    let result = try net.renaming(net.at("rep1.2.elu1"), to: "last")
    #expect(try result.at("rep1").block.kind == .sequential)
    try expectWellShaped(result)
  }

  @Test("names that are taken or invalid, and parts named by their place")
  func refusedNames() throws {
    let relu = try net.at("relu1")
    expectRefused(.nameTaken(name: "conv2", path: "relu1"), of: net) { net throws(EditError) in
      try net.renaming(relu, to: "conv2")
    }
    let bn = try net.at("res1.bn1")
    expectRefused(.nameTaken(name: "conv1", path: "res1.body.bn1"), of: net) {
      net throws(EditError) in try net.renaming(bn, to: "conv1")
    }
    for name in ["", "a b", "a.b", "res*", "+", String(repeating: "a", count: 65)] {
      expectRefused(.invalidName(name), of: net) { net throws(EditError) in
        try net.renaming(relu, to: name)
      }
    }
    for path in ["res1.body", "res1.shortcut", "res1.shortcut.bn1", "rep1.1"] {
      let part = try net.at(path)
      expectRefused(.fixedPart(path: path), of: net) { net throws(EditError) in
        try net.renaming(part, to: "other")
      }
    }
    let strange = try network("4x16", "relu").at("relu1")
    expectRefused(.path(.nothing(path: "relu1", known: net.paths)), of: net) {
      net throws(EditError) in try net.renaming(strange, to: "other")
    }
  }
}
