import Testing

@testable import Sessions

/// What ends a sweep before its end leaves the table of the runs that have ended.
struct SweepEndTests {
  private func session() -> Session {
    let session = Session()
    session.answer("data moons count=64; add dense 4; add dense 2")
    return session
  }

  /// A session that is interrupted in the second run of a sweep.
  private func interrupted() -> Session {
    let session = session()
    let (interrupt, trainer) = (session.interrupt, session.trainer)
    session.onNews { [weak trainer] in
      if trainer?.progress.map({ $0.step > 1000 }) ?? false { interrupt() }
    }
    return session
  }

  private static let endless =
    "sweep { for n in 1 1000000 { lr 0.0001; train $n } } > ended.txt; print unreached"

  @Test("Ctrl-C", arguments: [Source.Origin.prompt, .file("x"), .standardInput])
  func interruption(from origin: Source.Origin) throws {
    Workplace.enter()
    let session = interrupted()
    let before = session.state
    let answer = session.answer(Self.endless, from: origin)
    #expect(answer.outcome == .interrupted)
    let lines = answer.text.split(separator: "\n").map(String.init)
    #expect(
      lines.last
        == "error[E-INTERRUPTED]: stopped by Ctrl-C after 1 run; networks and settings are as before"
    )
    #expect(lines.contains { $0.hasPrefix("net best takes the network of n 1, test.accuracy ") })
    #expect(!answer.text.contains("unreached"))
    #expect(session.progress == nil)
    #expect(session.state.recipe == before.recipe)
    #expect(session.state.networks["main"]?.weights.steps == 0)
    #expect(session.state.networks["best"]?.weights.steps == 2)
    #expect(try String(contentsOfFile: "ended.txt", encoding: .utf8).hasPrefix("n"))
    session.onNews(nil)
    #expect(session.answer("train 1; print reached").text.hasSuffix("reached"))
  }

  @Test("Ctrl-C in the first run")
  func early() {
    let session = interrupted()
    let answer = session.answer("sweep { train 1000000 }", from: .prompt)
    #expect(answer.outcome == .interrupted)
    #expect(
      answer.text.hasSuffix(
        "\nerror[E-INTERRUPTED]: stopped by Ctrl-C after 0 runs; networks and settings are as before"
      ))
    #expect(session.state.networkNames == ["main"])
    #expect(session.answer("undo", from: .prompt).text.hasPrefix("undone: add dense 2"))
  }

  @Test("after a run at the prompt Ctrl-C pauses runs again")
  func pausesAgain() {
    let session = interrupted()
    session.onNews(nil)
    session.answer("sweep { train 1 }", from: .prompt)
    let (interrupt, trainer) = (session.interrupt, session.trainer)
    session.onNews { [weak trainer] in
      if trainer?.progress.map({ $0.step > 0 }) ?? false { interrupt() }
    }
    let answer = session.answer("for i in 1..2 { train 1000000 }", from: .prompt)
    #expect(answer.text.hasSuffix("; resume goes on, stop ends it"))
    session.onNews(nil)
    session.answer("stop", from: .prompt)
  }

  @Test("a mistake")
  func mistake() {
    let session = session()
    let answer = session.answer("sweep { for n in 4 0 { batch $n; train 1 } }; print unreached")
    #expect(answer.outcome == .failed)
    #expect(answer.text.contains("\nnet best takes the network of n 4, test.accuracy "))
    #expect(answer.text.contains("]: batch expects a whole number from 1 to 1,000,000, found 0"))
    #expect(session.state.recipe.batching.size == 32)
  }

  @Test("try shows a mistake and goes on")
  func tolerant() {
    let answer = session().answer(
      "sweep { for n in 0 4 { try { batch $n }; train 1 } }; print reached")
    #expect(answer.text.hasSuffix("\nreached"))
  }

  @Test(
    "refusals",
    arguments: [
      (
        "sweep", "sweep needs { … } with what it trains",
        ["sweep { for s in 1..3 { seed $s; train 1 } }", "help sweep"]
      ),
      ("sweep { train 1 } { train 2 }", "sweep takes one { … }, found 2", ["help sweep"]),
      ("sweep 3 { train 1 }", "sweep takes no words, found 1 word", ["help sweep"]),
      (
        "sweep by=f1 { train 1 }",
        "by expects train.loss, train.accuracy, test.loss, test.accuracy, or a metric such as test.f1, found f1",
        ["help sweep"]
      ),
      ("sweep { undo }", "undo cannot stand in a sweep", ["help sweep"]),
      ("sweep { redo }", "redo cannot stand in a sweep", ["help sweep"]),
      ("sweep { sweep { train 1 } }", "sweep cannot stand in a sweep", ["help sweep"]),
      (
        "sweep { train 1 } > table.svg", "sweep writes .csv, .json and .txt files, found table.svg",
        ["draw table.svg", "sweep { train 1 } > table.csv"]
      ),
    ] as [(String, String, [String])])
  func refusals(command: String, message: String, offers: [String]) {
    let session = session()
    let complaint = Complaint(session.answer(command).text)
    #expect(complaint.message == message)
    #expect(complaint.offers == offers)
    #expect(session.sweep == nil)
  }

  @Test("a sweep waits for no run")
  func running() {
    let session = session()
    session.answer("train 1000000", from: .prompt)
    let complaint = Complaint(session.answer("sweep { train 1 }", from: .prompt).text)
    #expect(complaint.message == "training runs already")
    #expect(complaint.offers == ["stop", "wait"])
    session.answer("stop", from: .prompt)
    #expect(
      session.answer("sweep { print nothing }").text == "nothing\nno run has ended in the sweep")
  }

  @Test("spread over N - 1")
  func spread() {
    #expect(Spread([]) == nil)
    #expect(Spread([3])?.mean == 3 && Spread([3])?.deviation == nil)
    #expect(Spread([1, 2, 3, 4])?.mean == 2.5)
    #expect(Spread([1, 2, 3, 4])?.deviation == (5.0 / 3).squareRoot())
  }
}
