import Interchange
import Language
import Networks

extension CommandTable {
  /// Commands that draw pictures, and those that say how much of the tree is shown.
  static let pictureRows: [CommandRow] = [
    CommandRow(
      "fold", .look, usage: "fold PATH", "shows a container as one row of the tree",
      examples: ["fold res1"], slots: [.path],
      words: 1, run: { try $0.fold($1, to: .closed) }),
    CommandRow(
      "unfold", .look, usage: "unfold PATH", "shows what lies in a container of the tree",
      examples: ["unfold res1"], slots: [.path], words: 1,
      run: { try $0.fold($1, to: .open) }),
    CommandRow(
      "plot", .look,
      usage:
        "plot loss|accuracy [NETS] [wide=yes] [> FILE.svg|FILE.csv|FILE.json] | plot FILE.svg|FILE.csv [NETS]",
      "draws the curves of networks that have learned",
      details: [
        "plot FILE.svg is plot loss > FILE.svg. NETS are networks with commas between them; without them all are",
        "drawn, in a lesson those that have learned in it.",
        "Without a file the running loss is drawn in characters. A .csv file gets the numbers, with the",
        "columns network, step, loss and test_loss, or accuracy and test_accuracy: a line for each step",
        "at which one was measured, empty where the other was not. Steps are those taken before. A name that",
        "begins with =, +, - or @ gets an apostrophe, so that a spreadsheet takes it for text.",
        "wide=yes gives an .svg picture the shape and the letters of a slide.",
      ],
      slots: [.words(["loss", "accuracy"])],
      keys: [.init("wide", default: "no", "yes for a picture that fills a slide")],
      words: 2, traits: [.ownRedirect], endings: CommandScope.curveWriters.endings + ["json"],
      writing: "plot loss > FILE",
      run: { try $0.plot($1) }),
    drawRow,
    CommandRow(
      "screen", .look, usage: "screen [> FILE.txt|FILE.svg]",
      "writes the screen as text, or as a picture in colours",
      details: ["Where there is no screen it is drawn as one of 100 columns and 30 rows."],
      examples: ["screen > screen.txt", "screen > screen.svg"],
      words: 0, traits: [.ownRedirect], endings: ["txt", "svg"],
      run: { try $0.screen($1) }),
  ]
}

extension CommandScope {
  /// Answers `fold PATH` and `unfold PATH`.
  mutating func fold(_ invocation: Invocation, to fold: OutlineFold) throws -> Report {
    let row = invocation.row
    let network = try currentNetwork(at: invocation.range)
    let word = try invocation.word(0, "PATH", row)
    let found = try refusing(at: word.range) { () throws(PathFault) in
      try network.someBlocks(matching: word.text)
    }
    let containers = found.filter { !$0.block.children.isEmpty }
    guard !containers.isEmpty else {
      throw Diagnostic(
        .argument, "\(found[0].path) is a layer: it has nothing to \(row.verb)", at: word.range,
        offers: ["tree"])
    }
    for container in containers { ask(for: .fold(container.block.id, fold)) }
    let what = fold == .closed ? "folded" : "unfolded"
    return Report("\(what) \(Self.listed(containers.map(\.path)))")
  }

  /// Answers `plot loss|accuracy [NETS] [wide=yes] [> FILE.svg|FILE.csv|FILE.json]`.
  mutating func plot(_ invocation: Invocation) throws -> Report {
    let row = invocation.row
    let word = try invocation.word(0, "loss or accuracy", row)
    let isFile = invocation.redirect == nil && Self.curveWriters[word.text] != nil
    let what = isFile ? "loss" : try word.choice("plot", among: ["loss", "accuracy"])
    let isWide = try invocation.option("wide")?.value.flag("wide") ?? false
    let runs = try runsToPlot(invocation.words.dropFirst())
    let curves = CurveCollection(runs, showsAccuracy: what == "accuracy")
    guard !curves.isEmpty else {
      throw Diagnostic(
        .state, "nothing has been trained yet, so there is no curve", at: invocation.range,
        offers: working(["train 1", "data digits"]))
    }
    if let file = isFile ? word : invocation.redirect, let text = Self.curveWriters[file.text] {
      return written(text(curves, isWide ? .wide : .usual), to: file)
    }
    let lines = what == "loss" ? context.renderer?.chartLines() : nil
    guard lines != nil || invocation.writesData || context.wantsData else {
      throw Diagnostic(
        .argument, "\(what) is drawn into a file", at: invocation.range,
        offers: ["plot \(what) > \(what).svg"])
    }
    return Report(lines ?? []) { curves.data(of: what) }
  }

  /// All runs of networks that words list, or without words of those that have learned in the lesson at hand.
  private func runsToPlot(_ words: ArraySlice<Word>) throws(Diagnostic) -> [RunTrace] {
    let runs = context.runs.finished.all + context.runs.growing
    var names = Set(try state.names(ofNetworks: words))
    if words.isEmpty, let first = context.lesson?.firstRun {
      names = Set(runs.filter { $0.number >= first }.map(\.network))
    }
    return names.isEmpty ? runs : runs.filter { names.contains($0.network) }
  }

  /// What `plot` writes.
  static let curveWriters: WriterTable<@Sendable (CurveCollection, CurvePicture.Form) -> String> = [
    "svg": { $0.picture($1).svg }, "csv": { curves, _ in curves.table.text },
  ]

  /// Answers `screen [> FILE.txt|FILE.svg]`.
  mutating func screen(_ invocation: Invocation) throws -> Report {
    guard let renderer = context.renderer else {
      throw Diagnostic(
        .state, "this session has nothing to draw a screen with", at: invocation.range,
        offers: ["tree"])
    }
    if let redirect = invocation.redirect {
      let isPicture = Path.fileExtension(of: redirect.text).lowercased() == "svg"
      return written(
        isPicture
          ? renderer.screenPicture() : renderer.screenLines().joined(separator: "\n") + "\n",
        to: redirect)
    }
    return Report(renderer.screenLines().map { StyledText($0) })
  }
}
