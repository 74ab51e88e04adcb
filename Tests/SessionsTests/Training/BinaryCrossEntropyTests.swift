import Testing

@testable import Sessions

/// One output for two classes, and losses that have the last function in them.
struct BinaryCrossEntropyTests {
  private func session(_ text: String) -> (session: Session, answer: String) {
    Workplace.enter()
    var options = Session.Options()
    options.threads = 1
    let session = Session(options)
    return (session, session.answer(text).text)
  }

  @Test("one output learns two classes by bce, and predicts by the sign of its score")
  func learns() {
    let (session, _) = session(
      "data moons count=200 noise=0.1; add dense 16 act=relu; add dense 1; loss bce; "
        + "optimizer adam lr=0.02; train 60")
    #expect(session.answer("expect accuracy(test) > 0.9").outcome == .done)
    let rows = session.answer("predict").text.split(separator: "\n").dropFirst()
    #expect(rows.contains { $0.contains("upper") } && rows.contains { $0.contains("lower") })
  }

  @Test(
    "what comes in the way leads on",
    arguments: [
      (
        "data moons; add dense 1",
        "error[E-SHAPE]: the data has 2 classes, the network 1 outputs",
        ["set dense1 units=2", "add dense 2", "loss bce"]
      ),
      (
        "data moons; add dense 1 act=sigmoid",
        "error[E-SHAPE]: the data has 2 classes, the network 1 outputs",
        ["set dense1 units=2", "add dense 2", "set dense1 act=none; loss bce"]
      ),
      (
        "data moons; add dense 1 act=sigmoid; loss bce",
        "error[E-STATE]: dense1 ends in a sigmoid, which bce has in it: it takes the score before",
        ["set dense1 act=none"]
      ),
      (
        "data moons; add seq { dense 1; sigmoid }; loss bce",
        "error[E-STATE]: seq1.sigmoid1 ends in a sigmoid, which bce has in it: it takes the score before",
        ["remove seq1.sigmoid1"]
      ),
      (
        "data moons; add dense 2; loss bce",
        "error[E-SHAPE]: bce takes one output, the network has 2", ["loss cross_entropy"]
      ),
      (
        "data digits; add flatten; add dense 1; loss bce",
        "error[E-STATE]: bce tells two classes apart, the data has 10", ["loss cross_entropy"]
      ),
    ])
  func leadsOn(statements: String, message: String, offers: [String]) {
    let (session, _) = session(statements)
    let text = session.answer("train 1").text
    #expect(text.contains(message), "\(text)")
    #expect(
      text.split(separator: "\n").compactMap { line in
        line.firstRange(of: "  try: ").map { String(line[$0.upperBound...]) }
      } == offers, "\(text)")
    if let last = offers.last, last.contains("act=none") || last.hasPrefix("remove") {
      #expect(session.answer(last + "; train 1").outcome == .done)
    }
  }

  @Test(
    "other frameworks' words for losses",
    arguments: [
      ("BCEWithLogitsLoss", "bce"), ("binary_cross_entropy", "bce"),
      ("CrossEntropyLoss", "cross_entropy"), ("smooth_l1", "huber"), ("mae", "l1"),
      ("auto", "auto"), ("bce", "bce"),
    ])
  func aliases(word: String, name: String) {
    #expect(session("loss \(word)").answer == "loss \(name)")
  }

  @Test("cross entropy behind a softmax is told of when training begins")
  func softmax() {
    let (live, text) = session("data digits; add flatten; add dense 10 act=softmax; train 1")
    #expect(
      text.contains(
        "note: dense1 ends in softmax, which cross_entropy has in it: "
          + "the loss stays above 1.46; set dense1 act=none"), "\(text)")
    #expect(!live.answer("set dense1 act=none; train 1").text.contains("note:"))
    #expect(
      session("data digits; add flatten; add dense 10; add softmax; train 1").answer.contains(
        "note: softmax1 ends in softmax, which cross_entropy has in it: "
          + "the loss stays above 1.46; remove softmax1"))
  }
}
