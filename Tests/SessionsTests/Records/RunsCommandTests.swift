import Foundation
import Testing

@testable import Sessions

/// What is remembered of runs, and what the commands about them answer.
struct RunsCommandTests {
  private func session() -> Session {
    let session = Session()
    session.rememberRuns()
    session.answer(
      """
      data moons count=40 noise=0.1
      add dense 8 act=tanh; add dense 2
      train 2; wait
      lr 0.05
      train 1; wait
      """)
    return session
  }

  @Test("runs lists them, the newest last")
  func list() {
    #expect(
      session().told("runs") == """
        run  began             network  data   command    loss   train    test   time
          1  DAY  main     moons  train 2  #  #  #  0 s
          2  DAY  main     moons  train 1  #  #  #  0 s
        """)
  }

  @Test("a run whose best epoch came back is listed by that epoch")
  func bestEpoch() throws {
    let session = session()
    session.answer("optimizer sgd lr=3; train 6 best=train.loss; wait")
    let run = try #require(session.recorder?.store.all().last)
    let epochs = try #require(session.runs.traces.all.last).epochs
    let best = try #require(epochs.min { $0.loss < $1.loss })
    #expect(run.loss == best.loss)
  }

  @Test("a note needs no quotes")
  func plainNote() {
    #expect(session().answer("note 2 the wide stem").text == "run 2: the wide stem")
  }

  @Test("a table that would be too wide cuts commands, then years")
  func narrow() throws {
    let session = session()
    session.answer("train 1 patience=20 until accuracy > 0.99 and accuracy > 0.98; wait")
    for columns in [90, 80] {
      let renderer = NarrowRenderer(columns: columns)
      session.renderer = renderer
      let lines = session.told("runs").split(separator: "\n")
      #expect(lines.count == 4)
      #expect(lines.allSatisfy { $0.count <= columns }, "\(lines)")
      #expect(lines[1].contains("train 2 "))
    }
  }

  @Test("words, where and sort pick and order runs")
  func choice() {
    let session = session()
    session.answer("note 2 \"Lower Rate\"; tag 1 base slow; tag 1 -slow")
    func numbers(_ command: String) -> [String] {
      session.told(command).split(separator: "\n").compactMap { line in
        line.split(separator: " ").first.flatMap {
          Int($0) == nil || line.hasSuffix("runs") ? nil : String($0)
        }
      }
    }
    #expect(numbers("runs moons") == ["1", "2"])
    #expect(numbers("runs where test > 0") == ["1", "2"])
    #expect(numbers("runs where test > 1") == [])
    #expect(numbers("runs base") == ["1"])
    #expect(numbers("runs slow") == [])
    #expect(numbers("runs rate") == ["2"])
    #expect(numbers("runs sort=loss") == ["2", "1"])
    #expect(numbers("runs sort=loss count=1") == ["2"])
    #expect(numbers("runs sort=test") == ["2", "1"])
    #expect(numbers("runs sort=epochs") == ["2", "1"])
    #expect(numbers("runs where epochs > 1") == ["1"])
    #expect(numbers("runs where accuracy(test) > 0.82 and loss < 1") == ["2"])
    #expect(numbers("runs where run == 2 or params < 3") == ["2"])
    #expect(session.told("runs other") == "none of 2 runs fits")
    #expect(session.told("runs count=1").hasSuffix("\n1 of 2 runs"))
  }

  @Test("runs show tells all that is known of one")
  func show() {
    let session = session()
    session.answer("note 2 \"lower rate\"; tag 2 base")
    let text = session.told("runs show 2")
    #expect(
      text.hasPrefix(
        """
        run 2  main  DAY, espalier #.0 on MACHINE
          command   train 1
          ended     finished after 2 steps in 0 s, loss #, accuracy #, test loss #, test accuracy #
          settings  optimizer sgd momentum=0 nesterov=no wd=0; lr #; clip off; loss auto; classweights off; batch 32 accumulate=1 mixup=0; augment off; seed 1; threads auto; precision float32; tune off
          data      seed 1
                    data moons count=40 noise=#
          folder    FOLDER
          began     with the weights of run 1
          blocks    input 2
                    add dense 8 act=tanh
                    add dense 2
          tags      base
          note      lower rate

        """), "\(text)")
    #expect(text.hasSuffix("0 … step 2\n       ● loss   ○ test loss"), "\(text)")
  }

  @Test("compare tells what differed")
  func compare() {
    let session = session()
    let lines = session.told("compare 1 2").split(separator: "\n").map(String.init)
    #expect(
      lines.dropFirst(3).prefix(4) == [
        "run 1 → run 2",
        "  lr # → lr #", "  train 2 → train 1", "  init he → weights of run 1",
      ], "\(lines)")
    #expect(lines.last == "       ● run 1 main loss   ○ run 2 main loss")
    session.answer(
      "net other; add dense 4; add dense 2; seed 2; data moons count=50; train 1; wait")
    let others = session.told("compare 1 3").split(separator: "\n").map(String.init)
    let expected = [
      "run 1 → run 3", "  lr # → lr #", "  seed 1 → seed 2",
      "  train 2 → train 1", "  seed 1; data moons count=40 noise=# → seed 2; data moons count=50",
      "  dense1  units 8 → 4, act tanh → none",
    ]
    #expect(others.dropFirst(3).prefix(6).map { $0 } == expected, "\(others)")
    #expect(session.told("compare 1 2 > records-compare.svg") == "wrote records-compare.svg")
    let svg = (try? String(contentsOfFile: "records-compare.svg", encoding: .utf8)) ?? ""
    #expect(svg.contains("loss of runs 1, 2") && svg.contains("run 2 main"))
  }

  @Test("runs that were the same say so")
  func sameRuns() {
    let session = Session()
    session.rememberRuns()
    session.answer(
      "data moons count=40; add dense 2; train 1; wait; net b; add dense 2; train 1; wait")
    let lines = session.told("compare 1 2").split(separator: "\n").map(String.init)
    #expect(lines[3] == "run 1 → run 2  all the same but the time")
  }

  @Test("runs are forgotten by their numbers")
  func forget() {
    let session = session()
    #expect(session.told("runs forget 1") == "forgot 1 run")
    #expect(session.told("runs").contains("  2  DAY") && !session.told("runs").contains("  1  DAY"))
    #expect(session.told("runs forget 2") == "forgot 1 run")
    #expect(session.told("runs") == "no runs yet; train begins one")
  }

  @Test("runs go to a table and to TensorBoard")
  func export() throws {
    let session = session()
    #expect(session.told("runs export records-all.csv") == "wrote records-all.csv: 2 runs")
    let table = try String(contentsOfFile: "records-all.csv", encoding: .utf8)
    #expect(
      table.hasPrefix(
        "run,began,network,data,command,ending,epochs,steps,seconds,parameters,loss,accuracy,test_loss,"
          + "test_accuracy,settings,version,machine,tags,note\r\n1,"))
    #expect(table.split(separator: "\r\n").count == 3)
    #expect(
      session.told("runs export records-board 2")
        == "wrote 1 run to records-board; tensorboard --logdir records-board")
    #expect(
      FileManager.default.fileExists(
        atPath: "records-board/run2-main/events.out.tfevents.espalier"))
    #expect(!FileManager.default.fileExists(atPath: "records-board/run1-main"))
  }

  @Test("notes and tags are kept and removed")
  func notes() {
    let session = session()
    #expect(session.told("note 1 \"first try\"") == "run 1: first try")
    #expect(session.told("tag 1 a b") == "run 1: a b")
    #expect(session.told("tag 1 b -a") == "run 1: b")
    #expect(session.told("runs b").contains("#b  first try"))
    #expect(session.told("note 1 \"\"; tag 1 -b") == "run 1 has no note\nrun 1 has no tags")
  }

  @Test("a run that does not end is known as such; what is stopped is said to be")
  func endings() {
    let session = session()
    session.answer("train 100000", from: .prompt)
    #expect(session.told("runs").contains("train 100000"))
    #expect(session.told("runs").contains("not finished"))
    session.answer("stop", from: .prompt)
    #expect(session.told("runs").contains("stopped"))
  }

  /// A command and its refusal.
  private static let refusals = [
    (
      "runs show 9",
      """
      error[E-NAME]: no run has the number 9
        runs show 9
                  ^
        try: runs
      """
    ),
    (
      "runs show",
      """
      error[E-ARGUMENT]: runs needs a run's number
        runs show
                 ^
        note: usage: runs [WORD …] [sort=FIGURE] [count=N] [where EXPR] | show N | forget N … | export FILE
        try: help runs
      """
    ),
    (
      "runs forget",
      """
      error[E-ARGUMENT]: runs needs a run's number
        runs forget
                   ^
        note: usage: runs [WORD …] [sort=FIGURE] [count=N] [where EXPR] | show N | forget N … | export FILE
        try: help runs
      """
    ),
    (
      "runs sort=lost",
      """
      error[E-ARGUMENT]: sort expects one of run, loss, accuracy, test, time, steps, epochs, params, found lost; did you mean loss?
        runs sort=lost
                  ^~~~
        try: runs sort=loss
      """
    ),
    (
      "runs where los > 1",
      """
      error[E-NAME]: nothing is named 'los'
        runs where los > 1
                   ^~~
        note: did you mean loss?
        try: runs where loss > 1
      """
    ),
    (
      "runs where loss(tst) > 1",
      """
      error[E-ARGUMENT]: where knows loss(train) and loss(test), found tst
        runs where loss(tst) > 1
                        ^~~
        try: runs where loss(test) > 1
      """
    ),
    (
      "runs shw 1",
      """
      error[E-NAME]: no run has shw for its network, data, tag or note; did you mean show?
        runs shw 1
             ^~~
        try: runs show 1
      """
    ),
    (
      "runs export records-table.txt",
      """
      error[E-FILE]: runs are written to a .csv file or a folder, found records-table.txt
        runs export records-table.txt
                    ^~~~~~~~~~~~~~~~~
        try: runs export records-table.csv
      """
    ),
    (
      "compare 1",
      """
      error[E-ARGUMENT]: compare needs the numbers of two runs
        compare 1
                 ^
        note: usage: compare N N … [> FILE.svg|FILE.json]
        try: help compare
      """
    ),
    (
      "note 1",
      """
      error[E-ARGUMENT]: note needs TEXT
        note 1
              ^
        note: usage: note N TEXT …
        try: help note
      """
    ),
    (
      "tag 1 \"a b\"",
      """
      error[E-ARGUMENT]: a tag is one word of up to 64 bytes, found a b
        tag 1 "a b"
              ^~~~~
        try: tag 1 baseline
      """
    ),
  ]

  @Test("what cannot be answered is refused", arguments: refusals)
  func refusal(command: String, text: String) {
    #expect(session().answer(command, from: .prompt).text == text)
  }

  @Test("a note that is too long is refused")
  func longNote() {
    let answer = session().answer(
      "note 1 \"\(String(repeating: "a", count: 5000))\"", from: .prompt)
    #expect(
      answer.text.hasPrefix("error[E-ARGUMENT]: a note has up to 4,096 bytes, found 5,000\n"))
  }

  @Test("without a store there are no runs to ask for")
  func withoutStore() {
    #expect(Session().answer("runs", from: .prompt).text == "runs are not kept in this session")
    #expect(
      Session().answer("runs show 1", from: .prompt).text == """
        error[E-STATE]: runs are not kept in this session
          runs show 1
                    ^
          try: help runs
        """)
  }

  @Test("a store that cannot be opened is said once, and training goes on")
  func unwritable() {
    let session = Session()
    session.rememberRuns(in: "/proc/espalier")
    let answer = session.told("data moons count=40; add dense 2; train 1; wait; train 1; wait")
    let message =
      "runs are not kept: unable to open database file (/proc/espalier/runs.sqlite)"
    #expect(answer.split(separator: "\n").filter { $0 == message }.count == 1, "\(answer)")
    #expect(answer.contains("trained main for 2 steps"))
  }

  private func sessionWithDamagedStore() throws -> (session: Session, folder: String) {
    let folder = "records-damaged-\(UUID())"
    Workplace.enter()
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try Data((0..<20_000).map { UInt8(truncatingIfNeeded: $0 &* 31) })
      .write(to: URL(filePath: folder + "/runs.sqlite"))
    let session = Session()
    session.rememberRuns(in: folder)
    return (session, folder)
  }

  @Test("a damaged store is put aside and said, and runs are kept")
  func damaged() throws {
    let (session, folder) = try sessionWithDamagedStore()
    let answer = session.told("data moons count=40; add dense 2; train 1; wait")
    let message =
      "the runs kept so far were damaged: they are in \(folder)/runs.sqlite.damaged1 now"
    #expect(answer.contains(message), "\(answer)")
    #expect(session.told("runs").contains("train 1"))
  }

  @Test("a look at a damaged store says so, too")
  func lookAtDamaged() throws {
    let (session, folder) = try sessionWithDamagedStore()
    let complaint = Complaint(session.answer("runs").text)
    #expect(
      complaint.message
        == "the runs kept so far were damaged: they are in \(folder)/runs.sqlite.damaged1 now, and runs begin anew"
    )
    #expect(complaint.offers == ["help runs"])
    #expect(session.told("runs").hasPrefix("no runs yet"))
  }
}
