import Engine
import Foundation
import Language
import Networks
import Testing
import Training

@testable import Sessions

/// Commands that several processes do together, here sessions on threads of one.
@Suite struct SessionRankTests {
  /// Says nothing and waits for runs.
  private final class QuietConsole: Console, @unchecked Sendable {
    func show(_ report: Report) {}
    func waitForRun() {}
  }

  /// The sessions that follow, each on a thread of its own until process 0 ends.
  private final class Followers: @unchecked Sendable {
    let sessions: [Session]
    private let group = DispatchGroup()

    init(_ ranks: [ThreadRanks]) {
      sessions = ranks.compactMap { rank in
        SessionRanks(rank).map { Session(Session.Options(), together: $0) }
      }
      for index in sessions.indices {
        let thread = Thread { [self] in
          _ = sessions[index].follow(on: QuietConsole())
          group.leave()
        }
        thread.stackSize = 16 << 20
        group.enter()
        thread.start()
      }
    }

    func wait() { group.wait() }
  }

  /// What process 0 answers, and the sessions in the end, that of process 0 first.
  private func run(_ sources: [String], on count: Int = 2, change: (Session) -> Void = { _ in })
    throws -> (answers: [String], sessions: [Session])
  {
    let ranks = ThreadRanks.all(count)
    let followers = Followers(Array(ranks.dropFirst()))
    let together = try #require(SessionRanks(ranks[0]))
    let session = Session(Session.Options(), together: together)
    for follower in followers.sessions { change(follower) }
    let answers = sources.map { text in
      let console = ListeningConsole()
      session.run(Source(text, from: .file("x")), on: console)
      return console.take().text
    }
    together.finish()
    followers.wait()
    return (answers, [session] + followers.sessions)
  }

  private static let setUp = "data moons count=60; batch 4; add dense 8; add relu; add dense 2"

  @Test("processes do the same commands and learn the same")
  func doesTheSame() throws {
    let (answers, sessions) = try run([Self.setUp, "train 2", "expect steps(net) == 16"], on: 2)
    #expect(answers[1].contains("trained main for 16 steps"))
    #expect(answers[2] == "ok steps(net) == 16")
    // Blocks of two sessions in one process have other identities.
    let weights = sessions.map { session in
      (session.state.current?.network.parameters ?? []).map {
        session.state.current?.weights.parameters[$0.key]
      }
    }
    #expect(weights[0].count == 4 && weights[0] == weights[1])
    let alone = Session()
    alone.answer("data moons count=60; batch 8; add dense 8; add relu; add dense 2; train 2")
    let loss = try #require(alone.state.current?.lastEpoch?.loss)
    #expect(abs(loss - (sessions[0].state.current?.lastEpoch?.loss ?? 0)) < 1e-6)
  }

  @Test("what is refused is refused everywhere, once")
  func refusesOnAll() throws {
    let (answers, sessions) = try run(["input 4; add dense 2", "add dens 3", "add relu"], on: 3)
    #expect(answers[1].components(separatedBy: "error[").count == 2)
    #expect(!answers[1].contains("process"))
    #expect(sessions.map { $0.state.current?.network.root.layerCount } == [2, 2, 2])
  }

  @Test("what one process cannot do none does, and process 0 says why")
  func refusesForOne() throws {
    // One of them has a network with a name that the others are about to give.
    let (answers, sessions) = try run(["input 4; add dense 2; fork other", "add dense 3"]) {
      if let network = try? Network(input: Shape([3])) {
        $0.state.networks["other"] = NetworkState(network: network)
      }
    }
    #expect(answers[0].contains("process 1: "), "\(answers[0])")
    #expect(sessions.map { $0.state.current?.network.output.channels } == [3, 3])
  }

  @Test("another seed on one process is found out before the first step")
  func findsOtherSeed() throws {
    let (answers, sessions) = try run([Self.setUp, "train 1"]) { $0.state.recipe.seed = 9 }
    #expect(
      answers[1].contains(
        "process 1 has come to something else than process 0; all need the same files, program "
          + "and kind of processor"))
    #expect(sessions.map { $0.state.current?.weights.steps } == [0, 0])
  }

  @Test("a process that has left a source says why, and takes part in the next one")
  func tellsWhyItLeft() throws {
    let (answers, sessions) = try run(
      ["input 4; add dense 2", "move nothing 1; add dense 5", "add dense 3"])
    #expect(answers[1].contains("error"))
    #expect(sessions.map { $0.state.current?.network.output.channels } == [3, 3])
  }

  @Test("how many there are is a fact; alone there is one")
  func countsProcesses() throws {
    #expect(try run(["print $(processes)", "batch $(64 // processes)"], on: 2).answers[0] == "2")
    #expect(Session().answer("print $(processes)").text == "1")
    #expect(
      Session().answer("input 3; add dense 2; print $(processes(net))").text.contains(
        "error[E-ARGUMENT]: processes asks about nothing, found net"))
  }

  @Test("the file of process 0 is written once")
  func writesOnce() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appending(path: "net.safetensors").path
    let (answers, _) = try run([Self.setUp + "; train 1; save \(path)", "load \(path)"])
    #expect(!answers[0].contains("error"))
    #expect(!answers[1].contains("error"))
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["net.safetensors"])
  }

  @Test("a checkpoint that process 0 has written goes on with any number of processes")
  func resumesElsewhere() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appending(path: "net").path
    let whole = try run(
      [Self.setUp + "; batch 5; checkpoint \(path).safetensors", "train 4"], on: 2)
    let commands = ["load \(path)-epoch2.safetensors", "resume"]
    let alone = Session()
    for command in commands { alone.answer(command) }
    var networks = [alone.state.current]
    for count in [2, 4] {
      networks += try run(commands, on: count).sessions.map { $0.state.current }
    }
    for network in networks {
      #expect(network?.weights.epochs == 4)
      #expect(network?.resumption == nil)
    }
    // 60 examples: in tens on two processes, in fives and twenties on one and four once an epoch is over.
    #expect(networks.map { $0?.weights.steps } == [12 + 24, 24, 24, 18, 18, 18, 18])
    let known = try #require(whole.sessions[0].state.current)
    let again = try #require(networks[1])
    #expect(
      known.network.parameters.map { known.weights.parameters[$0.key] }
        == again.network.parameters.map { again.weights.parameters[$0.key] })
  }

  @Test("sources come through as they are, and bytes that are none are refused")
  func carriesSources() {
    let sources = [
      Source("add dense 3", from: .prompt), Source("", from: .argument),
      Source("a\nb ä", from: .standardInput, firstLine: 7),
      Source("x $1", from: .file("/a b/c.esp"), arguments: ["1", "", "zwei"]),
    ]
    for source in sources {
      let bytes = SessionRanks.bytes(source)
      #expect(SessionRanks.source(bytes) == source)
      #expect(SessionRanks.source(Array(bytes.dropLast())) == nil)
    }
    #expect(SessionRanks.source([]) == nil)
    #expect(SessionRanks.source(Array(repeating: 255, count: 40)) == nil)
  }

  @Test("options are those of process 0, threads are shared out")
  func sharesOptions() throws {
    let ranks = ThreadRanks.all(2)
    var options = Session.Options()
    options.seed = 5
    let other = Thread {
      _ = SessionRanks(ranks[1])?.shared(Session.Options())
    }
    other.start()
    let shared = try #require(SessionRanks(ranks[0])?.shared(options))
    #expect(shared.seed == 5)
    #expect(shared.threads == max(1, Processors.count / 2))
    #expect(SessionRanks(ThreadRanks.all(1)[0]) == nil)
  }

  @Test("every text on processes")
  func texts() {
    let refusals = [MessageRanks.Refusal.noLibrary, .refused].map {
      SessionRanks.Refusal($0, launched: 2, usesPMI: false).message
    }
    let others = [MessageRanks.Refusal.noLibrary, .stranger(library: "Open MPI v4.1.4")].map {
      SessionRanks.Refusal($0, launched: 3, usesPMI: true).message
    }
    #expect(
      others == [
        "begun as one of 3 processes, but MPI's library is not there; try: apt-get install mpich",
        "begun as one of 3 processes, but Open MPI v4.1.4 knows of others than this mpirun has begun; "
          + "try: apt-get install mpich",
      ])
    #expect(
      refusals == [
        "begun as one of 2 processes, but MPI's library is not there; try: apt-get install "
          + "openmpi-bin",
        "begun as one of 2 processes, but MPI does not let several threads talk; try: espalier "
          + "without mpirun",
      ])
    #expect(
      [RankFault.lost, .apart(rank: 1), .refused(rank: 2, reason: "no file")].map {
        Diagnostic($0, at: nil).message
      } == [
        "a process of mpirun is gone; what was learned until its last step is kept",
        "process 1 has come to something else than process 0; all need the same files, program and "
          + "kind of processor", "process 2: no file",
      ])
    #expect(
      [RankFault.lost, .apart(rank: 1), .refused(rank: 2, reason: "no file")].map {
        EngineError.ranks($0).description
      } == [
        "a process of mpirun is gone; what was learned until its last step is kept: recover",
        "process 1 has come to something else than process 0: begin with the same files everywhere",
        "process 2 refuses: no file",
      ])
    #expect(
      SessionRanks.otherProgram
        == "a process of mpirun is gone or of another version; try: espalier --version on each machine"
    )
  }
}
