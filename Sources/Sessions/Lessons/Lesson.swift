import Language

/// A lesson: a command file of steps, each a text, what the learner is to reach, and how.
struct Lesson: Sendable {
  /// One step; one without expectations is read, and Enter goes on.
  struct Step: Sendable {
    let text: [String]

    /// What helps, by degrees; after the last one the commands themselves are shown.
    let hints: [String]

    /// The commands that reach what is expected.
    let solution: [Statement]

    /// The `expect`s that hold when it is reached.
    let expectations: [Statement]

    /// Where the step stands in its file.
    let range: SourceRange

    /// The commands as they are typed.
    var commands: [String] { solution.flatMap { Lesson.lines(of: $0.range.text) } }
  }

  /// What it is called by.
  let name: String
  let title: String

  /// What it shows, in one line.
  let summary: String

  /// Commands that it begins with.
  let start: [Statement]
  let steps: [Step]

  /// What is worth keeping at the end: commands, and what they write.
  let keeps: [(command: String, says: String)]

  /// The names of the networks that its commands make.
  var networks: [String] { [name] + Self.networks(made: start + steps.flatMap(\.solution)) }

  /// The names behind `net` and `fork` in statements.
  static func networks(made statements: [Statement]) -> [String] {
    var names: [String] = []
    for statement in statements {
      let words = statement.range.text.split(whereSeparator: \.isWhitespace).map(String.init)
      for (verb, name) in zip(words, words.dropFirst())
      where ["net", "fork"].contains(verb) && name.allSatisfy(\.isLetter) && !names.contains(name) {
        names.append(name)
      }
    }
    return names
  }

  static func lines(of text: String) -> [String] {
    text.split(separator: "\n").map(String.init)
  }
}

/// The lessons that come with the program, and how one is found.
enum LessonTable {
  private static let texts = [
    firstNetwork, shapes, receptiveField, depth, skip, projection, normalization, blocks, surgery,
    gradients,
  ]

  /// All lessons in their order; each is held to its form by tests.
  static let all: [Lesson] = texts.compactMap { text in
    try? LessonReader.lesson(of: SourceText(name: "lesson", text: text))
  }

  /// The lesson of a number, counted from 1, or of a name.
  static func lesson(_ word: String) -> Lesson? {
    if let number = Int(word) {
      return all.indices.contains(number - 1) ? all[number - 1] : nil
    }
    return all.first { $0.name == word.lowercased() }
  }

  /// The shipped lesson after one of a name.
  static func lesson(after name: String) -> Lesson? {
    number(of: name).flatMap { all.indices.contains($0) ? all[$0] : nil }
  }

  /// The number of a shipped lesson, counted from 1.
  static func number(of name: String) -> Int? {
    all.firstIndex { $0.name == name }.map { $0 + 1 }
  }
}
