import Networks
import Testing

/// Blocks as values: likeness, copies and identities.
struct BlockTests {
  private static let texts = [
    "relu", "conv 4 3", "conv 4 5", "seq { relu }", "seq { tanh }", "seq { relu; relu }",
    "seq { relu name=a }", "repeat 2 { relu }", "repeat 3 { relu }", "residual { relu }",
    "residual act=relu { relu }", "residual scale=2 { relu }", "residual shortcut=C { relu }",
    "residual { relu } { }", "residual { relu } { bn }", "parallel { relu }",
    "parallel join=add { relu }", "parallel { relu } { relu }", "seq { seq { relu } }",
  ]

  @Test("alike are only those of the same text")
  func alike() throws {
    for (row, left) in Self.texts.enumerated() {
      for (column, right) in Self.texts.enumerated() {
        let (one, other) = try (block(left), block(right))
        #expect(one.hasSameForm(as: other) == (row == column), "\(left) | \(right)")
        #expect(one != other)
      }
    }
    var renamed = try block("relu")
    renamed.name = "other"
    #expect(try renamed.hasSameForm(as: block("relu")))
    #expect(try !renamed.isSame(as: block("relu")))
  }

  @Test("a copy is alike in all but identities", arguments: texts)
  func copied(text: String) throws {
    let original = try network("4x16", text)
    let copy = original.root.copied()
    #expect(copy.isSame(as: original.root))
    let net = try Network(input: original.input, root: copy)
    #expect(net.ids.isDisjoint(with: original.ids))
    #expect(net.isSame(as: original))
    #expect(copy.size == original.facts.count)
  }

  @Test("identities are never given twice")
  func identities() {
    let ids = (0..<1_000).map { _ in BlockID() }
    #expect(Set(ids).count == ids.count)
    #expect(ids == ids.sorted())
  }

  @Test("children in the order of the tree, and the same block with others")
  func children() throws {
    let residual = try block("residual act=relu { relu } { bn }")
    #expect(residual.children.map(\.name) == ["body", "shortcut"])
    for text in Self.texts {
      let original = try block(text)
      #expect(original.with(children: original.children) == original)
    }
    let group = try block("seq { relu }")
    #expect(group.with(children: []).children.isEmpty)
    #expect(group.with(children: []).id == group.id)
  }

  @Test("kinds of blocks", arguments: Kind.allCases)
  func kinds(kind: Kind) throws {
    var trees = RandomTrees(seed: 51)
    let arguments = try trees.arguments(kind)
    if let layer = Layer(arguments) {
      let block = Block(name: "a", form: .layer(layer))
      if kind != .activation { #expect(block.kind == kind) }
    } else {
      let made: [Kind: Kind] = [
        .squeezeExcite: .sequential, .rezero: .residual, .preactivation: .residual,
      ]
      #expect(Block(name: "a", arguments, blocks: [[]])?.kind == made[kind, default: kind])
    }
  }

  @Test("activations: every word and its kind")
  func activations() {
    for kind in Kind.allCases {
      guard let activation = Activation(word: kind.rawValue) else { continue }
      #expect(activation.kind == kind)
      #expect(Layer(Arguments(kind)) == .activation(activation))
    }
    #expect(Activation(word: "leaky") == Activation(.leaky, 0.01))
    #expect(Activation(word: "elu") == Activation(.elu, 1))
    for word in ["", "none", "conv", "act", "identity"] { #expect(Activation(word: word) == nil) }
  }

  @Test("an identity that comes twice in a tree is renewed at its second place")
  func twins() throws {
    let conv = try block("conv 4 3")
    var other = conv
    other.name = "conv2"
    let group = try block("seq { bn }")
    var second = group
    second.name = "seq2"
    let net = try Recipes.net(Shape([4, 8]), [conv, group, other, second])
    #expect(net.learnableCount == 2 * 52 + 2 * 8)
    #expect(try net.id("conv1") == conv.id)
    #expect(try net.id("conv2") != conv.id)
    try expectWellShaped(net)
  }

  @Test("the copies of a repeat have identities of their own from the start")
  func copies() throws {
    let repeated = try block("repeat 3 { seq { relu } }")
    func ids(_ block: Block) -> [BlockID] { [block.id] + block.children.flatMap(ids) }
    #expect(Set(ids(repeated)).count == 10)
    let more = try repeated.with(arguments(.repeated, ["copies": "5"]))
    #expect(Set(ids(more)).count == 16)
    #expect(Set(ids(repeated)).isSubset(of: ids(more)))
  }

  @Test("branches of nothing are one empty branch")
  func noBranches() throws {
    let parallel = Block(name: "par1", form: .parallel(Parallel(join: .add, branches: [])))
    let net = try Recipes.net(Shape([4, 8]), [parallel])
    #expect(net.output == Shape([4, 8]))
    #expect(net.paths == ["par1", "par1.1"])
    var emptied = Parallel(join: .concatenate, branches: [[]])
    emptied.branches = []
    let bare = Block(name: "par1", form: .parallel(emptied))
    #expect(try Recipes.net(Shape([4, 8]), [bare]).output == Shape([4, 8]))
  }

  @Test("an empty network")
  func empty() throws {
    let net = try Network(input: Shape([3, 32, 32]))
    #expect(net.isEmpty && net.output == net.input && net.paths.isEmpty)
    #expect(net.learnableCount == 0 && net.runningCount == 0 && net.multiplyAdds == 0)
    #expect(net.receptiveField == .input(rank: 2))
    #expect(net.parameters.isEmpty && net.openRun.blocks.isEmpty)
  }
}
