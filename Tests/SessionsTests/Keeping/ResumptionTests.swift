import Foundation
import Networks
import Testing

@testable import Sessions
@testable import Training

/// Runs that are stopped or saved in their midst, and go on with the bits of the run that never was.
struct ResumptionTests {
  private static let net = """
    input 1x64; add rescnn 6 3 2 chain_length=2; add dropout 0.2; add gap; add dense 3
    """
  private static let data = "data waves count=60 classes=3; split 0.8"

  private static func session(_ text: String) -> Session {
    Workplace.enter()
    var options = Session.Options()
    options.threads = 1
    let session = Session(options)
    session.answer(text)
    return session
  }

  /// Begins a run that rests before its first step, however late this thread comes to say so.
  private static func begin(_ train: String, in session: Session) {
    let gate = DispatchSemaphore(value: 0)
    session.trainer.post { _ in gate.wait() }
    session.answer("\(train) &", from: .prompt)
    session.trainer.pause()
    gate.signal()
    session.answer("pause", from: .prompt)
  }

  /// The weights of the current network, by path.
  private static func weights(_ session: Session) -> [String: [Float]] {
    guard let current = session.state.current else { return [:] }
    return Dictionary(
      current.network.parameters.map {
        ($0.path, current.weights.parameters[$0.key]?.values ?? [])
      },
      uniquingKeysWith: { first, _ in first })
  }

  /// Settings by chance, as they are typed.
  private static func settings(_ number: UInt64) -> String {
    var chance = SeededGenerator(seed: number)
    func pick(_ all: [String]) -> String { all[chance.below(all.count)] }
    let rules = [
      "sgd lr=0.05 momentum=0.9", "nag lr=0.02", "adam", "adamw wd=0.01 on=weights", "rmsprop",
      "adagrad", "adadelta", "adamax", "nadam", "lamb",
    ]
    let rule = rules[Int(number) % rules.count] + pick(["", "", " ema=0.9"])
    return [
      data, net, "optimizer \(rule)",
      pick(["", "lr cosine", "lr step 2 gamma=0.5", "lr exponential gamma=0.7", "lr plateau"]),
      pick(["", "clip norm=0.5", "clip value=0.1"]),
      "batch 10 accumulate=\(pick(["1", "2", "3"])) mixup=\(pick(["0", "0.2"]))",
      pick(["", "augment noise=0.1", "augment crop=2 flip=time"]),
      pick(["", "loss cross_entropy smoothing=0.1"]), "seed \(number)",
      pick(["", "normalize"]),
    ].filter { !$0.isEmpty }.joined(separator: "; ")
  }

  private static let proves = ProcessInfo.processInfo.environment["ESPALIER_PROVE"] == "1"

  @Test(
    "saved at any step, loaded elsewhere and resumed: the same bits",
    arguments: 1...(proves ? 50 : 10))
  func savedRunsGoOn(_ number: Int) throws {
    let settings = Self.settings(UInt64(number))
    let train = ["train 4", "train 18 steps", "train 5 patience=4 best=test.loss"][number % 3]
    let whole = Self.session("\(settings); \(train)")
    let file = "resumption-\(number).safetensors"
    let saving = Self.session(settings)
    Self.begin(train, in: saving)
    saving.answer("step \(number % 9)", from: .prompt)
    #expect(saving.trainer.isRunning)
    let answer = saving.answer("save \(file)", from: .prompt)
    #expect(answer.outcome == .done, "\(answer.text)")
    saving.answer("stop", from: .prompt)
    let other = Self.session("load \(file)")
    let resumed = other.answer("resume")
    #expect(resumed.outcome == .done, "\(resumed.text)")
    #expect(Self.weights(other) == Self.weights(whole), "\(settings); \(train)\n\(resumed.text)")
    #expect(other.state.current?.weights.steps == whole.state.current?.weights.steps)
    #expect(other.state.current?.lastEpoch?.loss == whole.state.current?.lastEpoch?.loss)
    #expect(other.state.recipe == whole.state.recipe)
  }
}

/// Data with a target at each position, which the commands of the file make again.
extension ResumptionTests {
  @Test(
    "targets at positions and texts go on as well",
    arguments: [
      (
        1,
        "data shapes size=8 count=40 test=8; add conv 6 3 act=relu; add conv 4 1; augment flip=yes"
      ),
      (2, "data waves target=clean count=40 length=16; add conv 4 3; add conv 1 3; augment crop=2"),
      (3, "data text characters=10000 length=16; add bn; add conv 8 3 pad=causal; add conv 44 1"),
      (4, "data shapes size=8 count=40 test=8; split 0.5; add conv 4 3; batch mixup=0.2"),
    ])
  func positionsGoOn(_ number: Int, _ text: String) throws {
    let settings = "\(text); batch 16; seed \(number)"
    let whole = Self.session("\(settings); train 4")
    let file = "positions-\(number).safetensors"
    let saving = Self.session(settings)
    Self.begin("train 4", in: saving)
    saving.answer("step \(number + 2)", from: .prompt)
    #expect(saving.answer("save \(file)", from: .prompt).outcome == .done)
    saving.answer("stop", from: .prompt)
    let other = Self.session("load \(file)")
    let resumed = other.answer("resume")
    #expect(resumed.outcome == .done, "\(resumed.text)")
    #expect(Self.weights(other) == Self.weights(whole), "\(settings)")
    #expect(other.state.current?.classNames == whole.state.current?.classNames)
  }
}

/// What `resume` says, and when it has nothing to do.
extension ResumptionTests {
  /// A session whose run was stopped.
  private static func stopped(_ more: String = "") -> Session {
    let session = session("\(data); \(net); batch 16; optimizer adam")
    begin("train 40", in: session)
    session.answer("step 4", from: .prompt)
    session.answer("stop", from: .prompt)
    if !more.isEmpty { session.answer(more, from: .prompt) }
    return session
  }

  @Test func resumesWhatWasStopped() throws {
    let whole = Self.session("\(Self.data); \(Self.net); batch 16; optimizer adam; train 40")
    let session = Self.stopped()
    let steps = try #require(session.state.current?.weights.steps)
    try #require(steps < 640)
    #expect(session.answer("resume; wait", from: .prompt).outcome == .done)
    #expect(session.state.current?.weights.steps == 640)
    #expect(Self.weights(session) == Self.weights(whole))
    #expect(session.answer("resume").text == "nothing is paused or was stopped")
  }

  @Test func settingsSinceTheStopCount() throws {
    let session = Self.stopped("lr 0.5")
    session.answer("resume; wait", from: .prompt)
    let other = Self.stopped()
    other.answer("resume; wait", from: .prompt)
    #expect(Self.weights(session) != Self.weights(other))
    #expect(session.state.recipe.optimizer.learningRate == 0.5)
  }

  @Test func anEditEndsTheRun() {
    #expect(
      Self.stopped("add relu").answer("resume").text
        == "the network was edited since its run was stopped; train begins another run")
    #expect(
      Self.stopped("init he").answer("resume").text
        == "the network has other weights than those its run left; train begins another run")
    #expect(Self.session(Self.net).answer("resume").text == "nothing is paused or was stopped")
  }

  @Test func undoOfAnEditBringsTheRunBack() throws {
    let session = Self.stopped("add relu; undo")
    #expect(session.answer("resume; wait", from: .prompt).outcome == .done)
    #expect(session.state.current?.weights.steps == 640)
  }

  @Test("after an edit of shapes, what is saved fits the network and learns on alike")
  func editedNetworksLearnOn() throws {
    let learn = "\(Self.data); \(Self.net); optimizer adam; train 1; remove gap1"
    let here = Self.session(learn)
    let answer = here.answer("save edited.safetensors")
    #expect(answer.outcome == .done, "\(answer.text)")
    let there = Self.session("\(Self.data); optimizer adam")
    #expect(there.answer("load edited.safetensors").outcome == .done)
    for session in [here, there] { session.answer("train 1") }
    #expect(Self.weights(there) == Self.weights(here))
  }

  @Test func sideBySide() throws {
    let text = "\(Self.data); \(Self.net); fork other; set dense1 bias=no; batch 16"
    let whole = Self.session("\(text); train main,other 40")
    let session = Self.session(text)
    Self.begin("train main,other 40", in: session)
    session.answer("stop", from: .prompt)
    let answer = session.answer("resume; wait", from: .prompt)
    #expect(answer.text.contains("main and other go on at step"))
    for name in ["main", "other"] {
      session.answer("net \(name)")
      whole.answer("net \(name)")
      #expect(Self.weights(session) == Self.weights(whole))
    }
  }

  @Test func tellsWhatALoadedRunNeeds() throws {
    let session = Self.stopped()
    let place = try #require(session.state.current?.presentResumption).place
    session.answer("save resumption-told.safetensors")
    let loaded = Self.session("")
    #expect(
      loaded.answer("load resumption-told.safetensors").text.hasSuffix(
        "\n  its run can go on at \(place): resume"))
    let answer = loaded.answer("resume").text
    #expect(answer.contains("\nwaves: 248 examples to train on"), "\(answer)")
    #expect(answer.contains("main goes on at \(place)"), "\(answer)")
    #expect(loaded.state.current?.weights.steps == 640)
  }

  @Test("a run whose data had to be fetched goes on in the background at a prompt")
  func goesOnInTheBackground() throws {
    let session = Self.session("\(Self.data); \(Self.net); batch 16")
    session.answer("train 1000000 &", from: .prompt)
    session.answer("save resumption-long.safetensors; stop", from: .prompt)
    let loaded = Self.session("load resumption-long.safetensors")
    loaded.answer("resume", from: .prompt)
    #expect(loaded.trainer.isRunning)
    #expect(loaded.answer("tree", from: .prompt).text.contains("gap1"))
    #expect(loaded.answer("stop", from: .prompt).outcome == .done)
  }

  @Test("a file without a run tells the commands of its data, where there is none")
  func tellsTheData() {
    Self.session("\(Self.data); \(Self.net); train 1").answer("save resumption-data.safetensors")
    let loaded = Session()
    #expect(
      loaded.answer("load resumption-data.safetensors").text.hasSuffix(
        "\n  it learned from seed 1; data waves count=60 classes=3; split 0.8"))
    #expect(
      !loaded.answer("data digits; load resumption-data.safetensors").text.contains(
        "learned from seed"))
  }

  @Test("without data, training offers to resume what can go on")
  func offersToResume() {
    Self.stopped().answer("save resumption-offered.safetensors")
    let loaded = Self.session("load resumption-offered.safetensors")
    let console = ListeningConsole()
    loaded.run(Source("train 1", from: .file("x")), on: console)
    #expect(Complaint(console.take().text).offers.first == "resume")
  }

  @Test func tellsWhichNetworkCanGoOn() {
    let session = Self.stopped("net other")
    #expect(
      session.answer("resume").text
        == "nothing to go on with here; the run of main can: net main; resume")
  }

  @Test func refusesOtherData() throws {
    let session = Self.stopped()
    session.state.current?.resumption?.origin = RunOrigin(
      names: ["main"], command: "train 40", dataCommands: [], fingerprint: Fingerprint("0"))
    #expect(
      session.answer("resume", from: .prompt).text == """
        error[E-STATE]: the run learned from other data than is loaded now
          resume
          ^~~~~~
          note: without it the run cannot go on to the same bits
          try: help data
          try: train 1
        """)
  }

  @Test(arguments: [
    "save x.esp", "data digits > x.json", "source x.esp", "repeat 3 { data digits }",
  ])
  func refusesCommandsThatMakeNoData(_ line: String) throws {
    let session = Self.stopped()
    session.state.current?.resumption?.origin = RunOrigin(
      names: ["main"], command: "train 40", dataCommands: [line], fingerprint: Fingerprint("0"))
    #expect(
      session.answer("resume", from: .prompt).text == """
        error[E-FILE]: \(line) is no command about data
          resume
          ^~~~~~
          note: the file of the network says that it made the data of the run
          try: help data
          try: train 1
        """)
  }

  @Test func refusesARunThatIsNone() throws {
    let session = Self.stopped()
    let origin = try #require(session.state.current?.resumption?.origin)
    session.state.current?.resumption?.origin = RunOrigin(
      names: ["main"], command: "save x.esp", dataCommands: [], fingerprint: origin.fingerprint,
      data: origin.data)
    #expect(
      session.answer("resume", from: .prompt).text == """
        error[E-FILE]: the run was begun by save x.esp, which is not a run
          resume
          ^~~~~~
          try: train 1
        """)
  }
}
