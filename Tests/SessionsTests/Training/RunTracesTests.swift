import Testing

@testable import Sessions

/// Curves of very many runs.
@Suite struct RunTracesTests {
  @Test("a loop of short runs keeps few curves, and every one of its points")
  func shortRunsAreJoined() throws {
    let session = Session()
    let runs = RunTraces.most * 2 + 10
    let answer = session.answer(
      """
      data moons count=20; batch 20; threads 1
      net one; input 2; add dense 2
      net other; input 2; add dense 2; train 1
      net one
      for i in 1..\(runs) { train 1 }
      """)
    #expect(answer.outcome == .done, "\(answer.text)")
    let kept = session.finishedRuns
    #expect(session.finishedRunCount == runs + 1)
    #expect(kept.count < RunTraces.most * 2)
    let own = kept.filter { $0.network == "one" }
    #expect(own.flatMap { $0.record.points(from: 0).map(\.step) } == Array(0..<runs))
    #expect(own.reduce(0) { $0 + $1.epochs.count } == runs)
    #expect(own.first?.epochs.map(\.step) == Array(1...(runs - kept.count + 2)))
    #expect(kept.count { $0.network == "other" } == 1)
    #expect(session.answer("expect steps(one) == \(runs)").outcome == .done)
  }
}
