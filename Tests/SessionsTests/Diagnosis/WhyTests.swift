import Networks
import Testing
import Training

@testable import Sessions

/// What `why` finds, that what it offers helps, and that nothing changes by it.
struct WhyTests {
  /// The findings of a session, by symptom.
  private func findings(_ session: Session, _ command: String = "why") throws -> [String: JSON] {
    let data = try #require(session.data(command))
    let found = data["findings"]?.elements ?? []
    return Dictionary(
      found.map { ($0["symptom"]?.string ?? "", $0) }, uniquingKeysWith: { first, _ in first })
  }

  @Test(
    "each symptom is found, and what is offered for it was tried", arguments: SickSessions.cases)
  func finds(_ sick: SickSessions.Case) throws {
    let session = SickSessions.session(sick.commands)
    let all = try findings(session)
    let found = try #require(all[sick.symptom.rawValue], "\(all.keys.sorted())")
    let text = try #require(found["text"]?.string)
    #expect(text.contains(#/[0-9]/#), "\(text)")
    if let remedy = sick.remedy {
      #expect(found["remedy"]?["command"]?.string == remedy, "\(found["remedy"]?.line ?? "")")
    }
  }

  /// A trial takes the steps that a run takes, so the figure told is the figure reached.
  @Test(
    "what is offered comes to the figure told when it is carried out", arguments: SickSessions.cases
  )
  func keepsItsWord(_ sick: SickSessions.Case) throws {
    let session = SickSessions.session(sick.commands)
    let found = try findings(session)[sick.symptom.rawValue]
    guard let remedy = found?["remedy"], remedy["measure"]?.string == "loss",
      let command = remedy["command"]?.string, let after = remedy["after"]?.double,
      let steps = remedy["steps"]?.double
    else { return }
    if let before = remedy["before"]?.double { #expect(after < before) }
    #expect(session.answer(command).outcome == .done)
    #expect(session.answer("train \(Int(steps)) steps").outcome == .done)
    let losses = try #require(session.runs.traces.all.last).record.losses
    let last = losses.suffix(max(5, losses.count / 5)).map { Double($0) }
    let mean = last.reduce(0, +) / Double(last.count)
    #expect(abs(mean - after) < 1e-5 * max(1, after), "\(command): \(mean), told \(after)")
  }

  @Test(
    "where nothing is wrong nothing is said to be",
    arguments: [
      "data digits; add cnn 8 3; add gap; add dense 10; train 2",
      "data digits; add flatten; add dense 32 act=relu; add dense 10",
      "data digits; add resnet8; lr 0.05; train 1",
      """
      data digits; add conv 8 3; repeat 12 { rezero { conv 8 3; relu; conv 8 3 } }; add gap
      add dense 10; optimizer adam
      """,
      "init zero_gamma; data digits; add cnn 8 3; repeat 3 { basicblock 8 }; add gap; add dense 10",
      "data moons; add dense 16 act=tanh; add dense 2; train 5",
    ])
  func healthy(_ commands: String) throws {
    let session = SickSessions.session(commands)
    let data = try #require(session.data("why"))
    #expect(data["findings"]?.elements.isEmpty == true, "\(data["findings"]?.line ?? "")")
    let lines = session.answer("why").text.split(separator: "\n").map(String.init)
    #expect(lines.first == "nothing wrong is seen in main")
    #expect(
      lines.dropFirst().map { $0.prefix(11).trimmingPrefix("  ").split(separator: " ").first }
        == ["loss", "steps", "outputs", "gradients", "inputs"])
  }

  @Test("bodies that add nothing yet are not called dead, and their gradients do not count")
  func silentBodies() throws {
    let session = SickSessions.session(
      """
      data digits; add conv 8 3; repeat 4 { rezero { conv 8 3; relu; conv 8 3; relu } }; add gap
      add dense 10
      """)
    let layers = try #require(session.data("why")?["looked_at"]?["layers"]).elements
    let silent = layers.filter { $0["adds_nothing"] == .boolean(true) }
      .compactMap { $0["path"]?.string }
    #expect(silent.contains("rep1.1.res1.body.conv1"))
    #expect(!silent.contains("conv1") && !silent.contains("dense1"))
  }

  @Test("inputs far from 0 and 1 are told with their figures, and normalize is tried")
  func inputs() throws {
    let session = SickSessions.session(scale: 1000, shift: 5000)
    let found = try #require(try findings(session)["inputs"])
    #expect(found["text"]?.string?.hasPrefix("the inputs have mean 5") == true)
    #expect(found["remedy"]?["command"]?.string == "normalize")
    #expect(try findings(SickSessions.session(scale: 1))["inputs"] == nil)
  }

  @Test("a class without examples is named")
  func labels() throws {
    let found = try #require(try findings(SickSessions.session(scale: 1))["labels"])
    #expect(
      found["text"]?.string == "1 of 3 classes has no example to learn from: emu")
    #expect(found["remedy"] == .null)
    let whole = SickSessions.session(scale: 1) { Int32($0 % 3) }
    #expect(try findings(whole)["labels"] == nil)
  }

  @Test("of a run that diverged step and block are told, until the weights are others")
  func lastRun() throws {
    let session = SickSessions.session(SickSessions.cases[0].commands)
    #expect(session.answer("train 5 steps").outcome == .failed)
    let text = try findings(session)["diverged"]?["text"]?.string ?? ""
    #expect(text.hasPrefix("the loss became nan at step 2 of the last run, first seen at rep1."))
    #expect(text.hasSuffix(" a step before"), "\(text)")
    session.answer("wrap rezero each rep1.*.res1; init he")
    #expect(try findings(session)["diverged"] == nil)
  }

  @Test("another network can be asked about, which leaves the current one as it is")
  func otherNetwork() throws {
    let session = SickSessions.session(
      "data digits; net plain; \(SickSessions.mlp); fork sick; lr 0.1; add softmax")
    session.answer("net plain")
    #expect(try findings(session, "why sick")["softmax"] != nil)
    #expect(try findings(session)["softmax"] == nil)
    #expect(session.state.currentName == "plain")
  }

  @Test("nothing of the session changes", arguments: SickSessions.cases)
  func changesNothing(_ sick: SickSessions.Case) throws {
    let session = SickSessions.session(sick.commands)
    let (before, history) = (session.state, session.history.ahead(1000, redoing: false).count)
    let runs = session.runs.traces.count
    let learns = sick.symptom != .frozen
    for command in ["why", "check"] + (learns ? ["lr find steps=20"] : []) {
      #expect(session.answer(command).outcome == .done, "\(command)")
      #expect(!session.state.differs(from: before), "\(command)")
      let (old, new) = (before.current?.weights, session.state.current?.weights)
      #expect(new?.parameters == old?.parameters && new?.version == old?.version, "\(command)")
      #expect(new?.steps == old?.steps && new?.optimizerState == old?.optimizerState)
      #expect(session.state.recipe == before.recipe)
      #expect(session.history.ahead(1000, redoing: false).count == history, "\(command)")
      #expect(session.runs.traces.count == runs, "\(command)")
    }
  }

  @Test("a run with looks in it ends with the bits of one without")
  func leavesRunsAlone() {
    let (plain, asked) = (LiveSession(trains: false), LiveSession(trains: false))
    plain.type("train 400 steps &")
    plain.type("pause; resume; wait")
    asked.type("train 400 steps &")
    asked.type("pause")
    #expect(!asked.type("why").contains("error"))
    #expect(!asked.type("lr find steps=20").contains("error"))
    asked.type("resume; wait")
    #expect(plain.learned.steps == 400)
    #expect(plain.weights == asked.weights)
  }

  @Test("Ctrl-C ends it, and nothing has changed")
  func interruption() {
    let session = SickSessions.session(SickSessions.cases[0].commands)
    let before = session.state
    let console = ListeningConsole()
    console.isInterruptPending = true
    #expect(session.run(Source("why", from: .prompt), on: console) == .interrupted)
    #expect(!session.state.differs(from: before))
  }

  @Test(
    "what cannot be looked at is refused",
    arguments: [
      (
        "why", "no input yet: a network begins with the shape of one example",
        ["input 1x64", "input 3x32x32", "data digits"]
      ),
      (
        "input 1x8x8; add flatten; add dense 10; why", "no data yet",
        ["data digits", "data waves", "help data"]
      ),
      ("data digits; add flatten; add dense 10; why plan", "no network is called plan", ["net"]),
      (
        "data digits; add flatten; add dense 10; fork plain; why plan",
        "no network is called plan; did you mean plain?", ["why plain"]
      ),
      (
        "data digits; add flatten; add dense 5; why",
        "the data has 10 classes, the network 5 outputs",
        ["set dense1 units=10", "add dense 10"]
      ),
      ("why a b", "why takes at most 1 word, found 2 words", ["help why"]),
      ("why depth=1", "why takes no keys", ["help why"]),
    ])
  func refusals(_ commands: String, _ message: String, _ offers: [String]) {
    let complaint = Complaint(Session().answer(commands).text)
    #expect(complaint.message == message)
    #expect(complaint.offers == offers)
  }

  @Test("a check only says what it would do")
  func check() {
    var options = Session.Options()
    options.checksOnly = true
    let session = Session(options)
    #expect(
      session.answer("data digits; \(SickSessions.mlp); why; check; lr find").text.hasSuffix(
        """
        would look for what is wrong with main
        would check main
        would look for a learning rate for main
        """))
  }
}
