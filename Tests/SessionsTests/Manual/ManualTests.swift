import Foundation
import Testing

@testable import Sessions

/// The manual on disk is the one that the tables make, and what it shows works.
struct ManualTests {
  private static let file = URL(filePath: #filePath)
    .appending(path: "../../../../docs/language.md").standardized

  @Test(
    "docs/language.md is up to date; ESPALIER_RECORD=1 swift test --filter ManualTests writes it")
  func fileIsCurrent() throws {
    if ProcessInfo.processInfo.environment["ESPALIER_RECORD"] != nil {
      try Manual.text.write(to: Self.file, atomically: true, encoding: .utf8)
    }
    let text = try String(contentsOf: Self.file, encoding: .utf8)
    #expect(text == Manual.text, "\(Difference.text(text, Manual.text))")
  }

  @Test("the first session learns")
  func firstSession() {
    let session = Session()
    let answer = session.answer(Manual.firstSession + "\nexpect accuracy(test) > 0.5")
    #expect(answer.outcome == .done, "\(answer.text)")
  }

  /// Every example of every command.
  static let examples = CommandTable.rows.flatMap { row in row.examples.map { (row.verb, $0) } }

  @Test("every example of a command does what it says", arguments: examples)
  func example(verb: String, command: String) {
    Workplace.enter()
    let session = Session()
    session.answer(
      """
      data digits
      add conv 8 3; add bn; add relu; add conv 8 3; add bn; add relu
      fork other; net main
      """)
    if CommandTable.row(verb)?.group == .runs {
      session.rememberRuns()
      session.answer("add gap; add dense 10; step 1; step 1")
    }
    if command.contains("res1") { session.answer("wrap residual") }
    let learning = [
      "evaluate", "confusion", "mistakes", "train", "step", "time", "predict", "expect",
      "gradients", "lesion", "paths", "ablate", "landscape", "why",
      "check", "lr",
    ]
    if ["paths", "ablate"].contains(verb) { session.answer("wrap residual") }
    if learning.contains(verb) {
      session.answer("add gap; add dense 10")
    }
    let renderer = NarrowRenderer(columns: 80)
    if verb == "screen" { session.renderer = renderer }
    if verb == "surface" { session.answer("net plane; data moons; add dense 2") }
    if verb == "generate" {
      session.answer("net writer; data text characters=10000; add conv 44 1")
    }
    if verb == "redo" { session.answer("undo") }
    if verb == "load" { session.answer("save kept.safetensors") }
    let answer = session.answer(command, from: .prompt)
    switch answer.outcome {
    case .done, .quit: break
    case .failed, .unexpected, .interrupted: Issue.record("\(command): \(answer.text)")
    }
    session.answer("wait")
  }

  @Test("every command has a line in help and in the manual")
  func everyCommand() {
    for row in CommandTable.rows {
      #expect(Manual.text.contains("#### \(row.verb)\n"))
      #expect(Session().answer("help \(row.verb)").text.hasPrefix(row.usage))
      #expect(!row.summary.isEmpty && row.usage.hasPrefix(row.verb))
    }
  }
}
