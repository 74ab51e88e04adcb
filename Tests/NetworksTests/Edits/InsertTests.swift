import Networks
import Testing

/// Blocks added at the end or between others.
struct InsertTests {
  private let net: Network

  init() throws { net = try network("1x64", "conv 4 3; relu; residual { conv 4 3; bn }; gap") }

  @Test("at the end of the root; all other blocks stay")
  func append() throws {
    let longer = try net.appending([block("dense 3")])
    #expect(longer.paths == net.paths + ["dense1"])
    #expect(longer.output == Shape([3]))
    #expect(net.identities.allSatisfy { longer.identities[$0.key] == $0.value })
    try expectWellShaped(longer)
  }

  @Test(
    "at any index of a chain; indices beyond it mean its ends",
    arguments: [
      (0, ["bn1", "conv1", "relu1"]), (1, ["conv1", "bn1", "relu1"]),
      (3, ["conv1", "relu1", "bn1"]), (99, ["conv1", "relu1", "bn1"]),
      (-5, ["bn1", "conv1", "relu1"]),
    ])
  func index(index: Int, names: [String]) throws {
    let short = try network("1x64", "conv 4 3; relu")
    let longer = try short.inserting([block("bn")], in: short.root.id, at: index)
    #expect(longer.root.children.map(\.name) == names)
  }

  @Test("inside of bodies, groups, branches and given shortcuts")
  func inside() throws {
    let nested = try network(
      "4x16", "residual { conv 4 3 } { bn }; seq { relu }; parallel { relu } { bn }")
    for path in ["res1.body", "res1.shortcut", "seq1", "par1.1", "par1.2"] {
      let parent = try nested.id(path)
      let longer = try nested.inserting([block("tanh")], in: parent, at: 0)
      #expect(longer.children(of: parent).first?.name == "tanh1")
      try expectWellShaped(longer)
    }
  }

  @Test("places that are fixed")
  func fixed() throws {
    let nested = try network(
      "1x64", "conv 4 3; residual { conv 8 3 }; repeat 2 { relu }; parallel { relu }")
    let tanh = try block("tanh")
    for path in ["conv1", "res1", "res1.shortcut", "rep1", "par1"] {
      let parent = try nested.id(path)
      expectRefused(.fixedPart(path: path), of: nested) { net throws(EditError) in
        try net.inserting([tanh], in: parent, at: 0)
      }
    }
  }

  @Test("a parent of another network")
  func strange() throws {
    let strange = try network("1x64", "seq { relu }").id("seq1")
    let tanh = try block("tanh")
    expectRefused(.path(.nothing(path: "", known: net.paths)), of: net) { net throws(EditError) in
      try net.inserting([tanh], in: strange, at: 0)
    }
  }

  @Test("names that are taken, invalid or not unique among the new blocks")
  func names() throws {
    let relu = try block("relu")
    expectRefused(.nameTaken(name: "relu1", path: "relu1"), of: net) { net throws(EditError) in
      try net.appending([relu])
    }
    let conv = try block("conv 4 3 name=conv1")
    let body = try net.id("res1.body")
    expectRefused(.nameTaken(name: "conv1", path: "res1.body.conv1"), of: net) {
      net throws(EditError) in try net.inserting([conv], in: body, at: 0)
    }
    let twins = try [block("tanh"), block("elu name=tanh1")]
    expectRefused(.nameTaken(name: "tanh1", path: "tanh1"), of: net) { net throws(EditError) in
      try net.appending(twins)
    }
    let inner = try block("seq { tanh name=a; elu name=a }")
    expectRefused(.nameTaken(name: "a", path: "seq1.a"), of: net) { net throws(EditError) in
      try net.appending([inner])
    }
    for name in ["", "a b", "a.b", "*", "a-b", String(repeating: "a", count: 65)] {
      let block = Block(name: name, form: .layer(.flatten))
      expectRefused(.invalidName(name), of: net) { net throws(EditError) in
        try net.appending([block])
      }
    }
  }

  @Test("shapes that disagree")
  func shapes() throws {
    let pool = try block("maxpool")
    let expected = ShapeError(
      path: "maxpool1", block: pool.id,
      fault: .rank(kind: "maxpool", wanted: [1, 2], input: Shape([4])))
    expectRefused(.shape(expected), of: net) { net throws(EditError) in try net.appending([pool]) }
  }

  @Test("a block added twice is two blocks")
  func twice() throws {
    var relu = try block("tanh")
    let once = try net.appending([relu])
    relu.name = "tanh2"
    let twice = try once.appending([relu])
    try expectWellShaped(twice)
    #expect(try twice.id("tanh1") == once.id("tanh1"))
    let conv = try block("seq { conv 4 3; conv 4 3 }")
    var other = conv
    other.name = "seq2"
    let start = try network("4x8")
    let both = try start.appending([conv, other])
    try expectWellShaped(both)
    #expect(both.learnableCount == 4 * 52)
  }

  @Test("another input for the same blocks, or none that fits")
  func input() throws {
    let wide = try net.with(input: Shape([3, 32, 32]))
    #expect(wide.output == Shape([4]))
    #expect(wide.identities == net.identities)
    let conv = try net.id("conv1")
    let expected = ShapeError(
      path: "conv1", block: conv,
      fault: .rank(kind: "conv", wanted: [1, 2], input: Shape([9])))
    expectRefused(.shape(expected), of: net) { net throws(EditError) in
      try net.with(input: Shape([9]))
    }
  }
}
