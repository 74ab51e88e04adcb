import Engine
import Language
import Networks
import Training

extension SessionRanks {
  /// The best network of a sweep, as a process has it once it was handed round.
  enum Handed {
    case network(NetworkState?)

    /// A process has no memory for so many bytes.
    case noMemory(rank: Int, bytes: Int)
  }

  /// Hands the best network of a sweep from the process that has it to all others; to none where one of them has no
  /// memory for it.
  ///
  /// - Parameters:
  ///   - own: The network, on its owner.
  ///   - build: Makes the network of its bytes.
  /// - Throws: `RankFault`.
  func handRound(_ own: NetworkState?, of owner: Int, build: ([UInt8]) throws -> NetworkState)
    throws(RankFault) -> Handed
  {
    let isOwner = ranks.rank == owner
    let size = isOwner ? own.map(SweptNetwork.size) ?? 0 : 0
    let asked = Int(try meet(at: .network, status: Int64(size))[owner].status)
    // The letter, a copy of it while it grows or goes on, and the network that is made of it.
    let hasRoom = hasMemory(AvailableMemory.bytes(max(asked, 0), 3))
    let rooms = try meet(at: .network, status: hasRoom ? 1 : 0)
    if let rank = rooms.firstIndex(where: { $0.status == 0 }) {
      return .noMemory(rank: rank, bytes: asked)
    }
    var bytes = isOwner ? own.map(SweptNetwork.bytes) ?? [] : []
    let count = Int(try meet(at: .network, status: Int64(bytes.count))[owner].status)
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
    if isOwner { return .network(own) }
    guard let known = try? build(bytes) else { throw .apart(rank: owner) }
    return .network(known)
  }
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
