import Foundation
import Language
import Testing

@testable import Sessions

/// What the author of a lesson is told.
@Suite struct LessonCheckTests {
  private func checked(_ text: String) -> String {
    var options = Session.Options()
    options.checksOnly = true
    return Session(options).answer(text, from: .file("l.esp")).text
  }

  private static let head = "## tiny: A tiny lesson\n# It adds a layer.\ninput 1x8\n\n"

  @Test("a lesson that can be gone through")
  func good() {
    let text =
      Self.head + """
        # Add a layer.
        # hint: dense
        add dense 3
        expect out(net) == 3 "three outputs"

        # That was all.
        # keep: draw tiny.svg  the network
        """
    #expect(checked(text) == "tiny: 2 steps, each is reached")
  }

  private static let problems: [(step: String, message: String)] = [
    ("# Add a layer.\nadd dense 3", "step 1 has commands, but nothing that it expects"),
    (
      "# Nothing.\nexpect params(net) == 0 \"nothing\"",
      "step 1 has no commands that reach what it expects"
    ),
    (
      "# Add.\nadd dense 3\nexpect in(net) == 1x8 \"its input\"",
      "step 1 expects what holds before anything is typed"
    ),
    (
      "# Add.\nadd dense 4\nexpect out(net) == 3 \"three outputs\"",
      "step 1 is not reached by its commands: three outputs"
    ),
    ("add dense 3\nexpect out(net) == 3", "step 1 has no text"),
    (
      "# Add.\n# hint: dense\nadd dense 3\nexpect out(net) == 3 \"three outputs\"\n# keep: plot tiny.svg",
      "step 1 keeps by a command that is refused: plot tiny.svg"
    ),
    (
      String(repeating: "# A line.\n", count: 9),
      "step 1 has 9 lines of text, expected 8 at most"
    ),
    (
      "# " + String(repeating: "x", count: 79),
      "step 1 has a line of 79 columns, expected 78 at most"
    ),
  ]

  @Test("what is wrong with a step", arguments: problems)
  func problem(step: String, message: String) {
    let text = checked(Self.head + step)
    #expect(text.hasPrefix("l.esp:"))
    #expect(Complaint(text).message == message)
    #expect(Complaint(text).offers == ["help lesson"])
  }

  @Test("a lesson cannot turn its own pages, leave the program or run other files")
  func barred() {
    for command in ["next", "quit", "source x.esp", "drop tiny", "lesson first"] {
      let verb = command.split(separator: " ")[0]
      let text = checked(Self.head + "# Add.\n\(command)\nexpect params(net) == 1")
      #expect(Complaint(text).message == "\(verb) does not belong in a lesson")
      #expect(Complaint(text).offers == ["help lesson"])
    }
  }

  @Test("a lesson that is looked over writes no files")
  func writesNothing() {
    Workplace.enter()
    let text = Self.head + "# Add.\nadd dense 3\nsave looked-over.esp\nexpect out(net) == 3"
    #expect(checked(text) == "tiny: 1 step, each is reached")
    #expect(!FileManager.default.fileExists(atPath: "looked-over.esp"))
  }

  @Test("a command of a lesson that is refused is told in its place")
  func refused() throws {
    let text = SourceText(name: "l.esp", text: Self.head + "# Add.\nadd denze 3")
    let problems = LessonCheck.problems(of: try LessonReader.lesson(of: text))
    #expect(problems.map(\.code) == [.name])
    let range = try #require(problems.first?.range)
    #expect(range.source.position(at: range.lowerBound).line == 6)
  }

  @Test("a file that begins otherwise is no lesson, one without steps none either")
  func heads() {
    #expect(
      checked("## no title\n\n# Step.") == """
        l.esp:1:1: error[E-SYNTAX]: a lesson begins with ## NAME: TITLE
          ## no title
          ^~~~~~~~~~~
          try: help lesson
        """)
    #expect(
      checked("## tiny: A tiny lesson") == """
        l.esp:1:1: error[E-ARGUMENT]: a lesson has steps: paragraphs after that of its title
          ## tiny: A tiny lesson
          ^~~~~~~~~~~~~~~~~~~~~~
          try: help lesson
        """)
    #expect(LessonReader.isLesson("#!/usr/bin/env espalier\n## a: B\n"))
    #expect(!LessonReader.isLesson("# A comment.\nadd relu\n"))
  }
}
