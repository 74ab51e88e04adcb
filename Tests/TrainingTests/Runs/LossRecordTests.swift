import Testing

@testable import Training

@Suite struct LossRecordTests {
  @Test func readersTakeWhatIsNew() {
    var record = LossRecord(firstStep: 100)
    for step in 0..<5 { record.append(loss: Double(step)) }
    record.append(testLoss: 0.5)
    record.mark("edit")
    #expect(record.points(from: 0).map(\.step) == [100, 101, 102, 103, 104])
    #expect(record.points(from: 0).map(\.loss) == [0, 1, 2, 3, 4])
    #expect(record.points(from: 3).map(\.step) == [103, 104])
    #expect(record.points(from: 5).isEmpty)
    #expect(record.points(from: 9).isEmpty)
    #expect(record.points(from: -1).count == 5)
    #expect(record.tests == [LossRecord.Point(step: 105, loss: 0.5)])
    #expect(record.marks == [LossRecord.Mark(step: 105, label: "edit")])
  }

  /// Later stretches keep their extremes at the steps where these were.
  @Test func longRunsKeepExtremesAndLittleMemory() {
    var record = LossRecord(firstStep: 7)
    let steps = LossRecord.wholeSteps * 16
    let spikes = [3, LossRecord.wholeSteps + 5, LossRecord.wholeSteps * 9 + 77, steps - 1]
    for step in 0..<steps {
      record.append(loss: spikes.contains(step) ? 99 : Double(step % 11))
    }
    record.finish()
    let points = record.points(from: 0)
    #expect(points.count <= LossRecord.wholeSteps * 3)
    #expect(points.filter { $0.loss == 99 }.map(\.step) == spikes.map { $0 + 7 })
    #expect(zip(points, points.dropFirst()).allSatisfy { $0.step < $1.step })
    for point in points where point.loss != 99 {
      #expect(Int(point.loss) == (point.step - 7) % 11)
    }
    #expect(
      points.prefix(LossRecord.wholeSteps).map(\.step) == Array(7..<LossRecord.wholeSteps + 7))
    let middle = points.count - 1000
    #expect(record.points(from: middle) == Array(points[middle...]))
  }

  /// What a reader has got never changes.
  @Test func theRecordOnlyGrows() {
    var record = LossRecord(firstStep: 0)
    var read: [LossRecord.Point] = []
    for step in 0..<LossRecord.wholeSteps * 2 {
      record.append(loss: Double((step * 7919) % 1009))
      if step % 1013 == 0 { read += record.points(from: read.count) }
    }
    record.finish()
    read += record.points(from: read.count)
    #expect(read == record.points(from: 0))
  }

  @Test func testLossesAndMarksAreBounded() {
    var record = LossRecord(firstStep: 0)
    for step in 0..<1_000_000 {
      record.append(testLoss: step == 654_321 ? 99 : Double(step % 13))
      record.mark("lr")
    }
    record.finish()
    #expect(record.tests.count < 50_000 && record.marks.count == LossRecord.mostMarks)
    #expect(record.tests.count { $0.loss == 99 } == 1)
  }

  @Test func aLaterRunTakesThePlaceOfWhatFollows() {
    var record = LossRecord(firstStep: 10)
    for loss in 0..<5 { record.append(loss: Double(loss)) }
    record.append(testLoss: 7)
    var later = LossRecord(firstStep: 13)
    later.append(loss: 8)
    later.append(testLoss: 9)
    later.mark("edit")
    record.join(later)
    #expect(record.points(from: 0).map(\.step) == [10, 11, 12, 13])
    #expect(record.points(from: 0).map(\.loss) == [0, 1, 2, 8])
    #expect(record.tests.map(\.step) == [14] && record.tests.map(\.loss) == [9])
    #expect(record.marks.map(\.step) == [14])
    var distant = LossRecord(firstStep: 100)
    distant.append(loss: 6)
    record.join(distant)
    #expect(record.points(from: 0).map(\.step) == [10, 11, 12, 13, 100])
    #expect(record.points(from: 3).map(\.loss) == [8, 6])
  }

  @Test func aStretchOfEqualLossesIsOnePoint() {
    var record = LossRecord(firstStep: 0)
    for _ in 0..<LossRecord.wholeSteps + 8 { record.append(loss: 1) }
    #expect(record.points(from: LossRecord.wholeSteps).count == 2)
  }
}
