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
    ask(for: .sweep(SweepOrder(measure: measure, body: body)))
    return Report()
  }
}
