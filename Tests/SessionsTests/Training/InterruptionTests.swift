import Testing

@testable import Sessions

/// Ctrl-C: what is running ends as soon as its state is whole, and says so.
struct InterruptionTests {
  /// A session that is interrupted as soon as a run shows progress.
  private func session() -> Session {
    let session = Session()
    session.answer("data moons count=64; add dense 4; add dense 2")
    let (interrupt, trainer) = (session.interrupt, session.trainer)
    session.onNews { [weak trainer] in
      if trainer?.progress.map({ $0.step > 0 }) ?? false { interrupt() }
    }
    return session
  }

  @Test("a loop at the prompt ends and leaves its run paused")
  func loop() {
    let session = session()
    let answer = session.answer("for i in 1..1000000 { train 1000000 }", from: .prompt)
    #expect(answer.outcome == .interrupted)
    #expect(answer.text.hasPrefix("paused at step "))
    #expect(answer.text.hasSuffix("; resume goes on, stop ends it"))
    #expect(session.progress?.state == .paused)
    #expect(session.progress.map { $0.step > 0 } ?? false)
    session.onNews(nil)
    let step = session.progress?.step
    #expect(session.pauseRun()?.text.hasPrefix("paused already at step ") ?? false)
    #expect(session.progress?.step == step)
    #expect(session.answer("resume", from: .prompt).text.hasPrefix("main goes on at step "))
    #expect(session.answer("stop", from: .prompt).text.hasPrefix("trained main for "))
    #expect(session.progress == nil)
    #expect((session.state.current?.weights.steps ?? 0) > 0)
  }

  @Test("a file ends with the current run, and try does not hold it up")
  func file() {
    let session = session()
    let answer = session.answer("try { train 1000000 }\nprint unreached")
    #expect(answer.outcome == .interrupted)
    #expect(session.progress == nil)
    #expect((session.state.current?.weights.steps ?? 0) > 0)
    #expect(!answer.text.contains("unreached"))
  }

  @Test("Ctrl-C between Enter and the start of a statement ends it")
  func beforehand() {
    let session = Session()
    let console = ListeningConsole()
    console.isInterruptPending = true
    let loop = Source("for i in 1..3 { print $i }", from: .prompt)
    #expect(session.run(loop, on: console) == .interrupted)
    #expect(
      console.take().text == """
        error[E-INTERRUPTED]: interrupted
          for i in 1..3 { print $i }
          ^~~~~~~~~~~~~~~~~~~~~~~~~~
        """)
    console.isInterruptPending = false
    #expect(session.run(loop, on: console) == .done)
    #expect(console.take().text == "1\n2\n3")
  }

  @Test("the next statement starts afresh")
  func afterwards() {
    let session = session()
    session.answer("train 1000000")
    session.onNews(nil)
    #expect(session.answer("train 1; print reached").text.hasSuffix("reached"))
  }
}
