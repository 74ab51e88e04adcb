import Foundation
import Testing

@testable import Sessions

/// Command files: where they are looked for, where their mistakes are, how deep they go.
struct SourceTests {
  /// A folder with these files, and a session that has nothing yet.
  private func folder(_ name: String, _ files: [String: String]) throws -> String {
    Workplace.enter()
    for (path, text) in files {
      let file = "\(name)/\(path)"
      try FileManager.default.createDirectory(
        atPath: (file as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
      try text.write(toFile: file, atomically: true, encoding: .utf8)
    }
    return name
  }

  private func run(_ path: String, on session: Session = Session()) throws -> (
    text: String, outcome: Report.Outcome
  ) {
    session.answer(try String(contentsOfFile: path, encoding: .utf8), from: .file(path))
  }

  @Test("source looks beside the file that says it, at every depth")
  func relative() throws {
    let name = try folder(
      "relative",
      [
        "main.esp": "source parts/a.esp", "parts/a.esp": "print a; source more/b.esp; source c.esp",
        "parts/more/b.esp": "print b", "parts/c.esp": "print c",
      ])
    #expect(try run("\(name)/main.esp").text == "a\nb\nc")
    #expect(Session().answer("source \(name)/main.esp", from: .prompt).text == "a\nb\nc")
  }

  @Test("a file that is not beside is looked for where the process is")
  func fallback() throws {
    let name = try folder(
      "fallback", ["main.esp": "source fallback/other.esp", "other.esp": "print o"])
    #expect(try run("\(name)/main.esp").text == "o")
  }

  @Test("arguments are those of the file, and back in place behind it")
  func arguments() throws {
    let name = try folder(
      "arguments", ["main.esp": "source b.esp 7 'x y'; print $#", "b.esp": "print $# $1 $2"])
    let session = Session()
    let console = ListeningConsole()
    let text = try String(contentsOfFile: "\(name)/main.esp", encoding: .utf8)
    session.run(
      Source(text, from: .file("\(name)/main.esp"), arguments: ["one", "two", "three"]), on: console
    )
    #expect(console.take().text == "2 7 x y\n3")
  }

  @Test("a file that runs itself is stopped with its place")
  func recursion() throws {
    let name = try folder("recursion", ["self.esp": "source self.esp"])
    let answer = try run("\(name)/self.esp")
    #expect(answer.outcome == .failed)
    #expect(
      answer.text == """
        recursion/self.esp:1:1: error[E-LIMIT]: more than 160 blocks and files run within each other
          source self.esp
          ^~~~~~~~~~~~~~~
        recursion/self.esp:1:8: note: in self.esp, run from here
          source self.esp
                 ^~~~~~~~
        recursion/self.esp:1:8: note: in self.esp, run from here
          source self.esp
                 ^~~~~~~~
          try: help source
        """)
  }

  @Test("verbs are shortened at the prompt only, not in a file run from it")
  func abbreviations() throws {
    let name = try folder("short", ["short.esp": "inp 1x8"])
    var options = Session.Options()
    options.allowsAbbreviations = true
    let session = Session(options)
    #expect(session.answer("inp 1x8", from: .prompt).outcome == .done)
    #expect(session.answer("source \(name)/short.esp", from: .prompt).outcome == .failed)
    #expect(session.answer("inp 1x8", from: .argument).outcome == .failed)
    #expect(session.answer("def de n { dense $n }; de 4", from: .prompt).outcome == .done)
    #expect(session.answer("for i in 1..2 { print $i }", from: .prompt).text == "1\n2")
    #expect(session.answer("if 1 == 1 { print yes }", from: .prompt).text == "yes")
  }

  @Test("lines are counted from the first line of the source")
  func firstLine() {
    let console = ListeningConsole()
    Session().run(Source("print a\nadd relu", from: .standardInput, firstLine: 57), on: console)
    #expect(
      console.take().text == """
        a
        standard input:58:1: error[E-SHAPE]: no input yet: a network begins with the shape of one example
          add relu
          ^~~~~~~~
          try: input 1x64
          try: input 3x32x32
          try: data digits
        """)
  }

  @Test("braces nested too deep are refused, not followed")
  func nesting() {
    let session = Session()
    session.answer("input 1x8")
    let open = String(repeating: "seq { ", count: 5_000)
    let close = String(repeating: "} ", count: 5_000)
    let answer = session.answer("add \(open) relu \(close)")
    #expect(answer.outcome == .failed)
    #expect(answer.text.contains("error[E-LIMIT]"))
    #expect(session.answer("def deep { seq { deep } }; add deep").text.contains("error[E-LIMIT]"))
  }

  @Test("statements after a mistake do not run; what ran before is kept and undone by statement")
  func firstMistake() {
    let session = Session()
    let answer = session.answer("input 1x8\nadd relu\nadd nothing\nadd tanh")
    #expect(answer.outcome == .failed)
    #expect(session.state.current?.network.root.children.count == 1)
    #expect(session.answer("undo").text.hasPrefix("undone: add relu"))
  }

  @Test("a loop that fails in the middle is undone whole")
  func failedLoop() {
    let session = Session()
    session.answer("input 1x8\nfor i in 1..3 { add conv $i 3; expect $i < 2 }")
    #expect(session.state.current?.network.root.children.count == 2)
    session.answer("undo")
    #expect(session.state.current?.network.isEmpty == true)
  }
}
