import Engine
import Foundation
import Training

/// Processes that are played by threads of one: what one gives is taken as soon as all have given.
final class ThreadRanks: Ranks, @unchecked Sendable {
  /// Where they meet.
  private final class Hub: @unchecked Sendable {
    let condition = NSCondition()
    var given: [String: [Int: [UInt64]]] = [:]
    var taken: [String: Int] = [:]
    var isLost = false
  }

  let rank: Int
  let count: Int
  private let hub: Hub
  private var rounds: [Int: Int] = [:]

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

  private func exchange(_ words: [UInt64], on channel: Int, _ meanwhile: () -> Void = {})
    throws(RankFault) -> [[UInt64]]
  {
    hub.condition.lock()
    let round = "\(channel) \(rounds[channel, default: 0])"
    rounds[channel, default: 0] += 1
    hub.given[round, default: [:]][rank] = words
    hub.condition.broadcast()
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

  func sum(_ values: [Double]) throws(RankFault) -> [Double] {
    let all = try exchange(values.map(\.bitPattern), on: 0)
    return values.indices.map { index in
      all.reduce(0) { $0 + Double(bitPattern: $1[index]) }
    }
  }

  func beginSum(_ values: UnsafeMutablePointer<Float>, count: Int) throws(RankFault) {
    let own = (0..<count).map { UInt64(values[$0].bitPattern) }
    let all = try exchange(own, on: 0)
    for index in 0..<count {
      values[index] = all.reduce(0) { $0 + Float(bitPattern: UInt32($1[index])) }
    }
  }

  func finishSums() {}

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
