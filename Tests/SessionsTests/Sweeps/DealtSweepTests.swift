import Engine
import Foundation
import Language
import Networks
import Records
import Testing
import Training

@testable import Sessions

/// Sweeps whose runs several processes take turns with, here sessions on threads of one.
struct DealtSweepTests {
  /// Says nothing and waits for runs.
  private final class QuietConsole: Console, @unchecked Sendable {
    func show(_ report: Report) {}
    func waitForRun() {}
  }

  /// Sessions of so many processes, of which the first has answered.
  private struct Together {
    var answers: [String] = []
    var sessions: [Session] = []
  }

  /// What process 0 answers, and all sessions in the end.
  private func run(
    _ sources: [String], on count: Int, store: String? = nil, change: (Session) -> Void = { _ in }
  ) throws -> Together {
    let ranks = ThreadRanks.all(count)
    let group = DispatchGroup()
    let followers = ranks.dropFirst().compactMap { rank in
      SessionRanks(rank).map { Session(Session.Options(), together: $0) }
    }
    for follower in followers { change(follower) }
    for follower in followers {
      nonisolated(unsafe) let session = follower
      let thread = Thread {
        _ = session.follow(on: QuietConsole())
        group.leave()
      }
      thread.stackSize = 16 << 20
      group.enter()
      thread.start()
    }
    let together = try #require(SessionRanks(ranks[0]))
    let session = Session(Session.Options(), together: together)
    if let store { session.recordRuns(in: store) }
    change(session)
    let answers = sources.map { text in
      let console = ListeningConsole()
      session.run(Source(text, from: .file("x")), on: console)
      return console.take().text
    }
    together.finish()
    group.wait()
    return Together(answers: answers, sessions: [session] + followers)
  }

  private static let setUp = "data moons count=64; batch 16; add dense 6; add relu; add dense 2"

  private static let sweeps = [
    "sweep { for rate in 0.1 0.3 0.03 { for s in 1..2 { seed $s; init he; lr $rate; train 2 } } }",
    "sweep by=train.loss { for n in 4 8 32 { batch $n; train 1; train 1 } }",
    "sweep by=test.recall { for n in 4 8 32 { batch $n; train 2 } }",
    "sweep { for rate in 0.1 1000 0.2 { lr $rate; train 2 } }",
    "sweep { for n in 1..3 { train $n; for rate in 0.1 0.2 { lr $rate; train 1 } }; lr 0.5; train 1 }",
    "sweep { train 1; train 2 }",
    "sweep { for n in 1..2 { fork other$n; add relu; optimizer adam; train 1 } }",
  ]

  /// The lines of a table and of the best run, without what differs from one time to another.
  private func table(_ answer: String) -> [String] {
    let lines = answer.split(separator: "\n").map(String.init)
    let first = lines.lastIndex { $0.contains("test.accuracy") && !$0.contains("net best") } ?? 0
    return lines[first...].filter {
      (!$0.contains(" in ") || $0.hasPrefix("net best")) && !$0.hasPrefix("wrote ")
    }
  }

  @Test("the table is that of one process, to the last bit", arguments: sweeps, [2, 3])
  func sameTable(_ sweep: String, _ count: Int) throws {
    Workplace.enter()
    let mark = UUID().uuidString
    let alone = Session()
    alone.answer(Self.setUp)
    let answer = alone.answer(sweep + " > \(mark)-alone.csv").text
    let together = try run([Self.setUp, sweep + " > \(mark)-together.csv"], on: count)
    #expect(table(together.answers[1]) == table(answer), "\(together.answers[1])")
    func figures(_ file: String) throws -> [[String]] {
      let lines = try String(contentsOfFile: file, encoding: .utf8).split(
        whereSeparator: \.isNewline)
      let rows = lines.map { $0.split(separator: ",", omittingEmptySubsequences: false) }
      let seconds = rows[0].firstIndex(of: "seconds") ?? 0
      return rows.map { row in
        row.enumerated().filter { $0.offset != seconds }.map { String($0.element) }
      }
    }
    #expect(try figures("\(mark)-alone.csv") == figures("\(mark)-together.csv"))
    let best = try #require(alone.state.networks["best"])
    for session in together.sessions {
      let other = try #require(session.state.networks["best"])
      #expect(other.weights.steps == best.weights.steps)
      #expect(
        other.network.parameters.map { other.weights.parameters[$0.key] }
          == best.network.parameters.map { best.weights.parameters[$0.key] })
      #expect(
        other.weights.optimizerState.moments.count == best.weights.optimizerState.moments.count)
      #expect(other.weights.optimizerState.optimizer == best.weights.optimizerState.optimizer)
      #expect(session.state.networkNames == alone.state.networkNames)
      #expect(session.state.recipe == together.sessions[0].state.recipe)
      #expect(session.dealt == nil && session.sweep == nil)
    }
  }

  @Test("all processes go on with the best network, and learn it together")
  func goesOn() throws {
    let together = try run(
      [Self.setUp, Self.sweeps[1], "net best; train 1; expect steps > 3", "print $(processes)"],
      on: 2)
    #expect(together.answers[2].contains("ok steps > 3"), "\(together.answers)")
    #expect(together.answers[3] == "2")
    let weights = together.sessions.map { session in
      (session.state.current?.network.parameters ?? []).map {
        session.state.current?.weights.parameters[$0.key]
      }
    }
    #expect(weights[0] == weights[1] && !weights[0].isEmpty)
  }

  @Test("a best network of many messages comes whole to all", arguments: [2, 3])
  func handsRoundLargeNetworks(_ count: Int) throws {
    let sweep = "sweep by=train.loss { for n in 1 4 2 { optimizer adam lr=0.01; train $n } }"
    let setUp = "data moons count=64; batch 16; add dense 60; add relu; add dense 2"
    let alone = Session()
    alone.answer(setUp)
    alone.answer(sweep)
    let best = try #require(alone.state.networks["best"])
    #expect(best.weights.steps == 16)
    #expect(SweptNetwork.size(best) == 302 * 3 * 4)
    #expect(SweptNetwork.bytes(best).count > 50 * ThreadRanks.mostBytes)
    // The run with the most epochs is that of process 1.
    let together = try run([setUp, sweep], on: count)
    for session in together.sessions {
      let other = try #require(session.state.networks["best"])
      #expect(
        other.network.parameters.map { other.weights.parameters[$0.key] }
          == best.network.parameters.map { best.weights.parameters[$0.key] })
      let moments = [other, best].map { known in
        known.weights.optimizerState.moments.map { store in
          known.network.parameters.map { store[$0.key] }
        }
      }
      #expect(moments[0] == moments[1] && moments[0].count == 2)
    }
  }

  @Test("where a process has no memory for the best network all are told how to come by it")
  func tellsOfLostNetwork() throws {
    Workplace.enter()
    let sweep = "sweep by=train.loss { for n in 1 3 { train $n } }"
    for (rank, store, ending) in [
      (0, nil, "; fewer processes on a machine leave each more of it"),
      (1, "store", "; without mpirun rerun 2 repeats its run"),
    ] {
      let together = try run([Self.setUp, sweep, "add relu"], on: 2, store: store) { session in
        if session.together?.isFollower == (rank == 1) {
          session.together?.hasMemory = { _ in false }
        }
      }
      #expect(
        together.answers[1].contains(
          "no net best: its 128 bytes are on process 1, and process \(rank) has no memory for them"
            + ending), "\(together.answers[1])")
      #expect(!together.answers[1].contains("net best takes"))
      for session in together.sessions {
        #expect(session.state.networks["best"] == nil)
        #expect(session.state.current?.network.root.layerCount == 4)
      }
    }
  }

  @Test("runs are dealt in turn, and one process says of those of others what they came to")
  func tellsOfOthers() throws {
    let together = try run(
      [Self.setUp, "sweep { for s in 1..4 { seed $s; train 1; print processes $(processes) } }"],
      on: 2)
    let lines = together.answers[1].split(separator: "\n").map(String.init)
    #expect(
      lines.filter { $0.hasPrefix("run ") }.sorted() == [
        "run 1: s 1", "run 2: s 2, by process 1", "run 3: s 3", "run 4: s 4, by process 1",
      ])
    #expect(lines.filter { $0.hasPrefix("trained main for 4 steps") }.count == 4)
    #expect(lines.contains("processes 1") && !lines.contains("processes 2"))
  }

  @Test("the runs of all are in one store, in the order of the sweep")
  func oneStore() throws {
    Workplace.enter()
    let sweep = "sweep { for n in 1..3 { seed 5; train $n; train 1 } }"
    let alone = Session()
    alone.recordRuns(in: "alone")
    alone.answer(Self.setUp)
    alone.answer(sweep)
    let together = try run([Self.setUp, sweep], on: 2, store: "together")
    let stores = ["alone", "together"].map { RunStore(path: "\($0)/runs.sqlite") }
    let records = try stores.map { try $0.all().sorted { ($0.id ?? 0) < ($1.id ?? 0) } }
    #expect(records[0].count == 6)
    func facts(_ record: RunRecord) -> [String] {
      [
        record.command, "\(record.steps)", record.weights ?? "", record.settings, record.blocks,
        "\(record.tags)", "\(record.parent ?? 0)", record.drawing ?? "", record.ending.rawValue,
        "\(record.loss ?? 0)", record.fingerprint,
      ]
    }
    #expect(records[0].map(facts) == records[1].map(facts))
    for (one, other) in zip(records[0], records[1]) {
      let curves = try [stores[0].curve(of: one.id ?? 0), stores[1].curve(of: other.id ?? 0)]
      #expect(curves[0] == curves[1])
    }
    #expect(together.answers[1].contains("runs sweep1 lists them"))
  }

  @Test("a command that is refused in one pass ends all, and the table has what was over")
  func refusedElsewhere() throws {
    let together = try run(
      [Self.setUp, "sweep { for n in 1 0 { train 1; batch $n } }", "add relu"], on: 2)
    let answer = together.answers[1]
    #expect(
      answer.contains("process 1: batch expects a whole number from 1 to 1,000,000, found 0"),
      "\(answer)")
    #expect(answer.contains("net best takes the network of"))
    for session in together.sessions {
      #expect(session.state.current?.network.root.layerCount == 4)
      #expect(session.state.networks["best"] != nil)
    }
  }

  @Test("Ctrl-C ends the runs of all processes")
  func interrupted() throws {
    let together = try run(
      [Self.setUp, "sweep { for n in 1 1000000 1000001 { train $n } }", "add relu"], on: 2
    ) { session in
      if session.together?.isFollower ?? true { return }
      let (interrupt, trainer) = (session.interrupt, session.trainer)
      session.onNews { [weak trainer] in
        if trainer?.progress.map({ $0.step > 1000 }) ?? false { interrupt() }
      }
    }
    let answer = together.answers[1]
    #expect(
      answer.hasSuffix("networks and settings are as before"), "\(answer)")
    #expect(answer.contains("stopped by Ctrl-C after 1 run"))
    for session in together.sessions {
      #expect(session.state.current?.network.root.layerCount == 4)
      #expect(session.state.networks["best"]?.weights.steps == 4)
    }
  }

  @Test("where a process is gone its runs are told of as not done, and the others are kept")
  func losesAProcess() throws {
    let ranks = ThreadRanks.all(2)
    let together = try #require(SessionRanks(ranks[0]))
    let session = Session(Session.Options(), together: together)
    nonisolated(unsafe) let follower = Session(
      Session.Options(), together: SessionRanks(ranks[1]))
    let (trainer, other) = (follower.trainer, ranks[1])
    trainer.onNews { [weak trainer] in
      if trainer?.progress.map({ $0.step > 1000 }) ?? false { other.abandon() }
    }
    let group = DispatchGroup()
    let thread = Thread {
      _ = follower.follow(on: QuietConsole())
      group.leave()
    }
    thread.stackSize = 16 << 20
    group.enter()
    thread.start()
    let console = ListeningConsole()
    session.run(Source(Self.setUp, from: .file("x")), on: console)
    _ = console.take()
    session.run(
      Source("sweep { for n in 1 1000000 2 { train $n } }", from: .file("x")), on: console)
    let answer = console.take().text
    group.wait()
    #expect(answer.contains("not done: run 2 (n 1000000)"), "\(answer)")
    #expect(
      answer.contains("a process of mpirun is gone; what was learned until its last step is kept"))
    #expect(answer.contains("net best takes the network of n"))
  }

  @Test("where a let follows a run all processes take each run together, as one does")
  func sharesWhereLetsFollow() throws {
    let together = try run(
      [Self.setUp, "sweep { for n in 1..2 { train $n; let last = $n } }; print $last"], on: 2)
    #expect(
      together.answers[1].contains(
        "a let follows a command that trains: all processes take each run together"))
    #expect(together.answers[1].hasSuffix("\n2"))
    for (text, isIndependent) in [
      ("let a = 1; train 1", true), ("train 1; let a = 1", false),
      ("for n in 1..2 { let a = $n; train 1 }", true),
      ("for n in 1..2 { train 1 }; let a = 1", false),
      ("if steps > 1 { train 1 } else { let a = 1 }", false),
      ("try { step 1 }; evaluate; let a = 1", false), ("evaluate; let a = $(loss)", true),
      ("source x.esp; let a = 1", false), ("time { train 1 }; let b = 1", false),
    ] {
      let statements = try Parser.parse(file: SourceText(name: "x", text: "sweep { \(text) }"))
      guard case .command(let command) = statements[0], let block = command.blocks.first else {
        Issue.record("\(text)")
        continue
      }
      #expect(block.hasIndependentPasses == isIndependent, "\(text)")
    }
  }

  @Test("passes are dealt as loops have them")
  func deals() {
    var deal = SweepDeal(rank: 1, of: 2)
    deal.follow(.begins("a"))
    deal.follow(.passBegins)
    #expect(deal.begin().map { [$0.pass, $0.isOwn ? 1 : 0] } == [0, 0])
    deal.follow(.passBegins)
    #expect(deal.begin().map { [$0.pass, $0.isOwn ? 1 : 0] } == [1, 1])
    #expect(deal.beginRun() == SweepPlace(pass: 1, run: 0))
    // What is in an own pass, with its loops, is own.
    deal.follow(.begins("b"))
    deal.follow(.passBegins)
    #expect(deal.begin() == nil)
    #expect(deal.beginRun().text == "2.2")
    deal.follow(.ends)
    #expect(deal.begin() == nil && deal.pass == 1)
    deal.follow(.ends)
    #expect(deal.pass == nil)
    #expect(deal.begin().map { [$0.pass, $0.isOwn ? 1 : 0] } == [2, 0])
  }

  @Test("letters come through, and others are refused")
  func carriesLetters() throws {
    var writer = LetterWriter()
    writer.put(-3)
    writer.put(0.1)
    writer.put("zwölf")
    writer.put(["a", ""])
    writer.put(nil as Int?)
    writer.put(7.5 as Double?)
    writer.put([1, -0.0, .infinity] as [Float])
    var reader = LetterReader(writer.bytes)
    #expect(try reader.number() == -3 && reader.real() == 0.1 && reader.text() == "zwölf")
    #expect(try reader.texts() == ["a", ""])
    #expect(try reader.optionalNumber() == nil && reader.optionalReal() == 7.5)
    #expect(try reader.floats() == [1, -0.0, .infinity])
    #expect(throws: LetterReader.Malformed.self) { _ = try reader.number() }
    for bytes in [[], Array(repeating: 255, count: 64), Array(writer.bytes.dropLast(9))]
      as [[UInt8]]
    {
      #expect(throws: LetterReader.Malformed.self) { _ = try SweepOutcome(bytes) }
      #expect(throws: (any Error).self) {
        _ = try SweptNetwork.state(bytes) { _ in
          try Network(input: Shape([1]))
        } recipe: { _ in
          Recipe()
        }
      }
    }
    for verdict in [
      SweepVerdict(true, false, nil), SweepVerdict(false, true, 0), SweepVerdict(true, true, 9),
    ] {
      #expect(SweepVerdict(verdict.number) == verdict)
    }
  }
}
