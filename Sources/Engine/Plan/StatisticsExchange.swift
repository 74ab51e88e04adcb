import Kernels
import Networks

/// Sums of one batch normalization that a step takes over all processes before its plan goes on.
struct StatisticsExchange {
  /// What is summed.
  enum Sums {
    /// Means and squared deviations of the batch.
    case batch

    /// Sums of the gradient, and of the gradient times deviations.
    case gradients
  }

  let sums: Sums
  let channels: Int

  /// Rows of the own examples.
  let rows: Int

  /// The own sums, three rows of channels, or two of gradients, in whose place those of all processes come.
  let values: UnsafeMutablePointer<Float>
  let path: String
  let block: BlockID

  /// What follows from sums over so many rows.
  let finish: (_ rows: Int) -> Instruction

  /// The instruction before which it happens.
  var end = 0

  /// Numbers that are sent: whether a process gives up, its rows, and two for each channel.
  static func count(channels: Int) -> Int { 2 + 2 * channels }

  /// What is sent; `share` is that of the own examples in the loss of all, by which gradients count.
  func own(share: Double) -> [Double] {
    var sent = Array(repeating: 0.0, count: Self.count(channels: channels))
    sent[1] = Double(rows)
    for channel in 0..<channels {
      switch sums {
      case .batch:
        let mean = Double(values[channel]) + Double(values[channels + channel])
        sent[2 + channel] = Double(rows) * mean
        sent[2 + channels + channel] =
          Double(values[2 * channels + channel]) + Double(rows) * mean * mean
      case .gradients:
        sent[2 + channel] = Double(values[channel]) * share
        sent[2 + channels + channel] = Double(values[channels + channel]) * share
      }
    }
    return sent
  }

  /// Goes on with the sums of all processes.
  ///
  /// - Throws: `EngineError.singleValueNormalization` where all of them have one row.
  func take(_ all: [Double], share: Double) throws(EngineError) {
    let rows = all[1]
    if rows < 2 { throw .singleValueNormalization(path: path, block: block) }
    for channel in 0..<channels {
      let (first, second) = (all[2 + channel], all[2 + channels + channel])
      switch sums {
      case .batch:
        let mean = first / rows
        values[channel] = Float(mean)
        values[channels + channel] = Float(mean - Double(Float(mean)))
        values[2 * channels + channel] = Float(max(0, second - rows * mean * mean))
      case .gradients:
        values[channel] = Float(first / share)
        values[channels + channel] = Float(second / share)
      }
    }
    finish(Int(rows)).run()
  }
}

/// An exchange before its memory has an address.
struct ExchangeDraft {
  let channels: Int
  let bind: (Binding) -> StatisticsExchange
}

/// Takes the sums of a step over all processes, one normalization after the other.
///
/// Belongs to the thread that runs the model.
final class StatisticsSums {
  private let peers: any StepPeers

  /// The share of the own examples in the loss of all.
  var share = 1.0

  /// How many were taken in this pass.
  private(set) var taken = 0

  /// Seconds that went by in waiting.
  private(set) var seconds = 0.0

  init(_ peers: any StepPeers) { self.peers = peers }

  /// Counts from the beginning, for another pass.
  func beginPass() { taken = 0 }

  /// Puts sums over all processes in the place of the own ones; false where a process has given up.
  ///
  /// - Throws: `EngineError`.
  func take(_ exchange: StatisticsExchange) throws(EngineError) -> Bool {
    let all = try sum(exchange.own(share: share))
    if all[0] > 0 { return false }
    try exchange.take(all, share: share)
    return true
  }

  /// Takes part without examples, in the sums that are left of those of so many channels; a process that gives up
  /// does so in the next of them.
  ///
  /// - Throws: `EngineError.ranks`.
  func takePart(of channels: [Int], givesUp: Bool = false) throws(EngineError) {
    for channels in channels.dropFirst(taken) {
      var sent = Array(repeating: 0.0, count: StatisticsExchange.count(channels: channels))
      if givesUp { sent[0] = 1 }
      if try sum(sent)[0] > 0 { return }
    }
  }

  private func sum(_ values: [Double]) throws(EngineError) -> [Double] {
    let start = ContinuousClock.now
    let all = try EngineError.among { () throws(RankFault) in try peers.sumStatistics(values) }
    seconds += start.duration(to: .now) / .seconds(1)
    taken += 1
    return all
  }
}
