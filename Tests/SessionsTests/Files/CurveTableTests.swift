import Foundation
import Testing

@testable import Sessions

/// The curves written as numbers.
struct CurveTableTests {
  private func rows(_ file: String) throws -> [[String]] {
    let text = try String(contentsOfFile: file, encoding: .utf8)
    #expect(text.hasSuffix("\r\n"))
    return text.components(separatedBy: "\r\n").dropLast().map { $0.components(separatedBy: ",") }
  }

  @Test("a file alone is one of the loss")
  func fileAlone() throws {
    Workplace.enter()
    let session = Session()
    session.answer("data moons count=50; input 2; add dense 2; train 1")
    #expect(session.answer("plot alone.csv").text == "wrote alone.csv")
    session.answer("plot loss > named.csv")
    #expect(try rows("alone.csv") == rows("named.csv"))
    #expect(session.answer("plot alone.svg").text == "wrote alone.svg")
  }

  @Test("networks are chosen by name, and in a lesson are those that have learned in it")
  func chosen() throws {
    Workplace.enter()
    let session = Session()
    session.answer("data moons count=50; input 2; add dense 2; train 1; fork other; train 1")
    session.answer("plot loss other > chosen.csv")
    #expect(Set(try rows("chosen.csv").dropFirst().map(\.[0])) == ["other"])
    session.answer("plot chosen-too.csv main,other")
    #expect(Set(try rows("chosen-too.csv").dropFirst().map(\.[0])) == ["main", "other"])
    #expect(
      session.answer("plot loss othr > chosen.svg").text.contains(
        "no network is called othr; did you mean other?"))
    session.answer("lesson first", from: .prompt)
    session.answer("data digits; add dense 10; train 1; plot in-lesson.csv", from: .prompt)
    while session.trainer.isRunning { session.trainer.waitForEnd() }
    session.answer("plot in-lesson.csv", from: .prompt)
    #expect(Set(try rows("in-lesson.csv").dropFirst().map(\.[0])) == ["first"])
  }

  @Test("every measured point of every network is a line, to the bit")
  func points() throws {
    Workplace.enter()
    var options = Session.Options()
    options.threads = 1
    let session = Session(options)
    let answer = session.answer(
      """
      data moons count=50; net first; input 2; add dense 2; train 2
      net second; input 2; add dense 4; add dense 2; train 1
      plot loss > points.csv; plot accuracy > shares.csv
      """)
    #expect(answer.outcome == .done, "\(answer.text)")
    #expect(session.finishedRuns.map(\.network) == ["first", "second"])

    var losses = [["network", "step", "loss", "test_loss"]]
    var shares = [["network", "step", "accuracy", "test_accuracy"]]
    for run in session.finishedRuns {
      let points = run.record.points(from: 0)
      let end = try #require(points.last).step + 1
      for step in 0...end {
        let loss = points.first { $0.step == step }.map { "\(Double($0.loss))" }
        let test = run.record.tests.first { $0.step == step }.map { "\(Double($0.loss))" }
        if loss == nil, test == nil { continue }
        losses.append([run.network, "\(step)", loss ?? "", test ?? ""])
      }
      for epoch in run.epochs {
        shares.append([
          run.network, "\(epoch.step)", "\(try #require(epoch.accuracy))",
          "\(try #require(epoch.testAccuracy))",
        ])
      }
    }
    #expect(try rows("points.csv") == losses)
    #expect(try rows("shares.csv") == shares)
    #expect(losses.count > 6 && shares.count == 4)
  }
}
