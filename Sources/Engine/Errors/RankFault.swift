/// Why processes that learn together cannot go on, as facts.
package enum RankFault: Error, Hashable, Sendable {
  /// A process is gone, or all of them are being ended.
  case lost

  /// A process has come to something else than the others.
  case apart(rank: Int)

  /// A process could not take its part, and what it says of that.
  case refused(rank: Int, reason: String)
}

extension EngineError {
  /// Does what asks other processes.
  ///
  /// - Throws: `EngineError.ranks`.
  package static func among<Result>(_ body: () throws(RankFault) -> Result) throws(EngineError)
    -> Result
  {
    do throws(RankFault) { return try body() } catch { throw .ranks(error) }
  }
}
