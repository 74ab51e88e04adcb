import Foundation
import Networks
import Testing

@testable import Sessions

/// Gradients along lines of inputs.
struct ShatterTests {
  @Test("deep plain networks shatter, residual ones do not")
  func depth() {
    let session = Session()
    let answer = session.answer("shatter 2,24 seeds=2")
    #expect(answer.outcome == .done, "\(answer.text)")
    #expect(
      answer.text.hasSuffix(
        "\ncorrelation near 1: neighbouring inputs have like gradients; near 0: they are as noise"))
    let shown = session.state.shown
    #expect(shown.keys.sorted() == ["plain2", "plain24", "residual2", "residual24"])
    #expect((shown["plain24"] ?? 1) < 0.3)
    #expect((shown["residual24"] ?? 0) > 0.5)
    #expect((shown["plain2"] ?? 0) > 0.7)
    #expect(session.state.networkNames.isEmpty)
  }

  @Test("correlation of neighbours")
  func correlation() {
    let smooth = (0..<256).map { Float($0) }
    #expect(
      GradientLine(gradients: Tensor(shape: [256, 1], values: smooth), way: [1]).correlation > 0.97)
    let rough = (0..<256).map { $0 % 2 == 0 ? Float(1) : -1 }
    let line = GradientLine(gradients: Tensor(shape: [256, 1], values: rough), way: [2])
    #expect(line.correlation < -0.97)
    #expect(line.series.prefix(2) == [2, -2])
    #expect(
      GradientLine(gradients: Tensor(shape: [256, 1], values: smooth), way: [1])
        .picture(columns: 8, .unicode) == "▁▂▃▄▅▆▇█")
    let constant = Tensor(shape: [256, 1], values: [Float](repeating: 3, count: 256))
    #expect(GradientLine(gradients: constant, way: [1]).correlation == 1)
  }

  @Test("the network at hand as it is, and files")
  func own() throws {
    Workplace.enter()
    let session = Session()
    session.answer(
      "data waves count=64 length=16; add conv 4 3; add relu; add gap; add dense 4; train 1")
    let before = session.state
    let answer = session.answer("shatter seeds=1 > shatter.csv")
    #expect(answer.text == "wrote shatter.csv")
    #expect(
      session.answer("shatter seeds=1").text.hasPrefix(
        "network  correlation  gradient along the line\nmain "))
    #expect(session.state.shown["net"] != nil)
    #expect(!session.state.differs(from: before))
    let lines = try String(contentsOfFile: "shatter.csv", encoding: .utf8).split(separator: "\r\n")
    #expect(lines.first == "network,line,correlation,place,gradient" && lines.count == 257)
    let data = try #require(session.data("shatter seeds=1"))
    #expect(data.members.map(\.key) == ["networks"])
  }

  @Test("refusals")
  func refusals() {
    let session = Session()
    #expect(
      Complaint(session.answer("shatter 0").text).message
        == "depths of shatter are whole numbers from 1 to 1,000, found 0")
    session.answer("input 4; add relu")
    let complaint = Complaint(session.answer("shatter").text)
    #expect(complaint.message == "main has no parameters, so there is nothing to look at")
    #expect(complaint.offers == ["shatter 2,10,50"])
  }
}
