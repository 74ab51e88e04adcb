import Engine
import Foundation

@testable import Training

/// Processes that are played by threads of one: what one gives is taken as soon as all have given.
final class ThreadRanks: Ranks, @unchecked Sendable {
  /// Where they meet.
  private final class Hub: @unchecked Sendable {
    let condition = NSCondition()
    var given: [String: [Int: [UInt64]]] = [:]
    var taken: [String: Int] = [:]
    var isLost = false
    var letters: [Int: [(from: Int, kind: LetterKind, bytes: [UInt8])]] = [:]
  }

  let rank: Int
  let count: Int
  private let hub: Hub
  private var rounds: [Int: Int] = [:]

  /// The sums of a step that go on: their rounds, and where they go.
  private var sums: [(round: String, values: UnsafeMutablePointer<Float>)] = []

  private init(rank: Int, count: Int, hub: Hub) {
    (self.rank, self.count, self.hub) = (rank, count, hub)
  }

  /// So many processes.
  static func all(_ count: Int) -> [ThreadRanks] {
    let hub = Hub()
    return (0..<count).map { ThreadRanks(rank: $0, count: count, hub: hub) }
  }

  var place: Int64 { 0 }
  var library: String { "threads" }
  var isLost: Bool { hub.condition.withLock { hub.isLost } }
  func end() {}

  func abandon() {
    hub.condition.withLock {
      hub.isLost = true
      hub.condition.broadcast()
    }
  }

  /// Gives words for the next round of a channel; its name.
  private func give(_ words: [UInt64], on channel: Int) -> String {
    hub.condition.withLock {
      let round = "\(channel) \(rounds[channel, default: 0])"
      rounds[channel, default: 0] += 1
      hub.given[round, default: [:]][rank] = words
      hub.condition.broadcast()
      return round
    }
  }

  /// What all have given in a round.
  private func take(_ round: String, _ meanwhile: () -> Void = {}) throws(RankFault) -> [[UInt64]] {
    hub.condition.lock()
    while hub.given[round]?.count != count, !hub.isLost {
      _ = hub.condition.wait(until: Date(timeIntervalSinceNow: 0.001))
      hub.condition.unlock()
      meanwhile()
      hub.condition.lock()
    }
    defer { hub.condition.unlock() }
    guard let given = hub.given[round], given.count == count else { throw .lost }
    hub.taken[round, default: 0] += 1
    if hub.taken[round] == count { (hub.given[round], hub.taken[round]) = (nil, nil) }
    return (0..<count).map { given[$0] ?? [] }
  }

  private func exchange(_ words: [UInt64], on channel: Int, _ meanwhile: () -> Void = {})
    throws(RankFault) -> [[UInt64]]
  {
    try take(give(words, on: channel), meanwhile)
  }

  private func sum(_ values: [Double], on channel: Int) throws(RankFault) -> [Double] {
    let all = try exchange(values.map(\.bitPattern), on: channel)
    return values.indices.map { index in
      all.reduce(0) { $0 + Double(bitPattern: $1[index]) }
    }
  }

  func sum(_ values: [Double]) throws(RankFault) -> [Double] { try sum(values, on: 0) }
  func sumStatistics(_ values: [Double]) throws(RankFault) -> [Double] { try sum(values, on: 2) }

  func beginSum(_ values: UnsafeMutablePointer<Float>, count: Int) throws(RankFault) {
    let own = (0..<count).map { UInt64(values[$0].bitPattern) }
    sums.append((give(own, on: 0), values))
  }

  func nudgeSums() {}

  func finishSums() throws(RankFault) {
    defer { sums = [] }
    for (round, values) in sums {
      let all = try take(round)
      for index in all[0].indices {
        values[index] = all.reduce(0) { $0 + Float(bitPattern: UInt32($1[index])) }
      }
    }
  }

  // MARK: Letters

  /// Bytes of one message at most, so few that letters take many.
  static let mostBytes = 64
  private var pieces = LetterPieces(most: mostBytes)

  func send(_ bytes: [UInt8], as kind: LetterKind, to rank: Int) throws(RankFault) {
    if isLost { throw .lost }
    hub.condition.withLock {
      hub.letters[rank, default: []] += pieces.pieces(of: bytes).map {
        (self.rank, kind, Array($0))
      }
    }
  }

  func letter(_ kind: LetterKind) throws(RankFault) -> (from: Int, bytes: [UInt8])? {
    if isLost { throw .lost }
    return hub.condition.withLock {
      while let index = hub.letters[rank]?.firstIndex(where: { $0.kind == kind }),
        let piece = hub.letters[rank]?.remove(at: index)
      {
        if let letter = pieces.take(piece.bytes, kind, from: piece.from) {
          return (piece.from, letter)
        }
      }
      return nil
    }
  }

  func hasLetter(_ kind: LetterKind) -> Bool {
    hub.condition.withLock { hub.letters[rank]?.contains { $0.kind == kind } ?? false }
  }

  func refusal(_ own: String?) throws(RankFault) -> RankFault {
    let all = try exchange((own ?? "").utf8.map { UInt64($0) }, on: 0)
    let rank = all.firstIndex { !$0.isEmpty } ?? 0
    return .refused(
      rank: rank, reason: String(decoding: all[rank].map { UInt8($0) }, as: UTF8.self))
  }

  func gather(_ record: [Int64], on channel: RankChannel, meanwhile: () -> Void)
    throws(RankFault) -> [[Int64]]
  {
    let words = record.map { UInt64(bitPattern: $0) }
    let number = channel == .steps ? 0 : 1
    return try exchange(words, on: number, meanwhile).map { $0.map { Int64(bitPattern: $0) } }
  }

  func broadcast(_ bytes: [UInt8]) throws(RankFault) -> [UInt8] {
    try exchange(bytes.map { UInt64($0) }, on: 1)[0].map { UInt8($0) }
  }
}
