import Networks
import Testing

/// Checks that an edit is refused with an error and that the network is what it was.
func expectRefused<Result>(
  _ expected: EditError, of network: Network, _ comment: Comment? = nil,
  sourceLocation: SourceLocation = #_sourceLocation,
  _ edit: (Network) throws(EditError) -> Result
) {
  let (root, facts) = (network.root, network.facts)
  #expect(
    editError { () throws(EditError) in try edit(network) } == expected, comment,
    sourceLocation: sourceLocation)
  #expect(network.root == root && network.facts == facts, sourceLocation: sourceLocation)
}

extension Network {
  /// The names and identities of all blocks by path, shortcuts that follow from the shapes left out.
  var identities: [String: BlockID] {
    var result: [String: BlockID] = [:]
    walk { block, path in
      if !path.contains("shortcut.") { result[path] = block.id }
    }
    return result
  }
}
