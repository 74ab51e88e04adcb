import Language

extension CommandTable {
  /// The command files that come with the program.
  static let examplesRow = CommandRow(
    "examples", .lessons, usage: "examples [NAME]",
    "lists command files that come with the program, or runs one",
    details: [
      "A file runs in networks of its own; yours get other names where it has the same ones.",
      "It loads data and sets a recipe for itself; undo brings back yours.",
      "examples NAME > FILE writes its text, to change it.",
    ],
    examples: ["examples", "examples block", "examples residual > sketch.esp"],
    slots: [.words(ExampleTable.all.map(\.name))], words: 1,
    traits: [.redirect, .anyEnding, .outsideLessons],
    run: { try $0.examples($1) })
}

extension CommandScope {
  /// Answers `examples [NAME]`.
  mutating func examples(_ invocation: Invocation) throws -> Report {
    guard let word = invocation.words.first else { return exampleOverview }
    guard let text = ExampleTable.text(word.text) else {
      throw Diagnostic(
        .name, "no example is called \(word.text)", at: word.range,
        guessing: DidYouMean.nearest(word.text, among: ExampleTable.all.map(\.name)),
        offers: ["examples"])
    }
    if invocation.redirect != nil { return Report(text: String(text.dropLast())) }
    if context.runs.isRunning {
      throw Diagnostic(
        .state, "an example begins when nothing is training", at: word.range,
        offers: ["stop", "wait"])
    }
    let statements = try Parser.parse(
      file: SourceText(name: "examples/\(word.text).esp", text: text))
    let renamed = clear(names: Lesson.networks(made: statements))
    state.currentName = freeName(word.text)
    state.recipe.becomeUsual()
    state.defaults = [:]
    ask(
      for: .lesson(
        .run(FileWalk(statements: statements, arguments: [], folder: "", file: word))))
    return Report(
      renamed.map { StyledText("your network \($0.from) is called \($0.to) now", .dim) })
  }

  /// Gives networks of some names other ones, and tells them; those without blocks go, and one that is kept already
  /// is not kept twice.
  mutating func clear(names: [String]) -> [(from: String, to: String)] {
    var renamed: [(String, String)] = []
    for name in names {
      guard let known = state.networks[name] else { continue }
      state.networkNames.removeAll { $0 == name }
      let other = "\(name)_kept"
      let twin = state.networkNames.first {
        $0.hasPrefix(other) && state.networks[$0].map(known.isTwin) ?? false
      }
      if let twin { renamed.append((name, twin)) }
      if known.network.isEmpty || twin != nil {
        state.networks[name] = nil
        continue
      }
      let free = freeName(other)
      state.networks.rename(name, to: free)
      state.networkNames.append(free)
      renamed.append((name, free))
    }
    return renamed
  }

  private var exampleOverview: Report {
    let width = (ExampleTable.all.map(\.name.count).max() ?? 0) + 2
    var lines = ExampleTable.all.map { name, text in
      var line = StyledText(name, .typable)
      line.append(String(repeating: " ", count: width - name.count))
      line.append(context.glyphs.spell(ExampleTable.summary(of: text)))
      return line
    }
    lines.append(StyledText("examples NAME runs one, examples NAME > FILE writes it", .dim))
    return Report(lines) {
      [
        "examples": .array(
          ExampleTable.all.map { name, text in
            ["name": .text(name), "shows": .text(ExampleTable.summary(of: text))]
          })
      ]
    }
  }
}
