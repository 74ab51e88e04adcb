import Foundation
import Testing

@testable import Sessions

/// Networks without one block after the other.
struct LesionTests {
  private func session(_ blocks: String) -> Session {
    let session = Session()
    session.answer(
      "data waves count=96 length=16; add conv 4 3; \(blocks); add gap; add dense 4; train 2")
    return session
  }

  @Test("nothing left out is evaluate, to the bit; a block left out is a shortcut alone")
  func whole() throws {
    let session = session("repeat 3 { basicblock 4 }")
    let before = session.state
    session.answer("lesion")
    let shown = session.state.shown
    let check = session.answer(
      "expect shown(whole) == 1 - accuracy(test)\nlet without = shown(rep1.2.res1)")
    #expect(check.outcome == .done, "\(check.text)")
    #expect(!session.state.differs(from: before))
    #expect(
      shown.keys.sorted() == ["median", "rep1.1.res1", "rep1.2.res1", "rep1.3.res1", "whole"])
    // The same by hand: a factor of 0 on the body.
    session.answer("set rep1.2.res1 scale=0")
    let by = session.answer("expect accuracy(test) == 1 - without")
    #expect(by.outcome == .done, "\(by.text)")
  }

  @Test("blocks that change the shape keep their shortcut")
  func projection() {
    let session = session("add basicblock 8 stride=2; add basicblock 8")
    let answer = session.answer("lesion each")
    #expect(answer.outcome == .done)
    #expect(session.state.shown["res1"] != nil && session.state.shown["res2"] != nil)
    #expect(answer.text.contains("\nmedian rise of the error "))
    #expect(answer.text.contains("\n(whole) "))
  }

  @Test("plain networks lose copies, or layers whose shapes allow it")
  func plain() {
    let copies = session("repeat 2 { plainblock 4 }")
    copies.answer("lesion")
    #expect(copies.state.shown.keys.sorted() == ["median", "rep1.1", "rep1.2", "whole"])
    let layers = session("add conv 4 3; add relu")
    layers.answer("lesion")
    #expect(layers.state.shown.keys.sorted() == ["conv2", "median", "whole"])
    let complaint = Complaint(layers.answer("lesion conv1").text)
    #expect(
      complaint.message == "conv1 makes 4×16 of 1×16: the network cannot do without it")
    #expect(complaint.offers == ["lesion", "help lesion"])
  }

  @Test("nothing that could be left out")
  func nothing() {
    let session = Session()
    session.answer("data waves count=96 length=16; add gap; add dense 4")
    let complaint = Complaint(session.answer("lesion").text)
    #expect(
      complaint.message
        == "main has no residual block, and no layer whose output is shaped as its input")
  }

  @Test("untrained networks are told of, files have the figures")
  func files() throws {
    Workplace.enter()
    let session = Session()
    session.answer(
      "data waves count=96 length=16; add conv 4 3; add basicblock 4; add gap; add dense 4")
    let answer = session.answer("lesion > lesion.csv")
    #expect(answer.text == "wrote lesion.csv")
    let lines = try String(contentsOfFile: "lesion.csv", encoding: .utf8).split(separator: "\r\n")
    #expect(lines.first == "without,loss,error,rise" && lines.count == 3)
    #expect(
      session.answer("lesion").text.hasSuffix("\nmain has learned nothing yet: train it first"))
    let data = try #require(session.data("lesion res1"))
    #expect(
      data.members.map(\.key)
        == ["network", "part", "examples", "loss", "error", "median_rise", "blocks"])
  }
}
