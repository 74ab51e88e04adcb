import Foundation
import Testing

@testable import Sessions

/// The range test of learning rates.
struct RateFindTests {
  private let setting = "data digits; \(SickSessions.mlp)"

  @Test("a rate is suggested that can be typed, and it is one that learns")
  func suggests() throws {
    let session = SickSessions.session(setting)
    let data = try #require(session.data("lr find"))
    let command = try #require(data["command"]?.string)
    let suggested = try #require(data["suggested"]?.double)
    #expect(command == "lr \(Numbers.typed(suggested))")
    let least = try #require(data["least"]?.double)
    let steepest = try #require(data["steepest"]?.double)
    #expect(suggested <= 1.1 * steepest && steepest <= least)
    #expect(session.answer(command).outcome == .done)
    #expect(session.answer("train 3; expect accuracy(train) > 0.8").outcome == .done)
  }

  @Test("rates rise by the same factor from the first to the last, until the loss diverges")
  func rates() throws {
    let session = SickSessions.session(setting)
    let data = try #require(session.data("lr find from=0.0001 to=0.01 steps=21"))
    let points = try #require(data["points"]).elements.map { $0.elements.compactMap(\.double) }
    #expect(points.count == 21)
    #expect(abs(points[0][0] - 1e-4) < 1e-12 && abs(points[20][0] - 0.01) < 1e-9)
    #expect(abs(points[10][0] - 1e-3) < 1e-9)
    #expect(data["diverged_at"] == .null)
    // A running mean of 0.9, without the weight of what was before the first.
    #expect(points[0][1] == points[0][2])
    let second = (0.09 * points[0][1] + 0.1 * points[1][1]) / 0.19
    #expect(abs(points[1][2] - second) < 1e-12)
    let wide = try #require(session.data("lr find to=1000 steps=60"))
    #expect(try #require(wide["diverged_at"]?.double) < 1000)
    #expect(try #require(wide["points"]).elements.count < 60)
  }

  @Test("the answer draws the curve and ends in a command")
  func lines() throws {
    let session = SickSessions.session("lr 0.1 cosine; \(setting)")
    let text = session.answer("lr find").text
    let lines = text.split(separator: "\n").map(String.init)
    #expect(lines.count == 17, "\(text)")
    #expect(lines[12].contains("lr 1.0e-6 … "))
    #expect(lines[13].hasSuffix("● loss, smoothed"))
    #expect(lines[14].contains(" on a copy; "))
    #expect(lines[15].hasPrefix("the loss falls fastest at "))
    #expect(lines[16].hasPrefix("try: lr ") && lines[16].hasSuffix(" cosine"))
  }

  @Test("where no rate lowers the loss none is suggested")
  func nothingToSuggest() throws {
    let session = SickSessions.session(setting)
    let data = try #require(session.data("lr find from=1e-9 to=1e-7"))
    #expect(data["suggested"] == .null && data["command"] == .null)
    #expect(
      session.answer("lr find from=1e-9 to=1e-7").text.hasSuffix(
        "\nno rate lowered the loss by more than batches differ, so there is none to suggest"))
  }

  @Test("it is written as a picture, as a table and for programs")
  func files() throws {
    Workplace.enter()
    let session = SickSessions.session(setting)
    #expect(
      session.answer(
        "lr find steps=30 > found.svg; lr find steps=30 > found.csv; lr find steps=30 > found.json"
      ).text == "wrote found.svg\nwrote found.csv\nwrote found.json")
    let svg = try String(contentsOfFile: "found.svg", encoding: .utf8)
    #expect(svg.hasPrefix("<svg xmlns") && svg.contains(">main: loss over learning rate<"))
    #expect(svg.contains(">suggested ") && svg.contains(">learning rate<"))
    let table = try String(contentsOfFile: "found.csv", encoding: .utf8)
    let rows = table.split(whereSeparator: \.isNewline)
    #expect(rows.first == "lr,loss,smoothed" && (21...31).contains(rows.count))
    let json = try String(contentsOfFile: "found.json", encoding: .utf8)
    #expect(json.contains(#""suggested": "#))
  }

  @Test(
    "what it does not take is refused",
    arguments: [
      ("lr find 3", "lr find takes no more words, found 3", []),
      ("lr find gamma=2", "lr has no key gamma", []),
      ("lr find form=2", "lr has no key form; did you mean from?", []),
      ("lr find from=0", "from expects a rate from 1e-12 to 1000, found 0", ["lr find"]),
      ("lr find to=fast", "to expects a rate from 1e-12 to 1000, found fast", ["lr find"]),
      ("lr find from=1 to=0.1", "lr find goes up: to=0.1 is not above from=1", ["lr find"]),
      ("lr find steps=3", "steps expects a whole number from 20 to 10,000, found 3", ["help lr"]),
      ("lr 0.1 > rates.svg", "only lr find has a curve to write", ["lr find > rates.svg"]),
      (
        "lr find", "all 2,410 parameters are frozen; nothing is left to learn",
        ["unfreeze *"]
      ),
    ])
  func refusals(_ command: String, _ message: String, _ offers: [String]) {
    let session = SickSessions.session(setting)
    if offers == ["unfreeze *"] { session.answer("freeze *") }
    let complaint = Complaint(session.answer(command).text)
    #expect(complaint.message == message)
    if !offers.isEmpty { #expect(complaint.offers == offers) }
  }
}
