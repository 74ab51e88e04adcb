import Foundation
import Interchange
import Testing

@testable import Sessions

/// What is kept of sessions without being asked, and for how long.
struct AutosaveTests {
  private let folder = KeptFolder()

  private static let small = "data waves length=16 count=20; add gap; add dense 4"

  private func inode(_ path: String) throws -> Int? {
    try FileManager.default.attributesOfItem(atPath: folder.root + "/" + path)[.systemFileNumber]
      as? Int
  }

  private func mode(_ path: String) throws -> Int? {
    try FileManager.default.attributesOfItem(atPath: folder.root + "/" + path)[.posixPermissions]
      as? Int
  }

  @Test("what has changed is written, for its owner only; what has not is not")
  func writesChanges() throws {
    let (session, autosave) = folder.session()
    autosave.keep()
    #expect(folder.files == [])
    session.answer(Self.small)
    autosave.keep()
    #expect(folder.files == ["1/main.esp"])
    #expect(try mode("1/main.esp") == 0o600 && mode("1/lock") == 0o600)
    #expect(try mode("1") == 0o700 && mode("") == 0o700)
    let first = try inode("1/main.esp")
    session.answer("tree; help; fold 1; net")
    autosave.keep()
    #expect(try inode("1/main.esp") == first)
    session.answer("train 1")
    autosave.keep()
    #expect(folder.files == ["1/main.safetensors"])
  }

  @Test("definitions are kept with the networks")
  func definitions() throws {
    let (session, autosave) = folder.session("def TWO n { relu; conv $n 3 }; \(Self.small)")
    autosave.keep()
    session.answer("insert TWO 2 before gap1")
    autosave.keep()
    let text = try String(contentsOfFile: folder.root + "/1/main.esp", encoding: .utf8)
    #expect(text.hasPrefix("def TWO n { relu; conv $n 3 }\n"))
  }

  @Test("a loop hands its work over command by command")
  func loop() throws {
    let (session, autosave) = folder.session()
    let console = KeepingConsole(autosave)
    session.run(
      Source("\(Self.small)\nfor i in 1..3 { insert relu before dense1; print $i }", from: .prompt),
      on: console)
    #expect(console.sizes.count >= 3)
    #expect(console.sizes.suffix(3) == console.sizes.suffix(3).sorted())
    #expect(Set(console.sizes.suffix(3)).count == 3)
  }

  @Test("what a run has learned so far is written while it goes on, and its pauses write nothing")
  func run() throws {
    let (session, autosave) = folder.session(Self.small + "\ntrain 1000000")
    try steps(session, beyond: 0)
    autosave.keep()
    let first = try kept("1/main.safetensors")
    #expect(first > 0)
    try steps(session, beyond: first)
    autosave.keep()
    #expect(try kept("1/main.safetensors") > first)
    session.answer("pause", from: .prompt)
    autosave.keep()
    let paused = try inode("1/main.safetensors")
    autosave.keep()
    #expect(try inode("1/main.safetensors") == paused)
    session.answer("stop", from: .prompt)
  }

  @Test("an edited network of a run is written with the weights that it has")
  func editedRun() throws {
    let (session, autosave) = folder.session(Self.small + "\ntrain 1000000")
    try steps(session, beyond: 0)
    session.answer("insert dense 7 before dense1", from: .prompt)
    autosave.keep()
    let fresh = Session()
    let answer = fresh.answer("load \(folder.root)/1/main.safetensors")
    #expect(answer.outcome == .done, "\(answer.text)")
    session.answer("stop", from: .prompt)
    #expect(fresh.networkText == session.networkText)
  }

  @Test("a run that is over is written before anyone has collected it")
  func uncollected() throws {
    let (session, autosave) = folder.session(Self.small + "\ntrain 3")
    session.trainer.waitForEnd()
    #expect(session.running != nil)
    autosave.keep()
    #expect(try kept("1/main.safetensors") == 3)
  }

  @Test("sessions have folders of their own; a start offers those that have ended, and only those")
  func several() throws {
    let first = folder.session(Self.small)
    let second = folder.session(Self.small + "; train 1")
    first.autosave.keep()
    second.session.answer("wait")
    second.autosave.keep()
    #expect(folder.files == ["1/main.esp", "2/main.safetensors"])
    #expect(folder.session().autosave.offers == [])
    first.autosave.finish()
    #expect(folder.session().autosave.kept.ended.map(\.number) == [1])
    second.autosave.finish()
    let lines = folder.session().autosave.offers.map(\.text)
    #expect(
      lines == [
        "kept from sessions that ended without saving:",
        "  load \(folder.root)/2/main.safetensors  # just now, 1×16 → 4, 1 step",
        "  load \(folder.root)/1/main.esp  # just now, 1×16 → 4",
        "  autosave lists them, autosave drop all forgets them",
        "Enter takes back session 2",
      ])
  }

  @Test("a session of which all is in files leaves nothing")
  func saved() throws {
    Workplace.enter()
    let (session, autosave) = folder.session(Self.small + "; train 1")
    session.answer("wait")
    autosave.keep()
    session.answer("save kept-1.esp")
    autosave.keep()
    #expect(folder.files == ["1/main.safetensors"])
    session.answer("save kept-1.safetensors")
    autosave.keep()
    #expect(folder.files == [])
    session.answer("add relu")
    autosave.keep()
    #expect(folder.files == ["1/main.safetensors"])
    session.answer("undo")
    autosave.finish()
    #expect(!FileManager.default.fileExists(atPath: folder.root + "/1"))
    let (second, other) = folder.session("load kept-1.safetensors")
    other.finish()
    #expect(folder.files == [] && second.state.current != nil)
  }

  @Test("what was loaded goes when the session that has it has ended with it, not before")
  func taken() throws {
    let first = folder.session(Self.small + "\ntrain 1")
    first.session.answer("wait")
    first.autosave.finish()
    let second = folder.session("load \(folder.root)/1/main.safetensors")
    second.autosave.keep()
    #expect(folder.files == ["1/main.safetensors", "2/main.safetensors"])
    second.autosave.finish()
    #expect(folder.files == ["2/main.safetensors"])
    let third = folder.session("load \(folder.root)/2/main.safetensors; undo")
    third.autosave.finish()
    #expect(folder.files == ["2/main.safetensors"])
  }

  @Test("autosave lists and drops")
  func command() throws {
    #expect(
      Session().answer("autosave").text == "networks are kept at a prompt; nothing is kept here")
    for _ in 1...3 { folder.session(Self.small).autosave.finish() }
    let (session, autosave) = folder.session(Self.small)
    autosave.keep()
    let own = "this session is kept in \(folder.root)/4"
    #expect(
      session.answer("autosave drop 2; autosave").text == """
        forgot 1 session
        session 3
          load \(folder.root)/3/main.esp  # just now, 1×16 → 4
        session 1
          load \(folder.root)/1/main.esp  # just now, 1×16 → 4
        \(own)
        """)
    #expect(
      session.answer("autosave drop 4").text == """
        x:1:15: error[E-ARGUMENT]: no session that ended without saving is called 4
          autosave drop 4
                        ^
          try: autosave
        """)
    #expect(
      session.answer("autosave keep").text == """
        x:1:10: error[E-ARGUMENT]: autosave expects one of drop, found keep
          autosave keep
                   ^~~~
          try: help autosave
        """)
    #expect(
      session.answer("autosave drop all; autosave").text == """
        forgot 2 sessions
        no session has ended without saving
        \(own)
        """)
    #expect(folder.files == ["4/main.esp"])
  }

  @Test("what earlier versions have left is offered")
  func oldLayout() throws {
    try folder.put("input 2\n", at: "last/main.esp")
    try folder.put("input 3\n", at: "other.esp")
    let autosave = folder.session().autosave
    #expect(folder.files == ["1/main.esp", "2/other.esp"])
    #expect(autosave.kept.ended.map(\.number) == [2, 1])
  }

  @Test("of sessions that have ended the newest twenty are kept")
  func limit() throws {
    for number in 1...23 { try folder.put("input 2\n", at: "\(number)/main.esp") }
    try folder.put("", at: "24/lock")
    #expect(folder.session().autosave.kept.ended.map(\.number) == (4...23).reversed())
    #expect(folder.files.count == 20)
    #expect(!FileManager.default.fileExists(atPath: folder.root + "/24"))
  }

  @Test("more than three networks are counted")
  func many() throws {
    for number in 1...5 { try folder.put("input 2\n", at: "\(number)/main.esp") }
    #expect(
      folder.session().autosave.offers.map(\.text) == [
        "kept from sessions that ended without saving:",
        "  load \(folder.root)/5/main.esp  # just now, 2 → 2",
        "  load \(folder.root)/4/main.esp  # just now, 2 → 2",
        "  load \(folder.root)/3/main.esp  # just now, 2 → 2",
        "  and 2 more: autosave lists them, autosave drop all forgets them",
        "Enter takes back session 5",
      ])
  }

  @Test("a folder that cannot be written is told once, and work goes there when it can be again")
  func unwritable() throws {
    try "".write(toFile: folder.root, atomically: true, encoding: .utf8)
    let (session, autosave) = folder.session(Self.small)
    autosave.keep()
    autosave.keep()
    #expect(
      session.takeNotices().map(\.text) == [
        "work is not kept: \(folder.root): expected folders before the last slash, "
          + "found a file among them"
      ])
    #expect(session.takeNotices().map(\.text) == [])
    try FileManager.default.removeItem(atPath: folder.root)
    autosave.keep()
    #expect(folder.files == ["1/main.esp"])
    try FileManager.default.removeItem(atPath: folder.root)
    autosave.keep()
    #expect(folder.files == ["1/main.esp"])
  }

  @Test("work that cannot be kept is told of before it is left, once for each state of it")
  func leavingWhatIsNotKept() throws {
    try "".write(toFile: folder.root, atomically: true, encoding: .utf8)
    let (session, autosave) = folder.session(Self.small)
    let refusal = """
      main would be lost, as autosave cannot keep it: \(folder.root): expected folders before the last \
      slash, found a file among them
      """
    let first = session.answer("quit", from: .prompt)
    #expect(first.outcome == .failed)
    #expect(
      first.text == """
        error[E-STATE]: \(refusal)
          quit
          ^~~~
          note: quit or Ctrl-D once more leaves without it
          try: save main.safetensors
        """)
    #expect(session.reasonToStay() == nil)
    session.answer("add relu", from: .prompt)
    #expect(session.reasonToStay()?.diagnostics.map(\.message) == [refusal])
    #expect(session.answer("quit 3", from: .prompt).outcome == .quit(3))
    autosave.finish()
    #expect(session.takeNotices().map(\.text) == [])
  }

  @Test("what is kept, saved or run from a file is left without a question")
  func leavingWithoutLoss() throws {
    let (session, _) = folder.session(Self.small)
    #expect(session.answer("quit", from: .prompt).outcome == .quit(0))
    let other = KeptFolder()
    try "".write(toFile: other.root, atomically: true, encoding: .utf8)
    let (unkept, _) = other.session(Self.small)
    #expect(unkept.answer("quit", from: .file("a.esp")).outcome == .quit(0))
  }

  @Test("pipes among what was kept are neither offered nor waited for")
  func pipes() throws {
    try folder.put("input 2\n", at: "1/main.esp")
    for path in ["1/other.esp", "1/other.safetensors", "1/lock"] {
      #expect(mkfifo(folder.root + "/" + path, 0o600) == 0)
    }
    #expect(
      folder.session().autosave.offers.map(\.text) == [
        "kept from sessions that ended without saving:",
        "  load \(folder.root)/1/main.esp  # just now, 2 → 2",
        "  autosave lists them, autosave drop all forgets them",
        "Enter takes back session 1",
      ])
  }

  @Test(
    "times that have passed",
    arguments: [
      (0, "just now"), (59, "just now"), (60, "1 minute ago"), (7_199, "1 hour ago"),
      (7_200, "2 hours ago"), (200_000, "2 days ago"),
    ])
  func ages(seconds: Int, text: String) { #expect(Autosave.age(seconds) == text) }

  /// Waits until a run is beyond a step.
  private func steps(_ session: Session, beyond step: Int) throws {
    while (try #require(session.progress)).step <= step {}
  }

  /// The steps that a kept network has taken.
  private func kept(_ path: String) throws -> Int {
    let steps = try SafetensorsFile(path: folder.root + "/" + path).metadata["steps"]
    return try #require(steps.flatMap { Int($0) })
  }
}

/// A shell that has work kept at every answer, and notes how large the file is.
private final class KeepingConsole: Console {
  private let autosave: Autosave
  private(set) var sizes: [Int] = []

  init(_ autosave: Autosave) { self.autosave = autosave }

  func show(_ report: Report) {
    autosave.keep()
    guard let folder = autosave.folder,
      let text = try? String(contentsOfFile: folder + "/main.esp", encoding: .utf8)
    else { return }
    if report.text.count == 1 { sizes.append(text.count) }
  }

  func waitForRun() {}
}
