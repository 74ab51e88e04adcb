import Foundation
import Language
import Testing

@testable import Sessions

/// The lessons and examples that come with the program.
@Suite struct LessonTableTests {
  private static let docs = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../../docs").standardized

  @Test("there are ten lessons, each with a name of its own")
  func lessons() {
    let names = [
      "first", "shapes", "field", "depth", "skip", "projection", "norm", "blocks", "surgery",
      "gradients",
    ]
    #expect(LessonTable.all.map(\.name) == names)
  }

  @Test(
    "the commands of a lesson reach all that it expects, its numbers among it",
    arguments: LessonTable.all.map(\.name))
  func isReached(name: String) throws {
    let lesson = try #require(LessonTable.lesson(name))
    #expect(LessonCheck.problems(of: lesson).map(\.message) == [])
  }

  @Test("texts and hints are short, and read in ASCII too")
  func form() {
    for lesson in LessonTable.all {
      #expect(DisplayWidth.columns(of: lesson.summary) <= 78, "\(lesson.name)")
      #expect(lesson.title.count <= 48, "\(lesson.name)")
      for step in lesson.steps {
        #expect((1...8).contains(step.text.count), "\(lesson.name): \(step.text)")
        for line in step.text + step.hints {
          #expect(DisplayWidth.columns(of: line) <= 78, "\(lesson.name): \(line)")
          let spelled = Glyphs.ascii.spell(line)
          #expect(
            spelled.count(where: { $0 == "?" }) == line.count(where: { $0 == "?" }), "\(line)")
        }
        #expect(step.expectations.isEmpty || !step.hints.isEmpty, "\(lesson.name): \(step.text)")
      }
    }
  }

  @Test("the gradient of the first layer of lesson 4 is less than a ten-thousandth of the last one")
  func vanishing() throws {
    let lesson = try #require(LessonTable.lesson("depth"))
    let commands = (lesson.start + lesson.steps[2].solution).map(\.range.text)
    let session = Session()
    session.answer(commands.joined(separator: "\n"))
    let norms = try #require(session.data("gradients")?.norms)
    let (first, last) = (try #require(norms.first), try #require(norms.last))
    #expect(first < last / 10_000)
  }

  @Test("the examples are the files of docs/examples, each with what it shows")
  func examples() throws {
    let folder = Self.docs.appending(path: "examples")
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      .filter { $0.hasSuffix(".esp") }.sorted()
    #expect(ExampleTable.all.map { $0.name + ".esp" } == files)
    for (name, text) in ExampleTable.all {
      let file = try String(contentsOf: folder.appending(path: name + ".esp"), encoding: .utf8)
      #expect(text == file, "\(name)")
      #expect(ExampleTable.summary(of: text).count > 20, "\(name)")
    }
  }
}

extension JSON {
  /// The norms that gradients tells, block by block.
  fileprivate var norms: [Double] {
    guard case .array(let rows)? = members.first(where: { $0.key == "blocks" })?.value else {
      return []
    }
    return rows.compactMap { row in
      let norm = row.members.first { $0.key == "gradient_norm" }?.value
      return if case .number(let number) = norm { number } else { nil }
    }
  }
}
