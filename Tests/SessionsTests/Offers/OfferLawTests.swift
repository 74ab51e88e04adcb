import Foundation
import Language
import Networks
import Testing

@testable import Sessions

/// Whatever is offered after `try:` is accepted as things are and does what the line says.
@Suite(.serialized)
struct OfferLawTests {
  private static let proves = ProcessInfo.processInfo.environment["ESPALIER_PROVE"] != nil

  /// Seeds of the walks; others by ESPALIER_SEED.
  private static let seeds: [UInt64] = {
    let first = ProcessInfo.processInfo.environment["ESPALIER_SEED"].flatMap(UInt64.init) ?? 1
    return (0..<(proves ? 40 : 4)).map { first &+ UInt64($0) }
  }()

  private static let starts = [
    "", "input 3x32", "input 4x16", "input 3x12x10", "input 8", "input 3x32; data digits",
    "data moons count=20; add dense 8; add dense 2", "input 4x32; add conv 4 3; bn; add relu",
    "data waves count=40", "input 4x32; add resnet20 10; def twin n { dense $n; dense 2 }",
  ]

  @Test("every offer over random wrong commands", arguments: seeds)
  func walk(seed: UInt64) {
    Workplace.enter()
    var wrong = WrongCommands(seed: seed &* 7919)
    var trial = OfferTrial()
    let examples = CommandTable.rows.filter { !["quit", "time", "wait"].contains($0.verb) }
      .flatMap(\.examples).filter { !$0.hasPrefix("train") && !$0.hasPrefix("time") }
    let definitions = Library.environment.definitions.values.sorted { $0.name < $1.name }
      .filter { !$0.name.hasPrefix("resnet") && !$0.name.hasPrefix("plain") }
    for start in Self.starts {
      let session = Session()
      session.answer(start)
      for _ in 0..<100 {
        let paths = session.state.current?.network.paths ?? []
        if paths.count > 60 {
          session.answer("net n\(session.state.networkNames.count); input 4x32")
        }
        let command: String
        switch wrong.one(of: Array(0...9)) {
        case 0, 1: command = "add " + wrong.misfit()
        case 2: command = wrong.call(of: wrong.one(of: definitions))
        case 3: command = wrong.spoiled(wrong.one(of: examples))
        case 4: command = wrong.right(paths: paths)
        case 5:
          command = wrong.spoiled(
            wrong.one(of: [
              "train 1", "step", "evaluate test", "loss l2", "optimizer sgd lr=0.1", "lr 0.1",
              "plot loss", "predict test", "trace", "batch 8", "data moons", "split 0.5",
              "expect params(net) < 10", "let x = 3 * 2", "for i in 1..3 { add conv $i 3 }",
              "if 1 < 2 { add relu }", "def f a b=2 { conv $a $b }", "net other", "fork copy",
            ]))
        default: command = wrong.spoiled(wrong.right(paths: paths))
        }
        if command.hasPrefix("train") || command.hasPrefix("try") || command.hasPrefix("time")
          || command.contains(">")
        {
          continue
        }
        let console = ListeningConsole()
        let origin: Source.Origin = wrong.chance(70) ? .prompt : .file("x.esp")
        session.run(Source(command, from: origin), on: console)
        session.answer("stop", from: .prompt)
        trial.check(console.take().diagnostics, after: command, in: session)
      }
    }
    print("offers: seed \(seed): \(trial.refusals) refusals, \(trial.offers) offers tried")
    #expect(trial.refusals > 200)
    #expect(trial.failures.isEmpty, "\(trial.failures.joined(separator: "\n"))")
  }

  @Test("every offer during a run", arguments: seeds)
  func live(seed: UInt64) {
    Workplace.enter()
    var wrong = WrongCommands(seed: seed &* 104_729)
    var trial = OfferTrial()
    let live = LiveSession()
    let session = live.session
    for _ in 0..<60 {
      if session.running == nil { live.train() }
      let paths = session.state.current?.network.paths ?? []
      let right = wrong.chance(40)
      var command = wrong.right(paths: paths)
      if !right { command = wrong.spoiled(command) }
      if ["train", "time", "stop", "wait", "resume", "quit", "try"].contains(
        where: command.hasPrefix)
        || command.contains(">")
      {
        continue
      }
      let console = ListeningConsole()
      session.run(Source(command, from: .prompt), on: console)
      for diagnostic in console.take().diagnostics {
        trial.check(diagnostic, after: command, during: live)
      }
    }
    print("offers: live seed \(seed): \(trial.refusals) refusals, \(trial.offers) offers tried")
    session.answer("stop", from: .prompt)
    #expect(trial.failures.isEmpty, "\(trial.failures.joined(separator: "\n"))")
  }
}
