import Networks
import Testing

/// Checks what every network promises: shapes agree, facts are those of a fresh inference, paths and identities
/// are unique, parts have their names, copies are alike.
func expectWellShaped(_ network: Network, _ comment: Comment? = nil) throws {
  let again = try Network(input: network.input, root: network.root)
  #expect(again.facts == network.facts, comment)
  #expect(again.root == network.root, comment)
  var paths: Set<String> = []
  var ids: Set<BlockID> = [network.root.id]
  var count = 1
  network.walk { block, path in
    count += 1
    paths.insert(path)
    ids.insert(block.id)
    expectParts(block, comment)
  }
  #expect(paths.count == count - 1, comment)
  #expect(ids.count == count, comment)
  #expect(network.facts.count == count, comment)
  #expect(network.output == network.facts[network.root.id]?.output, comment)
}

private func expectParts(_ block: Block, _ comment: Comment?) {
  let ordinals = block.children.indices.map { "\($0 + 1)" }
  switch block.form {
  case .layer, .sequential: break
  case .shared(_, let passes): #expect(passes > 0, comment)
  case .repeated(let copies):
    #expect(copies.map(\.name) == ordinals, comment)
    #expect(copies.allSatisfy { $0.hasSameForm(as: copies[0]) }, comment)
  case .parallel(let parallel):
    let names = parallel.gate == nil ? ordinals : ["body", "gate"]
    #expect(parallel.branches.map(\.name) == names, comment)
  case .join: #expect(block.children.map(\.name) == ["path"], comment)
  case .residual: #expect(block.children.map(\.name) == ["body", "shortcut"], comment)
  }
}
