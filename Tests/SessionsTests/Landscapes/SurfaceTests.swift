import Foundation
import Testing

@testable import Sessions

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// `surface`: which class each place of two inputs is given.
struct SurfaceTests {
  private static func session(_ data: String = "data moons count=80 test=0") -> Session {
    var options = Session.Options()
    options.threads = 1
    let session = Session(options)
    let answer = session.answer(
      "\(data)\nadd dense 16 act=tanh; add dense 2\noptimizer adam lr=0.05; train 20")
    #expect(answer.outcome == .done, "\(answer.text)")
    return session
  }

  private static func items(_ key: String, _ value: JSON?) -> [JSON] {
    let member = value?.members.first { $0.key == key }?.value
    if case .array(let all) = member { return all }
    return []
  }

  @Test("the class of a training example is the one that predict gives")
  func points() throws {
    let session = Self.session()
    let surface = try #require(session.data("surface n=10"))
    let predictions = try #require(session.data("predict train first=80"))
    let predicted = Self.items("examples", predictions).map {
      $0.members.first { $0.key == "predicted" }?.value
    }
    let names = Self.items("classes", surface)
    let points = Self.items("points", surface).map { point -> JSON? in
      guard case .integer(let label) = point.members.first(where: { $0.key == "predicted" })?.value
      else { return nil }
      return names[label]
    }
    #expect(points.count == 80)
    #expect(points == predicted)
  }

  @Test("a cell has the class that predict gives its middle")
  func cells() throws {
    Workplace.enter()
    let session = Self.session()
    #expect(session.answer("surface n=6 > cells.csv").text == "wrote cells.csv")
    let rows = try String(contentsOfFile: "cells.csv", encoding: .utf8)
      .components(separatedBy: "\r\n").filter { !$0.isEmpty }.map {
        $0.components(separatedBy: ",")
      }
    #expect(rows[0] == ["input1", "input2", "predicted", "certainty"] && rows.count == 37)
    // Names in the order of their numbers, as tables have them.
    let table = rows.dropFirst().map { "\($0[0]),\($0[1]),\($0[2] == "upper" ? "a" : "b")" }
    try (["a,b,label"] + table).joined(separator: "\n").write(
      toFile: "middles.csv", atomically: true, encoding: .utf8)
    #expect(session.answer("data csv middles.csv").outcome == .done)
    let predictions = try #require(session.data("predict train first=36"))
    for example in Self.items("examples", predictions) {
      let member = { (key: String) in example.members.first { $0.key == key }?.value }
      #expect(member("predicted") == member("target"))
    }
    for row in rows.dropFirst() {
      let certainty = try #require(Double(row[3]))
      #expect((0...1).contains(certainty))
    }
  }

  @Test("nothing of the network changes")
  func changesNothing() {
    let session = LiveSession("train 1", trains: false)
    let before = session.learned
    #expect(!session.type("surface").contains("error"))
    #expect(session.learned.parameters == before.parameters)
    #expect(session.learned.steps == before.steps)
  }

  @Test("letters stand for classes where there are no colours")
  func letters() {
    let session = Self.session("data xor count=40 test=0")
    let lines = session.answer("surface n=20").text.split(separator: "\n").map(String.init)
    #expect(lines.count == 8 + 3)
    #expect(lines[0].contains("│"))
    #expect(lines[9].hasSuffix("a point: not sure"))
    #expect(lines[10].hasSuffix(" of 40 train examples right"))
    let drawn = Set(lines[..<8].joined().drop { $0 != "│" })
    #expect(drawn.contains("A") && drawn.contains("B"))
    session.glyphs = .ascii
    #expect(!session.answer("surface n=20").text.contains { !$0.isASCII })
  }

  @Test("a picture is well formed and names the classes")
  func picture() throws {
    Workplace.enter()
    let session = Self.session()
    #expect(session.answer("surface > plane.svg").text == "wrote plane.svg")
    let text = try String(contentsOfFile: "plane.svg", encoding: .utf8)
    #expect(XMLParser(data: Data(text.utf8)).parse())
    #expect(text.contains(">decision surface of main</text>"))
    #expect(text.contains(">input 1</text>") && text.contains(">input 2</text>"))
  }

  @Test(
    "what is no plane of classes is refused",
    arguments: [
      (
        "data digits; surface", "a surface needs two inputs, digits has 1×8×8",
        ["data spirals", "data moons"]
      ),
      ("surface n=1", "n expects a whole number from 2 to 400, found 1", ["help surface"]),
      ("surface n=401", "n expects a whole number from 2 to 400, found 401", ["help surface"]),
      (
        "surface > s.dot", "surface writes .svg, .csv and .json files, found s.dot",
        ["draw s.dot", "surface > s.svg"]
      ),
      ("surface main", "surface takes no words, found 1 word", ["help surface"]),
    ])
  func refusals(command: String, message: String, offers: [String]) {
    let complaint = Complaint(Self.session().answer(command).text)
    #expect(complaint.message == message)
    #expect(complaint.offers == offers)
  }

  @Test("numbers to predict have no regions")
  func numbers() throws {
    Workplace.enter()
    let session = Session()
    try "a,b,c\n0,0,0.5\n1,0,1.5\n0,1,2.5\n".write(
      toFile: "numbers.csv", atomically: true, encoding: .utf8)
    session.answer("data csv numbers.csv target=regression; add dense 1")
    #expect(
      Complaint(session.answer("surface").text).message
        == "a surface needs classes, the targets of numbers are numbers")
    #expect(
      Complaint(Session().answer("input 2; add dense 2; surface").text).message == "no data yet")
  }
}
