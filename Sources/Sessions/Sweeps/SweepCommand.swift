import Language
import Training

extension CommandTable {
  /// The command that compares the runs of loops.
  static let sweepRow = CommandRow(
    "sweep", .runs, usage: "sweep [by=FIGURE] { … } [> FILE.csv|FILE.json]",
    "runs the braces and puts the runs in them in a table, the best first",
    details: [
      "Runs come one after the other, in the order of the loops. After a pass of a for that trained, the next one",
      "and what follows the loop begin with the networks, data and settings from before it; a let stays.",
      "After the sweep all is as before, but for the network of the best run, which is kept as best.",
      "Runs that differ in nothing but the seed, and variables given to seed, share a row: their mean",
      "± the standard deviation over N - 1. FILE has that of every figure.",
      "A sweep trains at most 100,000 times; how often is told before it begins where it is more than 20.",
      "A run that diverges ends its pass, and its row comes last. Ctrl-C ends the sweep; runs that have ended",
      "keep their table. Where runs are kept they have a tag: runs sweep1, and rerun N repeats one.",
      "In a sweep commands that set something say the same but once. Processes of mpirun take turns with the runs.",
    ],
    examples: [
      "sweep { for rate in 0.1 0.01 { for s in 1..2 { seed $s; init he; lr $rate; train 1 } } }",
      "sweep by=train.loss { for n in 8 32 { batch $n; train 1 } }",
      "sweep by=test.f1 { for n in 8 32 { batch $n; train 1 } }",
    ],
    keys: [
      .init(
        "by", default: "test.accuracy", among: Watch.Measure.all.map(\.rawValue),
        "what orders rows; else the first there is of test.loss, train.accuracy, train.loss"
      )
    ], words: 0, traits: [.blocks, .ownRedirect], endings: ["csv", "json", "txt"],
    writing: "sweep { … } > FILE", run: { try $0.sweep($1) })
}

/// What a sweep is asked for.
struct SweepOrder {
  /// The figure that puts rows in order, where one was named.
  let measure: Watch.Measure?

  /// The commands that train.
  let body: Language.Block

  /// How often they train, where that can be told beforehand.
  let count: CommandCount?

  /// The most times that a sweep trains: each leaves a row of its table in memory, and a run among those that are kept.
  static let mostTimes = 100_000

  /// A sweep trains so often before it is said how often that will be.
  private static let silentTimes = 20

  /// Says how often it is going to train, where that is often.
  var note: StyledText? {
    guard let count, count.times > Self.silentTimes else { return nil }
    let most = count.isExact ? "" : "at most "
    return StyledText("trains \(most)\(Numbers.grouped(count.times)) times", .dim)
  }

  /// Refuses to train more often than a sweep may.
  func check(at range: SourceRange?) throws(Diagnostic) {
    guard let count, count.times > Self.mostTimes else { return }
    let times =
      count.times == .max
      ? "more often than can be counted" : "\(Numbers.grouped(count.times)) times"
    let loops = count.loops.map { Numbers.grouped($0) }.joined(separator: " × ")
    throw Diagnostic(
      .limit,
      "a sweep trains at most \(Numbers.grouped(Self.mostTimes)) times, this one would train \(times)",
      at: range,
      notes: loops.isEmpty
        ? [] : [.init("its loops have \(loops) values; give some of them fewer, such as 1 10 100")],
      offers: ["help sweep"])
  }
}

extension Language.Block {
  /// How often the commands of a sweep train; nothing where that cannot be told before they run.
  func trainingCount(in environment: Environment) -> CommandCount? {
    CommandCount.of(statements, in: environment) { command in
      switch command.training {
      case .always: 1
      case .never: 0
      case .perhaps: nil
      }
    }
  }
}

extension CommandScope {
  /// Answers `sweep [by=FIGURE] { … } [> FILE]`.
  mutating func sweep(_ invocation: Invocation) throws -> Report {
    let measure = try invocation.option("by").map {
      try Watch.Measure($0.value, of: "by", for: "sweep")
    }
    guard let body = invocation.blocks.first else {
      throw Diagnostic(
        .argument, "sweep needs { … } with what it trains", at: invocation.range.end,
        notes: [.init("usage: \(invocation.row.usage)")],
        offers: working(["sweep { for s in 1..3 { seed $s; train 1 } }"]) + ["help sweep"])
    }
    if invocation.blocks.count > 1 {
      throw invocation.row.refusal(
        "sweep takes one { … }, found \(invocation.blocks.count)", at: invocation.blocks[1].range)
    }
    if context.runs.isRunning {
      throw Diagnostic(
        .state, "training runs already", at: invocation.range, offers: ["stop", "wait"])
    }
    let order = SweepOrder(
      measure: measure, body: body,
      count: body.trainingCount(in: context.interpreter.environment))
    try order.check(at: invocation.verb.range)
    ask(for: .sweep(order))
    return Report()
  }
}
