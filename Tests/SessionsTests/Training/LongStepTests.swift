import Foundation
import Networks
import Testing

@testable import Sessions

/// A pass that lasts for hours gives way in its midst to whoever asks for an end, and leaves all as it was.
@Suite struct LongStepTests {
  /// A session whose network takes hours for a step.
  private func session() -> Session {
    let session = Session()
    session.answer(
      """
      data waves count=8 classes=2; batch 8
      add upsample 16384; add maxpool 500000 stride=1; add gap; add dense 2; init he
      """)
    return session
  }

  /// What a line answers while Ctrl-C is pressed again and again.
  private func interrupted(
    _ line: String, in session: Session, from origin: Source.Origin = .file("x")
  ) -> (outcome: Report.Outcome, text: String) {
    let (isAnswered, isOver) = (StopSignal(), StopSignal())
    let interrupt = session.interrupt
    Thread.detachNewThread {
      while !isAnswered.isSet {
        interrupt()
        usleep(20_000)
      }
      isOver.set(true)
    }
    defer {
      isAnswered.set(true)
      while !isOver.isSet { usleep(1000) }
    }
    let answer = session.answer(line, from: origin)
    return (answer.outcome, answer.text)
  }

  @Test("stop and quit end a run in the midst of its first step", arguments: ["stop", "quit"])
  func stop(_ command: String) throws {
    let session = session()
    // The first run draws the weights.
    var known: ParameterStore?
    for _ in 0..<3 {
      session.answer("train 3 &", from: .prompt)
      usleep(50_000)
      let answer = session.answer(command, from: .prompt)
      #expect(
        answer.text
          == "trained main for 0 steps in 0.0 s (0 steps/s); stopped, everything learned is kept")
      let weights = try #require(session.state.current?.weights)
      #expect(weights.parameters.keys.count == 2 && weights.steps == 0)
      #expect(weights.parameters == known ?? weights.parameters)
      known = weights.parameters
      #expect(session.progress == nil)
    }
  }

  @Test("Ctrl-C in a file ends its run")
  func file() throws {
    let session = session()
    let answer = interrupted("train 3\nprint unreached", in: session)
    #expect(answer.outcome == .interrupted)
    #expect(
      answer.text == """
        trained main for 0 steps in 0.0 s (0 steps/s); stopped, everything learned is kept
        error[E-INTERRUPTED]: stopped; everything learned is kept
        """)
    #expect(session.progress == nil && session.state.current?.weights.steps == 0)
  }

  @Test("Ctrl-C at a prompt has the run wait at once, and another command be given up")
  func prompt() throws {
    let session = session()
    session.answer("train 3 &", from: .prompt)
    let answer = interrupted("evaluate", in: session, from: .prompt)
    #expect(answer.outcome == .interrupted)
    #expect(answer.text == "paused at step 0; resume goes on, stop ends it")
    #expect(session.progress?.state == .paused && session.progress?.step == 0)
    session.answer("resume", from: .prompt)
    session.answer("stop", from: .prompt)
    #expect(session.progress == nil && session.state.current?.weights.steps == 0)
  }

  @Test(
    "Ctrl-C ends what computes by the same passes",
    arguments: [
      "evaluate", "predict", "plan", "lr find", "landscape", "gradients", "why", "confusion",
      "step 2",
    ])
  func others(_ command: String) throws {
    let session = session()
    let answer = interrupted(command, in: session)
    #expect(answer.outcome == .interrupted, "\(answer.text)")
    #expect(session.state.current?.weights.steps == 0)
  }
}
