import Interchange
import Language
import Networks

/// Words that may stand at a place, from the tables and the current network.
struct Candidates {
  let session: Session
  let context: CursorContext

  /// All of them, whatever is typed of the word so far.
  var all: [Completion.Candidate] {
    switch context.site {
    case .verb: return context.isAmongLayers ? kinds(withLayers: true) : verbs
    case .word(let index): return words(index)
    case .value(let key): return values(of: key)
    case .redirect: return files
    case .variable:
      return session.state.environment.names.map { name in
        let value = session.state.environment.value(of: name)?.description ?? ""
        return Completion.Candidate(name, note: value)
      }
    case .expression: return facts
    case .comment: return []
    }
  }

  private var verbs: [Completion.Candidate] {
    CommandTable.rows.map { Completion.Candidate($0.verb, note: $0.summary) }
      + LanguageNotes.constructs.map { Completion.Candidate($0.name, note: $0.summary) }
      + kinds(withLayers: false)
  }

  /// Containers and definitions, and layers where these are expected.
  private func kinds(withLayers: Bool) -> [Completion.Candidate] {
    let kinds = Kind.allCases.filter { withLayers || $0.row.blocks != nil }
    let definitions = session.state.environment.definitions.values.sorted { $0.name < $1.name }
    return kinds.map { Completion.Candidate($0.rawValue, note: $0.row.summary) }
      + definitions.map { Completion.Candidate($0.name, note: $0.signature) }
  }

  private func words(_ index: Int) -> [Completion.Candidate] {
    guard let verb = context.phrase.verb?.text else { return [] }
    guard !context.isAmongLayers, let row = CommandTable.row(verb) else {
      return join(verb, index) + keys(of: verb)
    }
    let words = context.phrase.words
    let slot = (index < row.slots.count ? row.slots[index] : row.repeats).map { self.slot($0) }
    if let place = row.slots.firstIndex(of: .kind), index > place, place < words.count {
      let kind = words[place].text
      return join(kind, index - place - 1) + keys(of: kind) + (slot ?? [])
    }
    if row.verb == "set", !words.isEmpty { return settings(of: words[0].text) }
    var result = slot ?? []
    result += row.keys.filter { !context.phrase.keys.contains($0.name) }.map {
      Completion.Candidate($0.name + "=", note: "\($0.defaultText): \($0.summary)", isWhole: false)
    }
    if row.verb == "data", let first = words.first {
      result += DataTable.keys(of: first.text, given: context.phrase.keys)
    }
    if row.verb == "wrap", let kind = words.first { result += keys(of: kind.text) }
    return result
  }

  /// What may stand behind `join`: the taps there are, then how they are joined.
  private func join(_ word: String, _ ordinal: Int) -> [Completion.Candidate] {
    guard Kind(word: word) == .join else { return [] }
    switch ordinal {
    case 0:
      let taps = session.state.current?.network.tapLines ?? []
      return Set(taps.map(\.name)).sorted().map { Completion.Candidate($0) }
    case 1: return TapJoin.joins.map { Completion.Candidate($0.rawValue) }
    default: return []
    }
  }

  /// Keys of a kind or parameters of a definition that are not given yet, with their defaults.
  private func keys(of word: String) -> [Completion.Candidate] {
    let given = context.phrase.keys
    if let kind = Kind(word: word) {
      let given = given.map { kind.row.parameter(called: $0)?.name ?? $0 }
      let open = kind.row.parameters.filter { !$0.isPositional && !given.contains($0.name) }
      let common = ["name", "frozen"].filter { !given.contains($0) }
        .map { Completion.Candidate($0 + "=", isWhole: false) }
      return open.map {
        let note = "\($0.defaultText ?? ""): \($0.summary)"
        return Completion.Candidate($0.name + "=", note: note, isWhole: false)
      } + common
    }
    guard let definition = session.state.environment.definitions[word] else { return [] }
    return definition.parameters.filter { !given.contains($0.name) }.map {
      Completion.Candidate($0.name + "=", note: $0.text, isWhole: false)
    }
  }

  /// Keys of the block that `set` is about, with the values they have.
  private func settings(of path: String) -> [Completion.Candidate] {
    guard let block = block(at: path) else { return [] }
    let arguments = block.arguments
    let row = arguments.kind.row
    let given = context.phrase.keys.map { row.parameter(called: $0)?.name ?? $0 }
    return row.parameters.filter { !given.contains($0.name) }.map {
      Completion.Candidate($0.name + "=", note: arguments[$0.name]?.text ?? "", isWhole: false)
    }
  }

  private func block(at path: String) -> Networks.Block? {
    session.state.current?.network.blocks(matching: path).first?.block
  }

  private func values(of key: String) -> [Completion.Candidate] {
    let first = context.phrase.words.first?.text ?? ""
    let row = context.phrase.verb.flatMap { CommandTable.row($0.text) }
    let kind =
      switch context.phrase.verb?.text {
      case "set": block(at: first)?.kind
      case "wrap", "defaults": Kind(word: first)
      default: context.phrase.kind.flatMap { Kind(word: $0) }
      }
    let parameter = kind?.row.parameter(called: key)
    let choices =
      row?.verb == "data"
      ? DataTable.values(of: key, first) : row?.keys.first { $0.name == key }?.choices ?? []
    return (parameter?.type.completions ?? choices).map { Completion.Candidate($0) }
  }

  private var facts: [Completion.Candidate] {
    Fact.allCases.map { Completion.Candidate($0.rawValue, note: $0.summary) }
      + ["net", "train", "test"].map { Completion.Candidate($0) }
      + session.state.networkNames.map { Completion.Candidate($0) } + paths
      + session.state.environment.names.map { Completion.Candidate($0) }
  }

  private func slot(_ slot: CommandRow.Slot) -> [Completion.Candidate] {
    switch slot {
    case .kind: kinds(withLayers: true)
    case .path: paths
    case .pathOrFile: paths + files
    case .network: session.state.networkNames.map { Completion.Candidate($0) }
    case .data: DataTable.candidates + files
    case .loss: LossTable.names.map { Completion.Candidate($0) }
    case .optimizer: OptimizerTable.names.map { Completion.Candidate($0) }
    case .scheme: SchemeTable.names.map { Completion.Candidate($0) }
    case .file: files
    case .topic:
      HelpTopics(environment: session.state.environment).topics.map { Completion.Candidate($0) }
    case .term: terms
    case .words(let words): words.map { Completion.Candidate($0) }
    case .anything: []
    }
  }

  /// Terms of one word that are explained, and paths.
  private var terms: [Completion.Candidate] {
    ExplanationTable.words.filter { !$0.contains(" ") }
      .map { Completion.Candidate($0, note: ExplanationTable.text(on: $0)?.group.rawValue ?? "") }
      + paths
  }

  /// Paths of the current network, a level at a time.
  private var paths: [Completion.Candidate] {
    guard let network = session.state.current?.network else { return [] }
    let segments = context.prefix.split(separator: ".", omittingEmptySubsequences: false).count
    var result: [Completion.Candidate] = []
    network.walk { block, path in
      guard path.split(separator: ".").count == max(1, segments) else { return }
      let note = network.facts[block.id]?.output.displayText ?? ""
      result.append(Completion.Candidate(path, note: note, isWhole: block.children.isEmpty))
    }
    return result
  }

  /// Files and folders beside what is typed of a path.
  private var files: [Completion.Candidate] {
    let typed = context.prefix
    let folder = typed.lastIndex(of: "/").map { String(typed[...$0]) } ?? ""
    let place = folder.isEmpty ? "." : session.scope.resolved(folder)
    return ((try? Folder.names(in: place)) ?? []).map { name in
      let isFolder = Folder.exists(place + "/" + name)
      return Completion.Candidate(folder + name + (isFolder ? "/" : ""), isWhole: !isFolder)
    }
  }
}
