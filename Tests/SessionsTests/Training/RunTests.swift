import Language
import Networks
import Testing

@testable import Sessions

/// Runs among other commands: what waits, what is kept, what is refused.
struct RunTests {
  private func session(_ text: String = "") -> Session {
    var options = Session.Options()
    options.threads = 1
    let session = Session(options)
    session.answer("data moons count=64; add dense 8 act=tanh; add dense 2; batch 32\n" + text)
    return session
  }

  /// The weights of the current network by path.
  private func weights(_ session: Session) -> [String: [Float]] {
    guard let known = session.state.current else { return [:] }
    return Dictionary(
      uniqueKeysWithValues: known.network.parameters.map {
        ($0.path, known.weights.parameters[$0.key]?.values ?? [])
      })
  }

  @Test("at a prompt the last train goes on in the background, others wait")
  func waiting() {
    let session = session()
    session.answer("train 1; print next", from: .prompt)
    #expect(session.progress == nil)
    session.answer("for i in 1..2 { train 1 }", from: .prompt)
    #expect(session.progress == nil)
    #expect(session.state.current?.weights.epochs == 3)
    session.answer("train 1000000", from: .prompt)
    #expect(session.progress != nil)
    session.answer("stop", from: .prompt)
    #expect(session.progress == nil)
  }

  @Test("undo of a run gives back the weights before it, redo those after it")
  func undo() {
    let session = session("train 1")
    let before = weights(session)
    session.answer("train 2")
    let after = weights(session)
    #expect(before != after)
    #expect(session.answer("undo").text.hasPrefix("undone: train 2"))
    #expect(weights(session) == before)
    session.answer("redo")
    #expect(weights(session) == after)
    #expect(session.state.current?.weights.steps == 6)
  }

  @Test("undo takes back what was done during a run before the run itself")
  func undoInBackground() {
    let session = session("train 1")
    let before = weights(session)
    session.answer("train 1000000", from: .prompt)
    session.answer("lr 0.25", from: .prompt)
    session.answer("fork aside; add relu; net main", from: .prompt)
    session.answer("pause; step 2; stop", from: .prompt)
    let after = weights(session)
    #expect(after != before)
    session.answer("undo 4", from: .prompt)
    #expect(session.state.recipe.optimizer.learningRate == 0.1)
    #expect(session.state.networks["aside"] == nil)
    #expect(weights(session) == after)
    #expect(session.answer("undo", from: .prompt).text.hasPrefix("undone: train 1000000"))
    #expect(weights(session) == before)
  }

  @Test("the network in training cannot be dropped")
  func protection() {
    let session = session("fork other; net main")
    session.answer("train 1000000", from: .prompt)
    for command in ["drop main"] {
      let before = session.state
      let answer = session.answer(command, from: .argument)
      #expect(
        answer.text.contains("main is being trained and cannot be changed before the run is over"),
        "\(command): \(answer.text)")
      #expect(session.state.revision == before.revision, "\(command)")
      session.answer("train 1000000", from: .prompt)
    }
    session.answer("stop", from: .prompt)
    #expect(session.answer("add relu").outcome == .done)
  }

  @Test("commands in between work while a run goes on")
  func meanwhile() {
    let session = session()
    session.answer("train 1000000", from: .prompt)
    for command in [
      "tree", "summary", "show dense1", "script", "evaluate", "predict first=2", "lr 0.01", "net",
      "net other; input 2; add dense 3; net main", "fork copy; net main", "save live.safetensors",
    ] {
      Workplace.enter()
      let answer = session.answer(command, from: .prompt)
      #expect(answer.outcome == .done, "\(command): \(answer.text)")
    }
    #expect(session.answer("train 1", from: .prompt).text.contains("training runs already"))
    session.answer("stop", from: .prompt)
  }

  @Test("undo during a run goes back through it, then ends it")
  func undoWhileTraining() {
    let session = session("add relu; lr 0.5")
    session.answer("train 1000000", from: .prompt)
    session.answer("lr 0.2", from: .prompt)
    #expect(session.answer("undo", from: .prompt).text.hasPrefix("undone: lr 0.2"))
    #expect(session.progress != nil)
    #expect(session.answer("redo", from: .prompt).text.hasPrefix("done again: lr 0.2"))
    #expect(session.answer("undo 3", from: .prompt).text.hasPrefix("stopped main after "))
    #expect(session.progress == nil)
    #expect(session.state.recipe.optimizer.learningRate == 0.1)
  }

  @Test("a run that ends unnoticed is taken over by the next command")
  func unnoticed() {
    let session = session()
    session.answer("train 1", from: .prompt)
    session.trainer.waitForEnd()
    let answer = session.answer("evaluate train", from: .prompt)
    #expect(answer.text.hasPrefix("trained main for 2 steps"))
    #expect(session.state.current?.weights.steps == 2)
  }

  @Test("quit stops the run and keeps what it has learned")
  func quit() {
    let session = session()
    session.answer("train 1000000", from: .prompt)
    #expect(session.answer("quit 4", from: .prompt).outcome == .quit(4))
    #expect(session.progress == nil)
  }

  @Test("a file waits for a run in the background before it ends, and fails with it")
  func fileEnds() {
    let session = session()
    #expect(session.answer("train 1 &").outcome == .done)
    #expect(session.progress == nil)
    #expect(session.state.current?.weights.epochs == 1)
    session.answer("add bn; batch 1")
    let answer = session.answer("train 1\nprint unreached")
    #expect(answer.outcome == .failed)
    #expect(
      answer.text == """
        x:1:1: error[E-STATE]: bn1 normalizes one value per channel, which has no variance
          train 1
          ^~~~~~~
          try: batch 32
          try: remove bn1
        """)
  }

  @Test("a loss that is no number ends a file; the weights before that step are kept")
  func divergence() {
    let session = session("add dense 64 act=relu; add dense 64 act=relu; add dense 2; train 1")
    session.answer("optimizer sgd lr=1000")
    let answer = session.answer("train 500\nprint unreached")
    #expect(answer.outcome == .failed)
    #expect(answer.text.contains("error[E-DIVERGED]: the loss became "))
    #expect(answer.text.hasSuffix("try: lr 100\n  try: why"))
    #expect(weights(session).values.allSatisfy { $0.allSatisfy(\.isFinite) })
  }

  @Test("weights stay with their blocks when the input changes, others are drawn anew")
  func input() {
    let session = session("train 1")
    let before = weights(session)
    #expect(session.answer("data waves length=16 count=40 classes=2; input 1x16").outcome == .done)
    #expect(session.answer("train 1").outcome == .done)
    #expect(weights(session)["dense1.weight"]?.count == 128)
    session.answer("undo 3")
    #expect(weights(session) == before)
  }
}
