import Engine
import Language
import Networks
import Training

extension SessionRanks {
  /// Hands the best network of a sweep from the process that has it to all others; nothing where one of them has no
  /// memory for it.
  ///
  /// - Parameters:
  ///   - own: The network, on its owner.
  ///   - build: Makes the network of its bytes.
  /// - Throws: `RankFault`.
  func handRound(_ own: NetworkState?, of owner: Int, build: ([UInt8]) throws -> NetworkState)
    throws(RankFault) -> NetworkState?
  {
    let isOwner = ranks.rank == owner
    var bytes = isOwner ? own.map(SweptNetwork.bytes) ?? [] : []
    let sizes = try meet(at: .network, status: Int64(bytes.count))
    let count = Int(sizes[owner].status)
    let hasRoom = count <= Self.mostBytes && AvailableMemory.bytesAvailable / 2 > count
    if try meet(at: .network, status: hasRoom ? 1 : 0).contains(where: { $0.status == 0 }) {
      return nil
    }
    if owner != 0, isOwner { try ranks.send(bytes, as: .network, to: 0) }
    if owner != 0, ranks.rank == 0 {
      while true {
        if let letter = try ranks.letter(.network) {
          bytes = letter.bytes
          break
        }
        LetterBox.pause()
      }
    }
    if bytes.count != count { bytes = Array(repeating: 0, count: count) }
    bytes = try ranks.broadcast(bytes)
    if isOwner { return own }
    guard let known = try? build(bytes) else { throw .apart(rank: owner) }
    return known
  }

  /// Bytes of one message at most.
  private static let mostBytes = Int(Int32.max)
}

extension CommandScope {
  /// The network of a sweep that another process has sent.
  ///
  /// - Throws: A diagnostic, or `LetterReader.Malformed`.
  func sweptNetwork(_ bytes: [UInt8]) throws -> NetworkState {
    try SweptNetwork.state(bytes) { text in
      try network(of: text, name: "best")
    } recipe: { command in
      var rehearsal = Rehearsal(state, context.forLoading)
      try rehearsal.run(Parser.parse(file: SourceText(name: "best", text: command)))
      return rehearsal.state.recipe
    }
  }
}
