import Foundation
import Networks
import Testing

@testable import Sessions

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// `landscape`: the loss around the weights.
struct LandscapeTests {
  static func session(_ more: String = "") -> Session {
    var options = Session.Options()
    options.threads = 1
    let session = Session(options)
    let answer = session.answer(
      """
      data spirals count=60 test=0
      add dense 8 act=tanh; add bn; add dense 3
      optimizer adam lr=0.01; train 3
      """ + "\n" + more)
    #expect(answer.outcome == .done, "\(answer.text)")
    return session
  }

  private static func member(_ key: String, _ value: JSON?) -> JSON? {
    value?.members.first { $0.key == key }?.value
  }

  private static func networks(_ data: JSON?) -> [JSON] {
    if case .array(let all) = member("networks", data) { all } else { [] }
  }

  private static func losses(_ data: JSON?) -> JSON? { member("losses", networks(data).first) }

  @Test(
    "the middle is what evaluate says, to the bit",
    arguments: ["", "optimizer adam lr=0.01 ema=0.9; train 2", "data spirals count=300 test=0"])
  func centre(more: String) throws {
    let session = Self.session(more)
    let parts = try #require(Self.member("parts", session.data("evaluate train")))
    guard case .array(let figures) = parts else {
      Issue.record("no parts")
      return
    }
    let loss = try #require(Self.member("loss", figures.first))
    for command in ["landscape n=5", "landscape 2d n=3 seed=7", "landscape main 1d n=3"] {
      let network = Self.networks(session.data(command)).first
      #expect(Self.member("centre", network) == loss, "\(command)")
    }
  }

  @Test("weights, the optimizer's memory, steps and seed stay", arguments: [true, false])
  func changesNothing(live: Bool) {
    let session = LiveSession("train 1", trains: live)
    let before = session.learned
    let recipe = session.session.state.recipe
    #expect(!session.type("landscape n=5").contains("error"))
    #expect(!session.type("landscape 2d n=3").contains("error"))
    #expect(session.learned.parameters == before.parameters)
    #expect(session.learned.optimizerState == before.optimizerState)
    #expect(session.learned.steps == before.steps)
    #expect(session.session.state.recipe == recipe)
    if live { session.type("stop") }
  }

  @Test("one seed gives one landscape, another seed another")
  func seeds() {
    let session = Self.session()
    let first = session.data("landscape 2d n=5")
    #expect(session.data("landscape 2d n=5") == first)
    #expect(session.data("landscape 2d n=5 seed=1") == first)
    #expect(session.data("landscape 2d n=5 seed=2") != first)
  }

  @Test("along one direction is the middle row of two")
  func rows() throws {
    let session = Self.session()
    guard case .array(let line) = try #require(Self.losses(session.data("landscape n=5"))),
      case .array(let map) = try #require(Self.losses(session.data("landscape 2d n=5")))
    else {
      Issue.record("no losses")
      return
    }
    #expect(map.count == 5)
    #expect(map[2] == .array(line))
    for case .number(let loss) in line { #expect(loss.isFinite && loss > 0) }
  }

  @Test("part of the examples is spread over all")
  func examples() {
    let session = Self.session()
    #expect(
      session.answer("landscape n=3 examples=20").text.hasPrefix(
        "along a random direction, filter-normalised, seed 1; "
          + "20 of 60 train examples, in evaluation mode"))
  }

  @Test("networks are drawn beside each other on one scale, and the current one stays")
  func several() {
    let session = Self.session("net other; add dense 3; train 1; net main")
    let lines = session.answer("landscape main,other n=5").text.split(separator: "\n")
    #expect(lines.count == 1 + 14 + 2)
    #expect(lines[1].hasPrefix("main ") && lines[1].hasSuffix("other"))
    #expect(lines[15].hasPrefix("main  loss ") && lines[16].hasPrefix("other  loss "))
    #expect(session.state.currentName == "main")
  }

  @Test("a map has a row for each place, shaded, and a scale")
  func map() {
    let session = Self.session()
    let lines = session.answer("landscape 2d n=7").text.split(separator: "\n").map(String.init)
    #expect(lines.count == 1 + 7 + 1 + 1 + 1)
    #expect(lines[1].hasPrefix("    1 ") && lines[4].contains("()"))
    #expect(lines[9].hasPrefix("loss up to    "))
    session.glyphs = .ascii
    #expect(!session.answer("landscape 2d n=7").text.contains { !$0.isASCII })
    #expect(!session.answer("landscape n=7").text.contains { !$0.isASCII })
  }

  @Test("files are a picture that is well formed, a table and JSON")
  func files() throws {
    Workplace.enter()
    let session = Self.session()
    for name in ["one.svg", "one.csv", "one.json"] {
      #expect(session.answer("landscape n=5 > \(name)").text.hasPrefix("wrote \(name)"))
    }
    #expect(session.answer("landscape 2d n=5 > two.svg").text.hasPrefix("wrote two.svg"))
    for name in ["one.svg", "two.svg"] {
      let text = try String(contentsOfFile: name, encoding: .utf8)
      #expect(XMLParser(data: Data(text.utf8)).parse(), "\(name)")
      #expect(text.contains(">loss landscape of main</text>"))
    }
    let table = try String(contentsOfFile: "one.csv", encoding: .utf8)
    let rows = table.components(separatedBy: "\r\n")
    #expect(rows[0] == "network,distance,loss" && rows.count == 7)
    #expect(rows[1].hasPrefix("main,-1.0,") && rows[3].hasPrefix("main,0.0,"))
  }

  @Test(
    "what is not taken is refused",
    arguments: [
      (
        "landscape n=4", "n expects an odd number, so that the network is in the middle, found 4",
        ["landscape n=5"]
      ),
      (
        "landscape n=1003", "n expects a whole number from 3 to 1,001, found 1003",
        ["help landscape"]
      ),
      (
        "landscape 2d n=103", "n expects a whole number from 3 to 101, found 103",
        ["help landscape"]
      ),
      (
        "landscape range=0", "range expects a number from 0.001 to 1000, found 0",
        ["help landscape"]
      ),
      (
        "landscape mian", "no network is called mian; did you mean main?", ["landscape main"]
      ),
      ("landscape qwertz", "no network is called qwertz", ["net"]),
      ("landscape main,main", "main is named twice", ["net"]),
      (
        "landscape main other",
        "landscape takes networks with commas between them, and 1d or 2d after them",
        ["help landscape"]
      ),
      (
        "landscape > l.png", "landscape writes .svg, .csv and .json files, found l.png",
        ["landscape > l.svg"]
      ),
    ])
  func refusals(command: String, message: String, offers: [String]) {
    let complaint = Complaint(Self.session().answer(command).text)
    #expect(complaint.message == message)
    #expect(complaint.offers == offers)
  }

  @Test("there must be data and a network that fits it")
  func needs() {
    let session = Session()
    session.answer("input 2; add dense 3")
    #expect(Complaint(session.answer("landscape").text).message == "no data yet")
    session.answer("data digits")
    #expect(
      Complaint(session.answer("landscape").text).message
        == "the data has inputs of 1×8×8, the network takes 2")
  }

  /// A shell whose user stops a command after some notes of how far it is.
  private final class Impatient: Console {
    private let interrupt: () -> Void
    private(set) var notes: [String] = []
    private(set) var lines: [String] = []

    init(_ interrupt: @escaping () -> Void) { self.interrupt = interrupt }

    func show(_ report: Report) { lines += report.lines.map(\.text) }
    func waitForRun() {}

    func note(_ text: String) {
      notes.append(text)
      if notes.count == 3 { interrupt() }
    }
  }

  @Test("Ctrl-C leaves what is measured by then")
  func interruption() {
    let session = Self.session()
    let console = Impatient(session.interrupt)
    session.run(Source("landscape 2d n=5", from: .prompt), on: console)
    #expect(console.notes.count == 3)
    #expect(console.notes.first?.hasPrefix("landscape of main  1/25 losses  ") == true)
    #expect(
      console.lines.last == "stopped by Ctrl-C after 3 of 25 losses; the rest is left out")
    #expect(console.lines[3].contains("()"))
    #expect(console.lines[1].hasSuffix("·········"))
  }

  @Test("the end of its seconds leaves what is measured by then, from the middle outwards")
  func seconds() {
    let session = Self.session("data spirals count=20000 test=0")
    let text = session.answer("landscape 2d n=101 seconds=0.1 examples=20000").text
    let line = text.split(separator: "\n").last ?? ""
    #expect(
      line.wholeMatch(
        of: #/0\.1 s are over after [0-9,]+ of 10,201 losses; seconds=N gives it more/#) != nil)
  }
}
