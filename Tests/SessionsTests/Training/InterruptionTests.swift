import Testing

@testable import Sessions

/// Ctrl-C: what is running ends as soon as its state is whole, and says so.
struct InterruptionTests {
  /// A session that is interrupted as soon as a run shows progress.
  private func session() -> Session {
    let session = Session()
    session.answer("data moons count=64; add dense 4; add dense 2")
    session.onNews(session.interrupt)
    return session
  }

  @Test("a loop at the prompt ends with the run in it")
  func loop() {
    let session = session()
    let answer = session.answer("for i in 1..1000000 { train 1000000 }", from: .prompt)
    #expect(answer.outcome == .interrupted)
    #expect(answer.text.hasSuffix("error[E-INTERRUPTED]: stopped; everything learned is kept"))
    #expect(session.progress == nil)
  }

  @Test("a file ends with the run in hand, and try does not hold it up")
  func file() {
    let answer = session().answer("try { train 1000000 }\nprint unreached")
    #expect(answer.outcome == .interrupted)
    #expect(!answer.text.contains("unreached"))
  }

  @Test("the next statement starts afresh")
  func afterwards() {
    let session = session()
    session.answer("train 1000000")
    session.onNews(nil)
    #expect(session.answer("train 1; print reached").text.hasSuffix("reached"))
  }
}
