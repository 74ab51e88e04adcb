import Foundation
import Testing

@testable import Sessions

/// `loss bce` where targets are numbers: a label for each output.
struct MultiLabelCommandTests {
  /// A table whose labels say whether x, y and both are above 0.
  private func session(_ text: String, labels: String = "a,b,c") throws -> Session {
    Workplace.enter()
    var rows = "x,y,\(labels)\n"
    for index in 0..<80 {
      let (x, y) = (index * 37 % 79 - 40, index * 53 % 79 - 40)
      let known = [
        "a": x > 0 ? 1 : 0, "b": y > 0 ? 1 : 0, "c": x > 0 && y > 0 ? 1 : 0, "d": index % 3,
      ]
      let values = labels.split(separator: ",").map { "\(known[String($0)] ?? 0)" }
      rows += "\(Double(x) / 20),\(Double(y) / 20),\(values.joined(separator: ","))\n"
    }
    let name = "labels-\(labels.replacing(",", with: "")).csv"
    try rows.write(toFile: name, atomically: true, encoding: .utf8)
    var options = Session.Options()
    options.threads = 1
    let session = Session(options)
    session.answer("data \(name) targets=\(labels); split 0.75; \(text)")
    return session
  }

  @Test("labels are learned; accuracy is that of single labels")
  func learns() throws {
    let session = try session(
      "add dense 12 act=relu; add dense 3; loss bce; optimizer adam lr=0.03; train 60 best=test.accuracy"
    )
    let text = session.answer("evaluate").text
    #expect(
      text.wholeMatch(
        of:
          #/train  loss [0-9.]+  accuracy [0-9.]+ %  all labels right [0-9.]+ %  F1 [0-9.]+ % macro, [0-9.]+ % micro  60 examples\ntest   loss [0-9.]+  accuracy [0-9.]+ %  all labels right [0-9.]+ %  F1 [0-9.]+ % macro, [0-9.]+ % micro  20 examples/#
      ) != nil, "\(text)")
    #expect(session.answer("expect accuracy(test) > 0.85").outcome == .done)
    #expect(session.answer("expect f1(test) > 0.5 and precision(train) > 0.5").outcome == .done)
    #expect(
      session.answer("mistakes; train 2 until accuracy(test) > 0.5 and f1(test) > 0.1").outcome
        == .done)
    let complaint = Complaint(session.answer("expect mae(test) < 1").text)
    #expect(
      complaint.message == "labels have no mae: accuracy, precision, recall and f1 are for those")
    #expect(complaint.offers == ["expect f1(test) < 1"])
  }

  @Test("without a network that was trained the loss is ln 2 for scores of 0")
  func zero() throws {
    let session = try session("add dense 3 bias=no; init normal 0; loss bce")
    #expect(session.answer("print $(loss(train))").text.hasPrefix("0.693147"))
  }

  @Test(
    "what is no label, or comes in the way",
    arguments: [
      (
        "a,d", "add dense 2; loss bce",
        "bce takes labels from 0 to 1 as targets, the data has 2", ["loss l2", "loss auto"]
      ),
      (
        "a,b", "add dense 2 act=sigmoid; loss bce",
        "dense1 ends in a sigmoid, which bce has in it: it takes the score before",
        ["set dense1 act=none"]
      ),
      (
        "a,b,c", "add dense 2; loss bce",
        "the data has targets of 3, the network's output is 2",
        ["set dense1 units=3", "add dense 3"]
      ),
      (
        "a,b", "add dense 2; loss bce smoothing=0.1",
        "smoothing is for cross_entropy, the loss is bce", ["loss cross_entropy smoothing=0.1"]
      ),
    ] as [(String, String, String, [String])])
  func refusals(labels: String, text: String, message: String, offers: [String]) throws {
    let session = try session("print begun", labels: labels)
    let complaint = Complaint(session.answer(text).text + "\n" + session.answer("train 1").text)
    #expect(complaint.message == message)
    #expect(complaint.offers == offers)
  }

  @Test("mixup mixes labels that are numbers")
  func mixup() throws {
    let session = try session("add dense 3; loss bce; batch mixup=0.2")
    #expect(session.answer("train 1").outcome == .done)
  }
}
