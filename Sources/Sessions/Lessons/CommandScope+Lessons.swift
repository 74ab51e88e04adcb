import Language

/// What is looked up and told of the lesson at hand.
extension CommandScope {
  /// What a step expects that is not so yet, in the lesson's words; nothing where all of it holds.
  func unmet(in step: Lesson.Step) -> String? {
    for (condition, message) in expectations(of: step) {
      guard let condition else { return message }
      guard (try? condition.holds(facts)) != true else { continue }
      return message
    }
    return nil
  }

  /// What is not so yet, with what was found in its place.
  func feedback(on step: Lesson.Step) -> String? {
    for (condition, message) in expectations(of: step) {
      guard let condition else { return message }
      do { try condition.check(facts) } catch let diagnostic as Diagnostic {
        return message + (Self.difference(diagnostic.message) ?? "")
      } catch { return message }
    }
    return nil
  }

  /// What `expected FACT == VALUE, found OTHER` comes to behind the words of a step; what was asked for itself is
  /// not given away.
  private static func difference(_ message: String) -> String? {
    let parts = message.split(separator: ", found ", maxSplits: 1)
    let sides = parts.first.map { $0.split(separator: " ", maxSplits: 3) } ?? []
    guard parts.count == 2, sides.count == 4 else { return nil }
    let (fact, sign, wanted) = (sides[1], sides[2], sides[3])
    if fact.hasPrefix("$") { return "; \(parts[1]) is not it" }
    if sign == "==" { return "; \(fact) is \(parts[1]), not \(wanted)" }
    return "; \(fact) is \(parts[1]) and should be \(sign) \(wanted)"
  }

  /// The words of all that a step expects.
  func reached(in step: Lesson.Step) -> String {
    expectations(of: step).map(\.message).joined(separator: "; ")
  }

  private func expectations(of step: Lesson.Step) -> [(condition: Condition?, message: String)] {
    step.expectations.map { statement in
      var reader = ExpectationReader(facts: facts)
      var interpreter = Interpreter(environment: state.environment)
      try? interpreter.run([statement], host: &reader)
      let text = statement.range.text
      guard let found = reader.found, let condition = found.condition else { return (nil, text) }
      return (condition, found.words.first?.text ?? condition.text)
    }
  }

  /// The text of a step, below which lesson and which of its steps it is.
  func lines(of progress: LessonProgress) -> [StyledText] {
    let lesson = progress.lesson
    var head = StyledText(lesson.title, .emphasis)
    head.append(
      "  lesson \(Self.number(lesson)), step \(progress.index + 1) of \(lesson.steps.count)", .dim)
    let text = progress.step.text
    var lines = [StyledText(), head]
    lines += text.indices.map { index in
      var line = StyledText(context.glyphs.spell(text[index]))
      line.isSetInColumns = text[index].hasPrefix(" ")
      let next = index + 1 < text.count ? text[index + 1] : ""
      line.goesOn = [text[index], next].allSatisfy { !$0.isEmpty && !$0.hasPrefix(" ") }
      return line
    }
    guard progress.isLast, !lesson.keeps.isEmpty else { return lines }
    lines.append(StyledText("Worth keeping:"))
    for keep in lesson.keeps {
      var line = StyledText("  " + keep.command, .typable)
      if !keep.says.isEmpty { line.append("  \(context.glyphs.spell(keep.says))", .dim) }
      lines.append(line.inColumns)
    }
    return lines
  }

  /// What is still to do in the step at hand, or that Enter goes on.
  func toDo(in progress: LessonProgress) -> [StyledText] {
    if progress.step.expectations.isEmpty || progress.isBehind {
      return [
        StyledText(progress.isLast ? Self.ways(from: progress.lesson) : "Enter goes on", .dim)
      ]
    }
    guard let unmet = unmet(in: progress.step) else { return [StyledText("next goes on", .dim)] }
    return [StyledText("still to do: \(context.glyphs.spell(unmet)); hint helps", .dim)]
  }

  /// What to type on the last page of a lesson.
  private static func ways(from lesson: Lesson) -> String {
    let next = LessonTable.lesson(after: lesson.name)
    return "the last page: "
      + (next.map { "lesson \(number($0)) begins the next one, " } ?? "") + "lesson stop leaves"
  }

  /// The number of a shipped lesson, or the name of another.
  static func number(_ lesson: Lesson) -> String {
    LessonTable.number(of: lesson.name).map(String.init) ?? lesson.name
  }

  /// The step at hand, with what is still to do.
  func page(of progress: LessonProgress) -> Report {
    let data = data(of: progress)
    return Report(lines(of: progress) + toDo(in: progress)) { data }
  }

  /// The step at hand for programs.
  func data(of progress: LessonProgress) -> JSON {
    let step = progress.step
    return [
      "lesson": .text(progress.lesson.name), "title": .text(progress.lesson.title),
      "step": .integer(progress.index + 1), "steps": .integer(progress.lesson.steps.count),
      "text": .texts(step.text), "to_do": .optional(unmet(in: step)),
    ]
  }
}

/// Takes the expectation that a statement is, without holding it against anything.
private struct ExpectationReader: CommandHost {
  let facts: FactProvider
  private(set) var found: Invocation?

  init(facts: FactProvider) { self.facts = facts }

  mutating func execute(_ invocation: Invocation, with interpreter: inout Interpreter) throws {
    found = invocation
  }
}
