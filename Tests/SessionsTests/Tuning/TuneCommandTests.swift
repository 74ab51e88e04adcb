import Engine
import Foundation
import Interchange
import Testing

@testable import Sessions
@testable import Training

/// `tune`: who computes convolutions the fastest, measured and remembered.
@Suite(.serialized) struct TuneCommandTests {
  private static let small =
    "threads 1; data digits; batch 8; add conv2d 8 3; add relu; add conv2d 8 3; add gap; add dense 10"

  private func session(_ text: String = small, in folder: String? = nil) -> Session {
    let session = Session()
    if let folder { session.rememberTuning(in: folder) }
    session.answer(text)
    return session
  }

  private func lines(_ text: String) -> [String] {
    text.split(separator: "\n").map(String.init)
  }

  /// A folder of its own, in which nothing is.
  private func folder() -> String {
    Workplace.enter()
    return "tuning-\(UUID())"
  }

  @Test("a table has each pass once; runs use what was the fastest from then on, until it is off")
  func measures() throws {
    let session = session()
    let text = session.answer("tune").text
    let lines = lines(text)
    #expect(lines[0].hasPrefix("8 examples, 1 thread: 5 convolutions measured in "))
    let heads = lines[1].split(separator: " ").map(String.init)
    #expect(heads == ["convolution", "times", "pass", "rule", "µs", "chosen", "µs", "saves"])
    #expect(lines[2...6].allSatisfy { $0.hasPrefix("3x3 ") })
    #expect(lines[7].hasSuffix(", known until the session ends"))
    #expect(lines[8] == "tune on: tune off takes the rule again")
    #expect(lines.count == 9)
    #expect(lines.allSatisfy { DisplayWidth.columns(of: $0) <= 80 }, "\(text)")
    #expect(session.state.recipe.choices?.methods.count == 5)
    #expect(session.answer("recipe").text.hasSuffix("\ntune on"))
    #expect(session.answer("train 2 steps").outcome == .done)
    #expect(session.answer("tune off").text == "tune off: convolutions follow the rule")
    #expect(session.state.recipe.choices == nil)
    #expect(session.answer("recipe").text.hasSuffix("\ntune off"))
    #expect(session.answer("undo").outcome == .done)
    #expect(session.state.recipe.choices?.methods.count == 5)
  }

  @Test("programs are told each candidate")
  func data() throws {
    let data = try #require(session().data("tune"))
    #expect(data["tune"]?.string == "on" && data["examples"] == .integer(8))
    let convolutions = try #require(data["convolutions"]).elements
    #expect(convolutions.count == 5)
    for convolution in convolutions {
      let candidates = try #require(convolution["candidates"]).elements
      let methods = candidates.compactMap { $0["method"]?.string }
      #expect(methods.contains(try #require(convolution["rule"]?.string)))
      #expect(methods.contains(try #require(convolution["chosen"]?.string)))
      #expect(candidates.allSatisfy { ($0["us"]?.double ?? 0) > 0 })
      #expect(try #require(convolution["paths"]).elements.count == 1)
    }
  }

  @Test("what was measured is known in another session, and measured again only where that is said")
  func remembers() throws {
    let folder = folder()
    let first = session(in: folder)
    #expect(lines(first.answer("tune").text)[7].hasSuffix("until the session ends") == false)
    let second = session(in: folder)
    #expect(second.state.recipe.choices == nil)
    #expect(second.answer("tune on").text == "tune on: 5 choices of this machine are known")
    #expect(second.state.recipe.choices == first.state.recipe.choices)
    #expect(
      second.answer("tune").text == """
        8 examples, 1 thread: 5 convolutions known already; tune again measures anew
        tune on: tune off takes the rule again
        """)
    #expect(
      lines(second.answer("add conv2d 8 3 at=4; tune").text)[0].hasSuffix(" s, 5 known already")
        == false)
    #expect(lines(second.answer("tune again").text)[0].contains(" measured in "))
    #expect(second.answer("tune forget").text.hasPrefix("forgot "))
    #expect(second.state.recipe.choices == nil)
    #expect(
      session(in: folder).answer("tune on").text
        == "tune on; nothing is known of this machine yet: tune measures a network")
  }

  @Test("the same choices give the same bits, in a session that knows them from another")
  func sameBits() throws {
    let folder = folder()
    let run = "seed 3; train 5 steps"
    let first = session(in: folder)
    first.answer("tune")
    first.answer(run)
    let second = session(in: folder)
    second.answer("tune on")
    second.answer(run)
    let weights = try [first, second].map { session in
      let known = try #require(session.state.current)
      return Digest.text(of: known.network, known.weights.parameters)
    }
    #expect(weights[0] == weights[1])
  }

  @Test("lines of other machines stay, lines that cannot be read are left aside and told of once")
  func damaged() throws {
    let folder = folder()
    session(in: folder).answer("tune")
    let path = Path.joining(folder, "convolutions")
    let text = try WholeFile.text(at: path)
    let line = try #require(lines(text).dropFirst().first)
    let parts = line.split(separator: "\t", omittingEmptySubsequences: false)
    let other = "another processor\t\(parts[1])\t\(parts[2])"
    try AtomicFile.write(text + "rubbish\n" + other + "\n" + parts[0] + "\tx=1\town\n", to: path)
    let second = session(in: folder)
    #expect(
      second.answer("tune on").text == """
        tune on: 5 choices of this machine are known
        what tune has measured is not all kept: 2 lines of \(path) cannot be read and are left aside
        """)
    #expect(second.answer("tune on").text == "tune on: 5 choices of this machine are known")
    #expect(second.answer("tune again").outcome == .done)
    let after = lines(try WholeFile.text(at: path))
    #expect(after.count == 7 && after.contains(other) && !after.contains("rubbish"))
    #expect(second.answer("tune forget").text == "forgot 5 choices; tune off")
    #expect(lines(try WholeFile.text(at: path)) == ["espalier convolutions 1", other])
  }

  @Test("a file that is something else is not touched, and a folder in its place stops nothing")
  func foreign() throws {
    let folder = folder()
    let path = Path.joining(folder, "convolutions")
    #expect(Folder.make(folder))
    try AtomicFile.write("espalier convolutions 9\n", to: path)
    let first = session(in: folder)
    let complaint =
      "what tune has measured is not all kept: \(path) does not begin with espalier convolutions 1"
    #expect(lines(first.answer("tune").text).last == complaint)
    #expect(first.state.recipe.choices?.methods.count == 5)
    #expect(try WholeFile.text(at: path) == "espalier convolutions 9\n")
    #expect(first.answer("tune off; tune on").text.hasSuffix("5 choices of this machine are known"))
    let blocked = self.folder()
    #expect(Folder.make(Path.joining(blocked, "convolutions")))
    let second = session(in: blocked)
    #expect(
      lines(second.answer("tune").text).last?.hasPrefix(
        "what tune has measured is not all kept: \(blocked)/convolutions: ") == true)
    #expect(second.state.recipe.choices?.methods.count == 5)
  }

  @Test("where time is short the rest is left, and said so")
  func left() throws {
    let text = session().answer("tune seconds=0").text
    #expect(lines(text)[0].contains(": 1 convolution measured in "))
    #expect(text.contains("\n4 more for which there was no time: tune seconds=1\n"))
  }

  @Test("a check measures nothing")
  func check() {
    var options = Session.Options()
    options.checksOnly = true
    let session = Session(options)
    session.answer("input 1x8x8; add conv 4 3")
    #expect(session.answer("tune").text == "would time the convolutions of main")
    #expect(session.answer("tune on").text == "tune on")
    #expect(session.answer("tune forget").text == "would forget what tune has measured")
  }

  @Test(
    "refusals lead on",
    arguments: [
      (
        "input 4; add dense 3", "tune",
        "main has no convolutions, so there is nothing to measure", [String]()
      ),
      (
        "input 1x8x8; add relu", "tune",
        "main has no convolutions, so there is nothing to measure",
        ["add conv 8 3", "add conv2d 8 3"]
      ),
      (
        small, "tune onn",
        "tune expects one of on, again, off, forget, found onn; did you mean on?", ["tune on"]
      ),
      (
        small, "tune on seconds=3", "tune on measures nothing and takes no seconds=", ["help tune"]
      ),
      (
        small, "tune seconds=-1", "seconds expects a number from 0 to 3600, found -1",
        ["help tune"]
      ),
    ])
  func refusals(_ setting: String, _ command: String, _ message: String, _ offers: [String]) {
    let complaint = Complaint(session(setting).answer(command).text)
    #expect(complaint.message == message)
    if !offers.isEmpty { #expect(complaint.offers == offers) }
  }
}
