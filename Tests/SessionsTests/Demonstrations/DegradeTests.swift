import Foundation
import Testing

@testable import Sessions

/// Plain and residual networks side by side.
struct DegradeTests {
  /// A session with few examples, a network and weights.
  private func session() -> Session {
    let session = Session()
    session.answer("data waves count=64 length=16; add conv 4 3; add gap; add dense 4; train 1")
    return session
  }

  @Test("the table, the conclusion and the figures")
  func table() throws {
    let session = session()
    let answer = session.answer("degrade 4,6 epochs=2 width=4")
    #expect(answer.outcome == .done)
    let lines = answer.text.split(separator: "\n").map(String.init)
    #expect(lines.contains { $0.hasPrefix("4 layers, plain and residual, ") })
    #expect(
      lines.last?.hasSuffix("; networks, data and recipe of the session are as before") == true)
    let head = try #require(lines.firstIndex { $0.hasPrefix("depth  kind") })
    #expect(lines[head + 1].hasPrefix("4      plain"))
    #expect(lines[head + 2].hasPrefix("4      residual"))
    #expect(lines[head + 4].hasPrefix("6      residual"))
    #expect(lines.contains { $0.hasPrefix("depth 6: the train loss of plain is ") })
    #expect(lines.contains { $0.contains("plain 6") && $0.contains("residual 6") })
    let check = session.answer(
      """
      expect shown(plain4.params) == shown(residual4.params)
      expect shown(plain6.params) == shown(residual6.params)
      expect shown(plain6.params) > shown(plain4.params)
      expect shown(plain6.first) > 0
      """)
    #expect(check.outcome == .done, "\(check.text)")
  }

  @Test("20 layers of 16 channels on digits have the parameters that the paper's arithmetic gives")
  func parameters() {
    let session = Session()
    session.answer("data digits")
    let answer = session.answer("degrade 20 epochs=1", from: .prompt)
    #expect(answer.text.contains("42,394 parameters each"))
  }

  @Test("networks, weights, seed, data and settings stay as they are; nothing is left to undo")
  func unchanged() {
    let session = session()
    let before = session.state
    session.answer("degrade 4 epochs=1 width=4 seeds=2", from: .prompt)
    #expect(!session.state.differs(from: before))
    #expect(session.state.networkNames == before.networkNames)
    #expect(session.state.recipe == before.recipe)
    #expect(session.state.current?.weights.version == before.current?.weights.version)
    #expect(session.answer("undo", from: .prompt).text.hasPrefix("undone: train 1"))
  }

  @Test("the same seed shows the same figures, whatever the session learned by")
  func reproducible() {
    let figures = ["", "seed 1; optimizer adam; batch 8; init xavier"].map { settings in
      let session = session()
      session.answer(settings)
      session.answer("degrade 4 epochs=2 width=4")
      return session.state.shown
    }
    #expect(figures[0] == figures[1] && !figures[0].isEmpty)
  }

  @Test("means over seeds, and a line for each network in the table")
  func seeds() throws {
    Workplace.enter()
    let session = session()
    let answer = session.answer("degrade 4 epochs=1 width=4 seeds=3 > degrade.csv")
    #expect(answer.text.contains(" ± "))
    let lines = try String(contentsOfFile: "degrade.csv", encoding: .utf8)
      .split(separator: "\r\n").map(String.init)
    #expect(
      lines.first
        == "depth,kind,seed,parameters,gradient_norm_first,gradient_norm_last,loss,test_loss,test_error,diverged,seconds"
    )
    #expect(lines.count == 7)
    #expect(lines[1].hasPrefix("4,plain,1,") && lines[6].hasPrefix("4,residual,3,"))
  }

  @Test("as a picture and for programs")
  func files() throws {
    Workplace.enter()
    let session = session()
    session.answer("degrade 4, epochs=1 width=4 > degrade.svg")
    let picture = try String(contentsOfFile: "degrade.svg", encoding: .utf8)
    #expect(picture.hasPrefix("<svg") && picture.contains("plain 4"))
    let data = try #require(session.data("degrade 4 epochs=1 width=4"))
    #expect(data.members.map(\.key) == ["networks"])
    #expect(
      data.document.contains(#""depth":4,"kind":"plain","seed":"1","parameters":"#))
  }

  @Test("vectors get dense layers, numbers to predict a test loss")
  func vectors() {
    let session = Session()
    session.answer("data moons count=64")
    let answer = session.answer("degrade 4 epochs=1 width=8")
    #expect(answer.outcome == .done && answer.text.contains("test error"))
  }

  @Test("Ctrl-C keeps what has been trained")
  func interruption() {
    let session = session()
    let before = session.state
    let (interrupt, trainer) = (session.interrupt, session.trainer)
    session.onNews { [weak trainer] in
      if trainer?.progress.map({ $0.step > 40 }) ?? false { interrupt() }
    }
    let answer = session.answer("degrade 4 epochs=10000 width=4; print unreached", from: .prompt)
    session.onNews(nil)
    #expect(answer.outcome == .interrupted)
    #expect(
      answer.text.hasSuffix(
        "error[E-INTERRUPTED]: stopped by Ctrl-C after 0 networks; the session is as before"))
    #expect(session.progress == nil && session.demonstration == nil)
    #expect(!session.state.differs(from: before))
    #expect(session.answer("train 1; print reached").text.hasSuffix("reached"))
  }

  @Test(
    "refusals",
    arguments: [
      ("degrade", "degrade needs depths, such as 8,20", ["degrade 8,20", "help degrade"]),
      (
        "degrade 7", "depths of degrade are even numbers from 4 to 1,202, found 7", ["degrade 8,20"]
      ),
      (
        "degrade 8,x", "depths of degrade are even numbers from 4 to 1,202, found x",
        ["degrade 8,20"]
      ),
      (
        "degrade ,", "depths of degrade are even numbers from 4 to 1,202, found ,", ["degrade 8,20"]
      ),
      (
        "degrade 4 epochs=0", "epochs expects a whole number from 1 to 10,000, found 0",
        ["help degrade"]
      ),
      (
        "degrade 4 seeds=101", "seeds expects a whole number from 1 to 100, found 101",
        ["help degrade"]
      ),
      ("sweep { degrade 4 }", "degrade cannot stand in a sweep", ["help sweep"]),
    ] as [(String, String, [String])])
  func refusals(command: String, message: String, offers: [String]) {
    let session = session()
    let complaint = Complaint(session.answer(command).text)
    #expect(complaint.message == message)
    #expect(complaint.offers == offers)
    #expect(session.demonstration == nil)
  }

  @Test("without data the digits are offered")
  func noData() {
    let complaint = Complaint(Session().answer("degrade 8").text)
    #expect(complaint.message == "degrade trains on data, and there is none yet")
    #expect(complaint.offers == ["data digits; degrade 8"])
    #expect(
      Complaint(Session().answer("degrade").text).offers
        == ["data digits; degrade 8,20", "help degrade"])
  }

  @Test("a demonstration waits for no run")
  func running() {
    let session = session()
    session.answer("train 1000000", from: .prompt)
    let complaint = Complaint(session.answer("degrade 4", from: .prompt).text)
    #expect(complaint.message == "training runs already")
    #expect(complaint.offers == ["stop", "wait"])
    session.answer("stop", from: .prompt)
  }

  @Test("a check trains nothing")
  func check() {
    var options = Session.Options()
    options.checksOnly = true
    let session = Session(options)
    let answer = session.answer("data digits; degrade 8,20; expect shown(plain8.loss) > 0")
    #expect(answer.text.contains("would train 4 networks beside those of the session"))
    #expect(answer.outcome == .done)
  }

  @Test("figures that were not shown")
  func unknownFigures() {
    let session = session()
    var complaint = Complaint(session.answer("expect shown(plain4.loss) > 1").text)
    #expect(complaint.message == "nothing was demonstrated yet, so there is nothing shown")
    #expect(complaint.offers == ["help degrade", "help lesion"])
    session.answer("receptive")
    complaint = Complaint(session.answer("expect shown(fields) > 1").text)
    #expect(
      complaint.message
        == "the last demonstration has no figure fields; it has counted, field, seen; did you mean field?"
    )
  }
}
