import Interchange
import Language
import Networks

extension CommandTable {
  /// Commands for command files.
  static let scriptRows: [CommandRow] = [
    CommandRow(
      "source", .script, usage: "source FILE [ARG …]",
      "runs a command file; $1 $2 … are its arguments", slots: [.file], repeats: .anything,
      run: { session, invocation, interpreter in
        try session.source(invocation, interpreter: &interpreter)
      }),
    CommandRow(
      "expect", .script, usage: "expect EXPR [\"MESSAGE\"]",
      "fails unless an expression holds",
      details: [
        "Facts: params running macs out in field blocks depth of net, a network or a path;",
        "loss and accuracy of train, test, net or a network; epochs, steps.",
      ],
      run: { session, invocation, _ in try session.expect(invocation) }),
    CommandRow(
      "print", .script, usage: "print WORD …", "prints words, with $name and $(expr) filled in",
      repeats: .anything, run: { session, invocation, _ in try session.print(invocation) }),
    CommandRow(
      "time", .script, usage: "time COMMAND …", "runs a command and tells how long it took",
      run: { session, invocation, interpreter in
        try session.time(invocation, interpreter: &interpreter)
      }),
    CommandRow(
      "defaults", .script, usage: "defaults [KIND key=value …]",
      "sets other defaults for a kind of layer, or lists them", slots: [.kind],
      run: { session, invocation, _ in try session.defaults(invocation) }),
    CommandRow(
      "help", aliases: ["?"], .script, usage: "help [TOPIC]",
      "explains a command, a layer, a definition or all of them", slots: [.topic],
      run: { session, invocation, _ in try session.help(invocation) }),
    CommandRow(
      "quit", aliases: ["exit"], .script, usage: "quit [STATUS]", "ends the session",
      run: { session, invocation, _ in try session.quit(invocation) }),
  ]
}

extension Session {
  /// Answers `source FILE [ARG …]`.
  func source(_ invocation: Invocation, interpreter: inout Interpreter) throws -> Report {
    let word = try invocation.word(0, "FILE", invocation.row)
    let typed = resolved(word.text)
    let path = typed.hasPrefix("/") ? typed : Path.joining(folder, typed)
    let text = try filing(at: word.range) { () throws(FileError) in try WholeFile.text(at: path) }
    let statements = try Parser.parse(
      file: SourceText(name: word.text, text: text), options: parserOptions)
    let outer = folder
    folder = Path.folder(of: path)
    defer { folder = outer }
    var host = SessionHost(session: self)
    let arguments = invocation.words.dropFirst().map(\.atom)
    try interpreter.run(statements, arguments: arguments, host: &host)
    state.environment = interpreter.environment
    return Report()
  }

  /// Answers `expect EXPR ["MESSAGE"]`.
  func expect(_ invocation: Invocation) throws -> Report {
    guard let condition = invocation.condition else {
      throw Diagnostic(
        .argument, "expect needs an expression", at: invocation.range.end,
        offers: ["expect params(net) == 750"])
    }
    try condition.check(facts, message: invocation.words.first?.text)
    var line = StyledText("ok ", .good)
    line.append(condition.text)
    return Report([line])
  }

  /// Answers `print WORD …`.
  func print(_ invocation: Invocation) throws -> Report {
    Report(invocation.words.map(\.text).joined(separator: " "))
  }

  /// Answers `time COMMAND …`.
  func time(_ invocation: Invocation, interpreter: inout Interpreter) throws -> Report {
    guard let body = invocation.blocks.first else {
      throw Diagnostic(
        .argument, "time needs a command", at: invocation.range.end, offers: ["time { train 1 }"])
    }
    let clock = ContinuousClock()
    let start = clock.now
    var host = SessionHost(session: self)
    try interpreter.run(body.statements, host: &host)
    state.environment = interpreter.environment
    let elapsed = start.duration(to: clock.now)
    let seconds =
      Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) * 1e-18
    return Report("took \(Numbers.significant(seconds, digits: 3)) s")
  }

  /// Answers `defaults [KIND key=value …]`.
  func defaults(_ invocation: Invocation) throws -> Report {
    let row = invocation.row
    try invocation.expectWords(atMost: 1, row)
    guard let word = invocation.words.first else {
      let lines = state.defaults.sorted { $0.key.rawValue < $1.key.rawValue }.map { kind, values in
        let keys = values.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
        return StyledText("defaults \(kind.rawValue) \(keys.joined(separator: " "))")
      }
      return Report(lines.isEmpty ? ["all defaults are those of help"] : lines)
    }
    guard let kind = Kind(word: word.text) else {
      let near = DidYouMean.nearest(word.text, among: Kind.allCases.map(\.rawValue))
      throw Diagnostic(
        .name,
        "no layer or block is called \(word.text)" + (near.map { "; did you mean \($0)?" } ?? ""),
        at: word.range, offers: ["help layers"])
    }
    for option in invocation.options {
      var arguments = Arguments(kind)
      do throws(ArgumentFault) {
        try arguments.set([(key: option.name, text: option.value.text)])
      } catch { throw Diagnostic(error, at: option.range) }
    }
    for option in invocation.options {
      state.defaults[kind, default: [:]][option.name] = option.value.text
      state.revision += 1
    }
    let values = (state.defaults[kind] ?? [:]).sorted { $0.key < $1.key }
    let text = values.map { "\($0.key)=\($0.value)" }.joined(separator: " ")
    return Report(
      "new \(kind.rawValue) layers have \(text.isEmpty ? "the defaults of help" : text)")
  }

  /// Answers `quit [STATUS]`.
  func quit(_ invocation: Invocation) throws -> Report {
    try invocation.expectWords(atMost: 1, invocation.row)
    let status = try invocation.words.first?.integer("STATUS", in: 0...255) ?? 0
    throw Quit(status: Int32(status))
  }
}
