import Foundation
import Language
import Networks
import Testing

@testable import Sessions

/// What is explained, and that the texts keep to their form.
@Suite struct ExplanationTableTests {
  private static let sources = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../../Sources").standardized

  @Test("a text has ten lines of 80 columns at most, with two or three commands")
  func form() {
    for text in ExplanationTable.all {
      let start = text.start.isEmpty ? [] : ["net toy_2; " + text.start]
      let commands = (start + text.commands).map { "  " + $0 }
      #expect(text.lines.count + commands.count <= 10, "\(text.name)")
      #expect((2...3).contains(text.commands.count), "\(text.name)")
      for line in text.lines + commands {
        #expect(DisplayWidth.columns(of: line) <= 80, "\(text.name): \(line)")
        #expect(line.last != " ", "\(text.name): \(line)")
      }
    }
  }

  @Test("a text reads in ASCII, too")
  func ascii() {
    for text in ExplanationTable.all {
      for line in text.lines {
        let spelled = Glyphs.ascii.spelledFormula(line)
        #expect(
          spelled.count(where: { $0 == "?" }) == line.count(where: { $0 == "?" }), "\(line)")
      }
    }
  }

  @Test("no word leads to two texts")
  func once() {
    var seen: Set<String> = []
    for word in ExplanationTable.words { #expect(seen.insert(word).inserted, "\(word)") }
  }

  @Test("every layer, container, shortcut and command has a text")
  func everyRow() {
    for kind in Kind.allCases {
      #expect(ExplanationTable.text(on: kind.rawValue) != nil, "\(kind.rawValue)")
      for alias in kind.row.aliases { #expect(ExplanationTable.text(on: alias) != nil, "\(alias)") }
    }
    for word in ShortcutKind.words {
      #expect(ExplanationTable.text(on: word) != nil, "\(word)")
    }
    for row in CommandTable.rows {
      #expect(ExplanationTable.text(on: row.verb) != nil, "\(row.verb)")
    }
    for construct in LanguageNotes.constructs {
      #expect(ExplanationTable.text(on: construct.name) != nil, "\(construct.name)")
    }
  }

  @Test("every loss, optimizer, scheme, join, fact and block of the library has a text")
  func everyName() {
    let names =
      LossTable.names.filter { $0 != "auto" } + OptimizerTable.names + SchemeTable.names
      + Parallel.Join.allCases.map(\.rawValue).filter { $0 != "add" }
      + Fact.allCases.map(\.rawValue)
      + Library.environment.definitionNames
    for name in names { #expect(ExplanationTable.text(on: name) != nil, "\(name)") }
  }

  @Test("every code of an error has a text")
  func everyCode() throws {
    let files = FileManager.default.enumerator(at: Self.sources, includingPropertiesForKeys: nil)
    var codes: Set<String> = []
    while let file = files?.nextObject() as? URL {
      guard file.pathExtension == "swift" else { continue }
      let text = try String(contentsOf: file, encoding: .utf8)
      for match in text.matches(of: /DiagnosticCode = "(E-[A-Z]+)"/) {
        codes.insert(String(match.1))
      }
    }
    #expect(codes.count >= 15)
    for code in codes { #expect(ExplanationTable.text(on: code) != nil, "\(code)") }
  }

  @Test("every column of the tree, of summary, trace and gradients has a text")
  func everyColumn() throws {
    for column in OutlineColumn.allCases {
      #expect(ExplanationTable.text(on: column.heading) != nil, "\(column.heading)")
    }
    let session = Session()
    session.answer("data digits; add cnn 8 3; add gap; add dense 10")
    for command in ["summary", "trace", "gradients"] {
      let heads = session.answer(command).text.split(separator: "\n").map(String.init)
      let head = try #require(heads.first { $0.contains("kind") })
      for word in head.split(separator: " ") {
        #expect(ExplanationTable.text(on: String(word)) != nil, "\(command): \(word)")
      }
    }
  }

  @Test(
    "terms of the field have a text, as people write them",
    arguments: [
      "skip", "Residual", "projection", "stride", "padding", "receptive field", "‖g‖", "vanishing",
      "exploding", "degradation", "dead", "batch-norm", "he", "xavier", "momentum", "epoch",
      "overfitting", "learning_rate", "schedule", "warmup", "cross entropy", "softmax", "logits",
      "loss at ln C", "dropout", "weight decay", "global average pooling", "pre-activation",
      "bottleneck", "squeeze-and-excite", "highway", "rezero", "zero gamma", "identity mapping",
      "parameters", "running statistics", "deferred sizes", "Sequential", "onnx", "fused", "frozen",
      "gluon", "HybridSequential", "name_scope", "ctx",
    ])
  func term(word: String) {
    #expect(ExplanationTable.text(on: word) != nil)
  }
}
