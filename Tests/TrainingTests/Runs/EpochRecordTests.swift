import Testing

@testable import Training

@Suite struct EpochRecordTests {
  private func summary(_ epoch: Int, loss: Double, accuracy: Double? = nil) -> EpochSummary {
    EpochSummary(
      network: "main", epoch: epoch, step: epoch * 4, loss: loss, accuracy: accuracy,
      testLoss: loss + 1, samplesPerSecond: 1)
  }

  /// A loss that falls in waves, with spikes at some epochs.
  private func loss(_ epoch: Int, _ spikes: [Int: Double]) -> Double {
    spikes[epoch] ?? 100 / Double(epoch + 10) + Double(epoch % 7) / 100
  }

  @Test func aMillionEpochsKeepTheirExtremesInLittleMemory() {
    let spikes = [5: 50.0, 4_100: 60, 123_456: -1, 777_777: 70, 999_999: 80]
    var record = EpochRecord()
    var counts: [Int] = []
    for epoch in 1...1_000_000 {
      record.append(summary(epoch, loss: loss(epoch, spikes), accuracy: 1 / Double(epoch)))
      if [10_000, 100_000, 1_000_000].contains(epoch) { counts.append(record.count) }
    }
    record.finish()
    #expect(record.total == 1_000_000)
    #expect(counts.allSatisfy { $0 < 20_000 }, "\(counts)")
    #expect(record.last == summary(1_000_000, loss: loss(1_000_000, spikes), accuracy: 1e-6))
    #expect(record.first?.epoch == 1)
    #expect(record.map(\.loss).min() == -1)
    #expect(record.filter { $0.loss >= 50 }.map(\.epoch) == [5, 4_100, 777_777, 999_999])
    #expect(record.first { $0.loss == -1 }?.testLoss == 0)
    #expect(zip(record, record.dropFirst()).allSatisfy { $0.epoch < $1.epoch })
    #expect(record.prefix(EpochRecord.wholeEpochs).map(\.epoch) == Array(1...4096))
    // Evenly: no gap is longer than a stretch of the run's end.
    let gaps = zip(record, record.dropFirst()).map { $1.epoch - $0.epoch }
    #expect((gaps.max() ?? 0) <= 2 * 32 * 128)
  }

  /// What a reader has got never changes.
  @Test func theRecordOnlyGrows() {
    var record = EpochRecord()
    var read: [EpochSummary] = []
    for epoch in 1...50_000 {
      record.append(summary(epoch, loss: Double((epoch * 7919) % 1009)))
      if epoch % 1013 == 0 { read += record.dropFirst(read.count) }
    }
    record.finish()
    read += record.dropFirst(read.count)
    #expect(read == Array(record))
  }

  @Test func lossesThatAreNoNumbersAreNoExtremes() {
    var record = EpochRecord()
    for epoch in 1...EpochRecord.wholeEpochs { record.append(summary(epoch, loss: 1)) }
    for epoch in 1...32 {
      record.append(summary(epoch, loss: epoch == 1 ? .nan : Double(epoch)))
    }
    #expect(record.dropFirst(EpochRecord.wholeEpochs).map(\.loss) == [2, 32])
  }

  @Test func runsAreJoinedWhereTheLaterBegins() {
    var record = EpochRecord()
    for epoch in 1...5 { record.append(summary(epoch, loss: Double(epoch))) }
    var later = EpochRecord()
    later.append(summary(1, loss: 9))
    record.join(later, after: 12)
    #expect(record.map(\.step) == [4, 8, 12, 16])
    #expect(record.map(\.loss) == [1, 2, 3, 9])
  }

  @Test func theLatestAreThereForWhoSaysEach() {
    var recent = RecentEpochs()
    var said: [Int] = []
    for epoch in 0..<RecentEpochs.most * 5 {
      recent.append(summary(epoch, loss: 1))
      if epoch % 1000 == 999 {
        let news = recent.news(from: said.count)
        #expect(news.first == said.count)
        said += news.epochs.map(\.epoch)
      }
    }
    said += recent.news(from: said.count).epochs.map(\.epoch)
    #expect(said == Array(0..<RecentEpochs.most * 5))
    let late = recent.news(from: 0)
    #expect(late.first == RecentEpochs.most * 4 && late.epochs.count == RecentEpochs.most)
    #expect(late.end == recent.count && recent.news(from: .max).epochs.isEmpty)
  }

  /// Who says each epoch is waited for; who is gone is not.
  @Test func aRunWaitsForItsListener() throws {
    let board = RunBoard()
    let net = try seriesNetwork()
    #expect(board.begin([request(.epochs(1), network: net, data: seriesData(count: 20))]))
    board.setListener(from: 0)
    for epoch in 0..<RecentEpochs.most / 2 {
      #expect(!board.holds)
      board.publish(summary(epoch, loss: 1), of: 0)
    }
    #expect(board.holds)
    #expect(board.epochs(from: 0).epochs.count == RecentEpochs.most / 2)
    #expect(!board.holds)
    for epoch in 0..<RecentEpochs.most { board.publish(summary(epoch, loss: 1), of: 0) }
    #expect(board.holds)
    board.setListener(from: nil)
    #expect(!board.holds)
    board.setListener(from: 0)
    #expect(board.holds)
    board.requestStop()
    #expect(!board.holds)
  }
}
