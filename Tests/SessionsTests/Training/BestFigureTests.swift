import Foundation
import Networks
import Testing
import Training

@testable import Sessions

/// `best=` with figures that are measured after each epoch.
@Suite struct BestFigureTests {
  @Test("the names of figures are read as they are written, each another")
  func names() {
    let all = Watch.Measure.all
    #expect(Set(all.map(\.rawValue)).count == all.count)
    for measure in all { #expect(Watch.Measure(rawValue: measure.rawValue) == measure) }
    #expect(
      Watch.Measure.usual.map(\.rawValue)
        == ["train.loss", "train.accuracy", "test.loss", "test.accuracy"])
    #expect(Watch.Measure(rawValue: "test.iou") == .metric(.iou, .test))
    #expect(Watch.Measure(rawValue: "iou") == nil)
    let less = all.filter { !$0.prefersMore }.map(\.rawValue)
    #expect(
      less == [
        "train.loss", "test.loss", "train.bits", "train.mae", "train.rmse", "test.bits", "test.mae",
        "test.rmse",
      ])
  }

  @Test(
    "the best weights by a metric are back, and measure what is said",
    arguments: [
      (
        "data shapes size=16 count=60; add conv 8 3; add relu; add conv 4 1", "test.iou",
        "IoU ([0-9.]+ %)"
      ),
      (
        "data waves target=clean count=60; add conv 4 3; add relu; add conv 1 3", "test.psnr",
        "PSNR ([0-9.]+ dB)"
      ),
      (
        "data text characters=10000 length=16; add embedding 44 8; add conv 44 1", "test.bits",
        "([0-9.]+) bits a character"
      ),
    ])
  func putsBack(setup: String, figure: String, measured: String) throws {
    let session = Session()
    session.answer("seed 2; \(setup); optimizer adam lr=0.05")
    let line = try #require(
      session.answer("train 6 best=\(figure)").text.split(separator: "\n").last)
    let pattern = try Regex(
      "; best \(figure) ([0-9.e-]+( %| dB)?) in epoch [0-9]+, whose weights are back")
    let said = try #require(line.firstMatch(of: pattern)?[1].substring, "\(line)")
    let evaluated = session.answer("evaluate test").text
    let found = try #require(
      evaluated.firstMatch(of: Regex(measured))?[1].substring, "\(evaluated)")
    #expect(said == found, "\(line)\n\(evaluated)")
  }

  @Test("patience follows the metric")
  func patience() {
    let session = Session()
    session.answer("data digits; add gap; add dense 10; lr 0")
    #expect(
      session.answer("train 9 patience=2 best=test.f1").text.hasSuffix(
        "whose weights are back; no better for 2 epochs"))
  }

  @Test(
    "figures that the data does not have are refused, with one that it has",
    arguments: [
      (
        "data digits; add gap; add dense 10", "train 5 best=test.psnr",
        "psnr compares numbers, the targets of digits are classes: accuracy, balanced and f1 are for those",
        "train 5 best=test.accuracy"
      ),
      (
        "data waves target=clean count=9; add conv 1 3", "train 5 best=train.iou",
        "iou compares classes, the targets of waves are numbers: mae, rmse, r2 and psnr are for those",
        "train 5 best=train.r2"
      ),
      (
        "data digits; add gap; add dense 10", "train 5 best=test.iuo",
        "best expects train.loss, train.accuracy, test.loss, test.accuracy, or a metric such as test.f1, found test.iuo; did you mean test.iou?",
        "train 5 best=test.iou"
      ),
      (
        "data csv best.csv; add dense 2", "train 5 best=test.f1", "the data has no test part",
        "split 0.8"
      ),
    ])
  func refuses(setup: String, typed: String, message: String, offer: String) throws {
    Workplace.enter()
    let rows = (1...20).map { "\($0),\($0 % 7),\($0 % 2 == 0 ? "even" : "odd")\n" }
    try ("a,b,class\n" + rows.joined()).write(
      toFile: "best.csv", atomically: true, encoding: .utf8)
    let session = Session()
    session.answer(setup)
    let complaint = Complaint(session.answer(typed).text)
    #expect(complaint.message == message)
    #expect(complaint.offers.first == offer)
  }
}
