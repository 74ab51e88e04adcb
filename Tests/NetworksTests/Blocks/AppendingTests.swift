import Testing

@testable import Networks

/// Blocks put at the end one by one: the same network as built at once, at the price of the new blocks.
@Suite struct AppendingTests {
  @Test(
    "a network built block by block is that built at once", arguments: 1...40 as ClosedRange<UInt64>
  )
  func sameNetwork(seed: UInt64) throws {
    var trees = RandomTrees(seed: seed)
    var grown = try network(trees.random.chance(50) ? "4x40" : "4x12x9")
    for _ in 0..<30 {
      let text = trees.fittingText(depth: 2)
      let blocks = try grown.named(ScriptReader.blocks(text))
      let all = Block(id: grown.root.id, name: "", form: .sequential(grown.root.children + blocks))
      switch Result(catching: { () throws(ShapeError) in try Network(input: grown.input, root: all)
      })
      {
      case .success(let whole):
        grown = try grown.appending(blocks)
        #expect(grown.isSame(as: whole) && grown.output == whole.output)
        #expect(facts(of: grown) == facts(of: whole), "\(text)")
        #expect(grown.facts[grown.root.id] == whole.facts[whole.root.id])
      case .failure(let expected):
        guard
          case .shape(let found) = editError({ () throws(EditError) in
            try grown.appending(blocks)
          })
        else {
          Issue.record("\(text) was accepted")
          continue
        }
        #expect(found.path == expected.path && found.fault == expected.fault)
        #expect(found.offers.map(\.output) == expected.offers.map(\.output))
      }
      try expectWellShaped(grown)
      #expect(grown.root.children.allSatisfy { grown.names.contains($0.name) })
    }
  }

  /// Facts by path: projections that follow from the shapes have identities of their own.
  private func facts(of network: Network) -> [String: BlockFacts] {
    var known: [String: BlockFacts] = [:]
    network.walk { block, path in known[path] = network.facts[block.id] }
    return known
  }

  @Test("the last block of many costs what the first did")
  func priceOfABlock() throws {
    var grown = try network("4x32", "conv 4 3")
    for index in 0..<3_000 {
      let block = Block(name: grown.names.fresh("relu"), form: try block("relu").form)
      var inference = Inference(continuing: grown.facts, taps: grown.taps)
      _ = try inference.infer([block], following: grown.root)
      #expect(inference.found == 2, "block \(index): itself and the root")
      grown = try grown.appending([block])
    }
    #expect(grown.root.children.last?.name == "relu3000" && grown.facts.count == 3_002)
  }

  @Test func aFrozenRootFreezesWhatFollows() throws {
    let root = Block(
      name: "", form: .sequential(BlockList(try ScriptReader.blocks("conv 4 3"))), isFrozen: true)
    let grown = try Network(input: Shape([4, 8]), root: root).adding("conv 4 3")
    #expect(grown.trainableCount == 0 && grown.frozenCount == grown.learnableCount)
    try expectWellShaped(grown)
  }

  @Test func aBlockThatIsThereAlreadyGetsAnotherIdentity() throws {
    let net = try network("4x8", "conv 4 3; relu")
    var again = net.root.children[0]
    again.name = "again"
    let grown = try net.appending([again])
    #expect(Set(grown.root.children.map(\.id)).count == 3)
    try expectWellShaped(grown)
  }

  @Test func tooManyBlocksAreRefused() throws {
    let most = NetworkLimits.blocks - 2
    let net = try network("1", "repeat \(most / 2) { relu }")
    #expect(net.facts.count == NetworkLimits.blocks)
    let error = editError { () throws(EditError) in
      try net.appending([Block(name: "last", form: .layer(.activation(.relu)))])
    }
    guard case .shape(let shape) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(shape.fault == .tooLarge(quantity: .blocks, limit: NetworkLimits.blocks))
  }
}

extension Network {
  /// Blocks with names that are free behind the network's own.
  fileprivate func named(_ blocks: [Block]) -> [Block] {
    var names = names
    return blocks.map { block in
      var block = block
      block.name = names.fresh(block.kind.nameStem)
      names.insert(block.name)
      return block
    }
  }
}
