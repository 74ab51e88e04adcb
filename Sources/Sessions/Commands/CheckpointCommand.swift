import Interchange
import Language
import Training

extension CommandTable {
  static let checkpointRow = CommandRow(
    "checkpoint", .train,
    usage: "checkpoint [every=N] [epochs|minutes] [keep=N] FILE.safetensors|off",
    "has every later run write the network now and then, and keeps the newest files",
    details: [
      "FILE is net.safetensors for net-epoch5.safetensors, or net-step450.safetensors where minutes are counted.",
      "A file is whole before the oldest goes; those of earlier runs stay. load takes each of them.",
    ],
    examples: ["checkpoint every=5 epochs keep=3 net.safetensors", "checkpoint off"],
    slots: [.words(["epochs", "minutes", "off"]), .file],
    keys: [
      .init("every", default: "1", "epochs or minutes from one file to the next"),
      .init("keep", default: "3", "files of a network and run that stay"),
    ], words: 2, traits: [.outsideLessons], run: { try $0.checkpoint($1) })
}

extension CommandScope {
  /// Answers `checkpoint every=N UNIT keep=N FILE`.
  mutating func checkpoint(_ invocation: Invocation) throws -> Report {
    if invocation.words.isEmpty, invocation.options.isEmpty {
      return Report(Self.text(of: state.checkpoints))
    }
    if let word = invocation.words.first, word.text == "off" {
      if let more = invocation.words.dropFirst().first?.range ?? invocation.options.first?.nameRange
      {
        throw invocation.row.refusal("checkpoint off takes no more", at: more)
      }
      state.checkpoints = nil
      return Report(Self.text(of: nil))
    }
    var words = invocation.words[...]
    var countsMinutes = false
    if let unit = words.first, ["epoch", "epochs", "minute", "minutes"].contains(unit.text) {
      countsMinutes = unit.text.hasPrefix("minute")
      words = words.dropFirst()
    }
    guard let file = words.first else {
      throw invocation.row.refusal(
        "checkpoint needs FILE.safetensors", at: invocation.range.end)
    }
    if let more = words.dropFirst().first {
      throw Diagnostic(
        .argument, "checkpoint expects epochs or minutes before FILE, found \(file.text)",
        at: file.range, guessing: DidYouMean.nearest(file.text, among: ["epochs", "minutes"]),
        offers: ["checkpoint epochs \(more.text)"])
    }
    guard Path.fileExtension(of: file.text) == "safetensors" else {
      let stem = Path.joining(Path.folder(of: file.text), Path.stem(of: file.text))
      throw Diagnostic(
        .file, "a checkpoint is kept as .safetensors, found \(file.text)", at: file.range,
        replacement: "\(stem).safetensors")
    }
    let folder = Path.folder(of: resolved(file.text))
    if !context.checksOnly, !Folder.exists(folder) {
      throw Diagnostic(
        .file, "there is no folder \(folder)", at: file.range,
        replacement: Path.name(of: file.text))
    }
    var setting = CheckpointSetting(file: file.text)
    let every = invocation.option("every")?.value
    if countsMinutes {
      setting.interval = .minutes(try every?.number("every", in: 0.01...100_000) ?? 1)
    } else {
      setting.interval = .epochs(try every?.integer("every", in: 1...1_000_000) ?? 1)
    }
    setting.keep = try invocation.option("keep")?.value.integer("keep", in: 1...1_000_000) ?? 3
    state.checkpoints = setting
    return Report(
      Self.text(of: setting) + (context.runs.isRunning ? " from the next run on" : ""))
  }

  /// A setting as it is typed.
  private static func text(of setting: CheckpointSetting?) -> String {
    guard let setting else { return "checkpoint off" }
    let interval =
      switch setting.interval {
      case .epochs(let count): "every=\(count) epochs"
      case .minutes(let count): "every=\(Numbers.typed(count)) minutes"
      }
    return
      "checkpoint \(interval) keep=\(setting.keep) \(Unparser.text(of: Atom(bare: setting.file) ?? Atom(quoted: setting.file)))"
  }

  /// The files that a run of networks writes, where some are wanted.
  func checkpointFiles(for run: OngoingRun) -> CheckpointFiles? {
    if context.isFollower { return nil }
    return state.checkpoints.map { CheckpointFiles($0, path: resolved($0.file), of: run) }
  }
}
