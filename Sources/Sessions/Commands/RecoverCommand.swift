import Interchange
import Language

extension CommandTable {
  /// The command that takes back what a session has left.
  static let recoverRow = CommandRow(
    "recover", .files, usage: "recover [N]",
    "takes back the networks of a session that ended without saving, and lets their run go on",
    details: [
      "N is the session's number in autosave; without it, it is the newest. Enter on an empty first line does the same.",
      "Settings and data are those that the networks learned with, so that the run has the bits it would have had.",
    ],
    examples: ["recover"], words: 1, traits: [.outsideLessons],
    run: { try $0.recover($1) })
}

extension CommandScope {
  /// Answers `recover [N]`.
  mutating func recover(_ invocation: Invocation) throws -> Report {
    guard let autosave = context.autosave else {
      return Report("sessions are kept and taken back at a prompt: espalier")
    }
    let ended = autosave.kept.ended
    let number = try invocation.words.first?.integer("recover", in: 1...999_999_999)
    guard let entry = ended.first(where: { number == nil || $0.number == number }) else {
      if number == nil { return Report("no session has ended without saving") }
      throw Diagnostic(
        .argument, "no session that ended without saving is called \(invocation.words[0].text)",
        at: invocation.words[0].range, offers: ["autosave"])
    }
    if context.runs.isRunning {
      throw Diagnostic(
        .state, "training runs already", at: invocation.range, offers: ["stop", "wait"])
    }
    if context.checksOnly || context.isTrial {
      return Report("would take back \(Numbers.count(entry.files.count, "network"))")
    }
    let name = "session \(entry.number)"
    let text = commands(for: entry).joined(separator: "\n") + "\n"
    let statements = try Parser.parse(file: SourceText(name: name, text: text))
    ask(for: .runInPlace(statements))
    return Report()
  }

  /// The commands that take back what a session has left; a network whose run can go on comes to the front.
  private func commands(for entry: KeptSessions.Entry) -> [String] {
    var taken = Set(state.networks.filter { !$0.network.isEmpty }.keys)
    var lines: [String] = []
    var front: (name: String, metadata: [String: String])?
    var last = ""
    for path in entry.paths {
      var name = Path.stem(of: path)
      if taken.contains(name) { name = freeName("\(name)_recovered") }
      taken.insert(name)
      lines += ["net \(name)", "load '\(path)'"]
      last = name
      guard let metadata = (try? SafetensorsFile(path: path))?.metadata else { continue }
      if Self.rank(metadata) >= front.map({ Self.rank($0.metadata) }) ?? 0 {
        front = (name, metadata)
      }
    }
    guard let front else { return lines }
    if front.name != last { lines.append("net \(front.name)") }
    return lines + (Self.rank(front.metadata) == 2 ? ["resume"] : settings(front.metadata))
  }

  /// 2 for a network that was learning, 1 for one whose run was stopped, 0 for others.
  private static func rank(_ metadata: [String: String]) -> Int {
    if metadata[SavedLearning.Key.isRunning] == "yes" { return 2 }
    return metadata[SavedLearning.Key.command] == nil ? 0 : 1
  }

  /// The commands that make the data and recipe of a network that is kept.
  private func settings(_ metadata: [String: String]) -> [String] {
    let data = state.data == nil ? metadata[SavedLearning.Key.data] ?? "" : ""
    let recipe = metadata[SavedLearning.Key.recipe] ?? ""
    let present = Set(RecipeText.lines(of: state.recipe))
    return (data + "\n" + recipe).split(separator: "\n").map(String.init).filter {
      !$0.hasPrefix("init ") && !present.contains($0)
    }
  }
}
