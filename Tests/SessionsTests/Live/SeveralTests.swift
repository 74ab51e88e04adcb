import Networks
import Testing
import Training

@testable import Sessions

/// Several networks that learn side by side in a session.
struct SeveralTests {
  private static let networks = """
    data moons count=64; optimizer sgd lr=0.1 momentum=0.9; batch 16
    net plain; add dense 8 act=tanh; add dense 2
    net wide; add dense 12 act=relu; add dense 2
    """

  /// A session with two networks; `wide` is in hand.
  private func session(_ text: String = "") -> Session {
    var options = Session.Options()
    options.threads = 1
    let session = Session(options)
    session.answer(Self.networks)
    if !text.isEmpty { session.answer(text) }
    return session
  }

  /// A session whose two networks have begun to learn side by side and wait.
  private func paused() -> Session {
    let session = session()
    for line in ["train plain,wide 1000000", "pause", "step 3"] {
      session.answer(line, from: .prompt)
    }
    return session
  }

  private func type(_ line: String, _ session: Session) -> String {
    session.answer(line, from: .prompt).text
  }

  @Test func eachEndsAsItWouldAlone() {
    let together = session("train plain,wide 3")
    let alone = session("net plain; train 3; net wide; train 3")
    for name in ["plain", "wide"] {
      let (one, other) = (together.state.networks[name], alone.state.networks[name])
      #expect(one?.lastEpoch?.loss == other?.lastEpoch?.loss && one?.lastEpoch?.epoch == 3)
      let values = [one, other].map { known in
        known?.network.parameters.map { known?.weights.parameters[$0.key]?.values ?? [] }
      }
      #expect(values[0] == values[1])
      #expect(one?.weights.steps == 12)
    }
  }

  @Test(arguments: [
    (
      "train plain,other 3",
      """
      error[E-NAME]: no network is called other
        train plain,other 3
              ^~~~~~~~~~~
        try: net
        try: train 1
      """
    ),
    (
      "train plain,wid 3",
      """
      error[E-NAME]: no network is called wid; did you mean wide?
        train plain,wid 3
              ^~~~~~~~~
        try: train plain,wide 3
      """
    ),
    (
      "train plain,plain 3",
      """
      error[E-ARGUMENT]: plain is named twice
        train plain,plain 3
              ^~~~~~~~~~~
        try: net
      """
    ),
    (
      "train plain wide 3",
      """
      error[E-ARGUMENT]: networks are named with commas between them
        train plain wide 3
              ^~~~~
        try: train plain,wide 3
      """
    ),
    (
      "train plain,wide 3 until loss(wid) < 1",
      """
      error[E-ARGUMENT]: until knows loss(train), loss(test) and loss(plain) and loss(wide), found wid
        train plain,wide 3 until loss(wid) < 1
                                      ^~~
        try: train plain,wide 3 until loss(wide) < 1
      """
    ),
  ])
  func refusals(_ line: String, _ text: String) {
    let session = session()
    let before = session.state.revision
    #expect(type(line, session) == text)
    #expect(session.state.revision == before)
    #expect(session.progress == nil)
  }

  @Test func whatCannotLearnTheDataIsNamed() {
    let session = session("net other; input 3; add dense 2")
    let answer = type("train plain,other 3", session)
    #expect(
      answer.hasPrefix(
        "error[E-SHAPE]: other: the data has inputs of 2, the network takes 3\n"), "\(answer)")
    #expect(session.progress == nil)
  }

  @Test func requestsAreForAll() {
    let session = paused()
    #expect(session.progressOfAll.map(\.network) == ["plain", "wide"])
    #expect(
      session.progressOfAll.map(\.step)
        == session.progressOfAll.map { _ in session.progress?.step ?? -1 })
    #expect(type("pause", session).contains(", loss plain "))
    _ = type("lr 0.01", session)
    _ = type("step", session)
    #expect(session.progressOfAll.map(\.learningRate) == [0.01, 0.01])
    #expect(type("resume", session).hasPrefix("plain and wide go on at step "))
    let end = type("stop", session)
    #expect(end.contains("trained plain for ") && end.contains("\ntrained wide for "))
  }

  @Test func editsReshapeTheNetworkInHand() {
    let session = paused()
    let plain = session.state.networks["plain"]?.stamp
    #expect(type("insert relu after dense1", session).contains("kept 4 tensors; loss "))
    #expect(session.state.networks["plain"]?.stamp == plain)
    _ = type("net plain", session)
    #expect(type("insert dense 6 after dense1", session).contains("kept 3 tensors, new 3"))
    _ = type("step 2", session)
    #expect(
      session.currentRuns.map { $0.record.marks.map(\.label) } == [
        ["insert dense"], ["insert relu"],
      ])
    #expect(type("fork third; add relu", session).contains("third: a copy of plain"))
    #expect(session.state.current?.weights.steps == session.progress?.step)
    #expect(type("undo 2", session).contains("undone: fork third"))
    #expect(type("undo 2", session).contains("undone: net plain"))
    #expect(session.progressOfAll.count == 2)
    _ = type("redo 2", session)
    _ = type("step", session)
    _ = type("stop", session)
    #expect(session.state.networks["plain"]?.network.parameters.count == 6)
    #expect(session.state.networks.values.allSatisfy { $0.run == nil })
  }

  @Test(arguments: ["drop plain", "net plain; load x.esp"])
  func runningNetworksStay(_ line: String) {
    let session = paused()
    let answer = type(line, session)
    #expect(
      answer.contains("cannot be changed before the run is over") || line.contains("load"),
      "\(answer)")
    #expect(session.state.networks.count == 2)
    #expect(session.progressOfAll.count == 2)
  }

  @Test func undoGivesBackAllWeights() {
    let session = session("train plain,wide 1")
    let before = session.state.networks.compactMapValues(\.weights.parameters)
    for line in [
      "train plain,wide 1000000", "pause", "step 3", "net plain", "insert relu after dense1",
    ] { _ = type(line, session) }
    let answer = type("undo 3", session)
    #expect(answer.hasPrefix("stopped plain and wide after "), "\(answer)")
    #expect(session.progress == nil)
    #expect(session.state.networks.compactMapValues(\.weights.parameters) == before)
    _ = type("redo 3", session)
    #expect(session.state.networks.values.allSatisfy { $0.weights.steps > 4 })
  }

  @Test func untilNamesNetworksOrMeansAll() {
    let one = session("train wide,plain 500 until loss(wide) < 0.4")
    #expect((one.state.networks["wide"]?.lastEpoch?.loss ?? 1) < 0.4)
    let all = session("train wide,plain 500 until loss < 0.4")
    #expect(all.state.networks.values.allSatisfy { ($0.lastEpoch?.loss ?? 1) < 0.4 })
  }

  @Test("random commands keep networks whole", arguments: 1...3)
  func walk(_ seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let session = paused()
    var sizes: Set<Int> = []
    for _ in 0..<120 {
      if session.progress == nil {
        for line in ["train plain,wide 1000000", "pause"] { _ = type(line, session) }
      }
      let lines = [
        "net plain", "net wide", "undo", "undo 2", "redo", "step 2", "pause", "add relu",
        "insert dense 5 before dense1", "remove relu*", "remove dense1", "wrap residual last=1",
        "wrap seq", "set dense1 units=7", "unwrap seq1", "unwrap res1", "lr 0.05", "batch 8",
        "fork other; net plain; drop other", "stop",
      ]
      let line = lines[Int(generator.next() % UInt64(lines.count))]
      _ = type(line, session)
      for (name, known) in session.state.networks {
        #expect(throws: Never.self) {
          try Network(input: known.network.input, root: known.network.root)
        }
        #expect(known.run == nil || session.running?.names.contains(name) == true, "\(line)")
      }
      sizes.insert(session.state.networks.count)
    }
    _ = type("stop", session)
    #expect(session.progress == nil)
    #expect(!sizes.isEmpty)
  }
}
