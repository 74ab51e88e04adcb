import Interchange
import Language
import Networks

extension CommandTable {
  /// Commands for command files.
  static let scriptRows: [CommandRow] = [
    CommandRow(
      "source", .script, usage: "source FILE [ARG …] [step=yes]",
      "runs a command file; $1 $2 … are its arguments",
      details: [
        "With step=yes each line is shown before it runs: Space or Enter goes on, Backspace takes",
        "back the line before, q leaves. pause in a file waits for a key.",
      ], slots: [.file], repeats: .anything,
      keys: [
        .init("step", default: "no", among: ["yes", "no"], "waits for a key before each line")
      ],
      words: nil, traits: [.outsideLessons], run: { try $0.source($1) }),
    CommandRow(
      "expect", .script, usage: "expect EXPR [\"MESSAGE\"]",
      "fails unless an expression holds",
      details: [
        "Facts: \(Fact.names { $0.metric == nil }).",
        "They are asked about net, the name of a network or a path; loss and accuracy of train and test too.",
        "About train or test alone: \(Fact.names { $0.metric != nil }).",
        "precision, recall and f1 are means over the classes, or of one class: f1(test, cat).",
      ],
      examples: [
        "expect params(net) > 100",
        "expect out(conv1) == 8x8x8 \"the first convolution has 8 channels\"",
      ], words: 1, run: { try $0.expect($1) }),
    CommandRow(
      "print", .script, usage: "print WORD …", "prints words, with $name and $(expr) filled in",
      details: ["A fact by itself, as in print params(net), is printed as its value."],
      examples: ["print $(params(net)) parameters"], repeats: .anything, words: nil,
      traits: [.anyKeys, .redirect, .anyEnding],
      run: { try $0.print($1) }),
    CommandRow(
      "time", .script, usage: "time [N] COMMAND …",
      "runs a command, or N times, and tells how long it took",
      details: [
        "Of several times the median is told, with the least and the most. Each run goes on from what the one",
        "before it has left. plan tells where the time of a training step goes.",
      ],
      examples: ["time train 1", "time { step; step }", "time 10 evaluate"], words: 1,
      traits: [.blocks],
      run: { try $0.time($1) }),
    CommandRow(
      "defaults", .script, usage: "defaults [KIND key=value …]",
      "sets other defaults for a kind of layer, or lists them",
      details: ["The shipped library keeps its own values."],
      examples: ["defaults conv pad=0 bias=no", "defaults"], slots: [.kind],
      words: 1, traits: [.anyKeys, .redirect], endings: CommandRow.answerEndings,
      run: { try $0.defaults($1) }),
    CommandRow(
      "help", aliases: ["?"], .script, usage: "help [TOPIC]",
      "tells how a command, a layer or a definition is typed, or lists them",
      examples: ["help", "help conv", "help layers", "conv?"], slots: [.topic],
      words: nil, traits: [.redirect], endings: CommandRow.answerEndings,
      run: { try $0.help($1) }
    ),
    CommandRow(
      "quit", aliases: ["exit"], .script, usage: "quit [STATUS]", "ends the session",
      examples: ["quit", "quit 3"], words: 1, traits: [.outsideLessons],
      run: { try $0.quit($1) }),
  ]
}

extension CommandScope {
  /// Answers `source FILE [ARG …]`.
  mutating func source(_ invocation: Invocation) throws -> Report {
    let word = try invocation.word(0, "FILE", invocation.row)
    let path = sourcePath(word.text)
    let text = try filing(at: word.range) { () throws(FileError) in try WholeFile.text(at: path) }
    let statements: [Statement]
    do { statements = try Parser.parse(file: SourceText(name: path, text: text)) } catch {
      var diagnostic = error
      diagnostic.addSource(word)
      throw diagnostic
    }
    let arguments = invocation.words.dropFirst().map(\.atom)
    let folder = Path.folder(of: path)
    let steps = try invocation.option("step")?.value.choice("step", among: ["yes", "no"]) == "yes"
    if steps {
      ask(
        for: .walk(
          FileWalk(statements: statements, arguments: arguments, folder: folder, file: word)))
    } else {
      ask(for: .run(statements, arguments: arguments, folder: folder, file: word))
    }
    return Report()
  }

  /// Where a command file is: beside the current one, else where the process is.
  private func sourcePath(_ typed: String) -> String {
    let path = resolved(typed)
    if path.hasPrefix("/") { return path }
    let beside = Path.joining(context.folder, path)
    return Folder.holds(beside) || !Folder.holds(path) ? beside : path
  }

  /// Answers `expect EXPR ["MESSAGE"]`.
  mutating func expect(_ invocation: Invocation) throws -> Report {
    guard let condition = invocation.condition else {
      throw Diagnostic(
        .argument, "expect needs an expression", at: invocation.range.end,
        notes: [.init("usage: \(invocation.row.usage)")], offers: ["help expect"])
    }
    hasInvented = false
    let message = invocation.words.first?.text
    do { try withFacts { try condition.check($0, message: message) } } catch {
      if hasInvented { return Report("not checked: \(condition.text)") }
      throw error
    }
    if hasInvented { return Report("not checked: \(condition.text)") }
    var line = StyledText("ok ", .good)
    line.append(condition.text)
    return Report([line])
  }

  /// Answers `print WORD …`.
  mutating func print(_ invocation: Invocation) throws -> Report {
    if invocation.isCall, invocation.words.count == 1, invocation.options.isEmpty,
      ["model", "net"].contains(invocation.words[0].text)
    {
      ask(for: .runInPlace(try Parser.parse(file: SourceText(name: "print", text: "tree"))))
      return Report()
    }
    let typed = invocation.range.text.dropFirst(invocation.verb.text.count).drop { $0 == " " }
    if invocation.redirect == nil, typed.last == ")", !typed.contains("$"),
      Fact(rawValue: String(typed.prefix { $0 != "(" })) != nil
    {
      let text = "print $(\(typed))"
      ask(for: .runInPlace(try Parser.parse(file: SourceText(name: "print", text: text))))
      return Report()
    }
    let words = invocation.words.map { (place: $0.range.lowerBound, text: $0.text) }
    let pairs = invocation.options.map {
      (place: $0.range.lowerBound, text: "\($0.name)=\($0.value.text)")
    }
    let parts = (words + pairs).sorted { $0.place < $1.place }
    return Report(text: parts.map(\.text).joined(separator: " "))
  }

  /// Answers `time [N] COMMAND …`.
  mutating func time(_ invocation: Invocation) throws -> Report {
    let repeats = try invocation.words.first?.integer("time", in: 1...1_000_000) ?? 1
    guard let body = invocation.blocks.first else {
      throw Diagnostic(
        .argument, "time needs a command", at: invocation.range.end, offers: ["time tree"])
    }
    ask(for: .time(body, repeats: repeats))
    return Report()
  }

  /// Answers `defaults [KIND key=value …]`.
  mutating func defaults(_ invocation: Invocation) throws -> Report {
    guard let word = invocation.words.first else {
      let lines = state.defaults.sorted { $0.key.rawValue < $1.key.rawValue }.map { kind, values in
        let keys = values.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
        return StyledText("defaults \(kind.rawValue) \(keys.joined(separator: " "))")
      }
      let data = JSON.defaults(state.defaults)
      return Report(lines.isEmpty ? ["all defaults are those that help tells"] : lines) { data }
    }
    guard let kind = Kind(word: word.text) else {
      throw Diagnostic(
        .name, "no layer or container is called \(word.text)", at: word.range,
        guessing: DidYouMean.nearest(word.text, among: Kind.words), offers: ["help layers"])
    }
    var arguments = Arguments(kind)
    do throws(ArgumentFault) {
      try arguments.set(invocation.options.map { (key: $0.name, text: $0.value.text) })
    } catch {
      throw Diagnostic(error, at: error.range(in: invocation.options))
    }
    for option in invocation.options {
      let name = kind.row.parameter(called: option.name)?.name ?? option.name
      state.defaults[kind, default: [:]][name] = option.value.text
    }
    let values = (state.defaults[kind] ?? [:]).sorted { $0.key < $1.key }
    let text = values.map { "\($0.key)=\($0.value)" }.joined(separator: " ")
    return Report(
      text.isEmpty
        ? "\(kind.rawValue) has the defaults that help tells"
        : "\(kind.rawValue) has \(text) from now on, where nothing else is said")
  }

  /// Answers `quit [STATUS]`.
  mutating func quit(_ invocation: Invocation) throws -> Report {
    if let word = invocation.words.first, word.text == "lesson" {
      throw Diagnostic(
        .argument, "\(invocation.verb.text) ends the session, lesson stop leaves a lesson",
        at: word.range, offers: ["lesson stop"])
    }
    let status = try invocation.words.first?.integer("STATUS", in: 0...255) ?? 0
    ask(for: .quit(Int32(status)))
    return Report()
  }
}

extension Diagnostic {
  /// Tells which command led into a file, for the innermost two.
  mutating func addSource(_ word: Word) {
    let note = Note("in \(word.text), run from here", at: word.range)
    if notes.count(where: { $0.text.hasSuffix("run from here") }) < 2 { notes.append(note) }
  }
}
