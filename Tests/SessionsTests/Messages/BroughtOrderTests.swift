import Testing

@testable import Sessions

/// Names of layers from elsewhere, and words in another order, lead to what is typed here.
@Suite struct BroughtOrderTests {
  private static let guesses: [(typed: String, message: String, offer: String)] = [
    (
      "add convolution 8 3", "no layer or block is called convolution; did you mean conv?",
      "add conv 8 3"
    ),
    (
      "add pooling", "no layer or block is called pooling; did you mean maxpool?", "add maxpool"
    ),
    (
      "add normalization", "no layer or block is called normalization; did you mean bn?", "add bn"
    ),
    ("add fc 3", "no layer or block is called fc; did you mean dense?", "add dense 3"),
    (
      "add conv 8 3 2", "conv takes at most 2 words without a key", "add conv 8 3 stride=2"
    ),
    (
      "insert before conv1 conv 1 3 stride=1",
      "insert takes its place last: before PATH or after PATH",
      "insert conv 1 3 stride=1 before conv1"
    ),
    (
      "unwrap rep1.1",
      "rep1.1 has its place in the block around it; edit that block or what is inside",
      "unwrap rep1.1.res1"
    ),
  ]

  @Test("each leads to what is typed here", arguments: guesses)
  func leads(typed: String, message: String, offer: String) {
    let session = Session()
    session.answer("input 1x8x8; add conv 8 3; repeat 2 { residual { conv 8 3 } }")
    let complaint = Complaint(session.answer(typed).text)
    #expect(complaint.message == message)
    #expect(complaint.offers.first == offer)
  }
}

/// What is typed with one thing missing that the program can add.
@Suite struct MissingPartTests {
  @Test(
    "the whole is offered",
    arguments: [
      ("repeat 2 conv 8 3", "repeat 2 { conv 8 3 }"),
      ("residual conv 10 3", "residual { conv 10 3 }"),
      ("wrap residual conv*", "wrap residual each conv*"),
      ("remove rep1.relu1", "remove rep1.1.relu1"),
    ])
  func offers(typed: String, whole: String) {
    let session = Session()
    session.answer("input 10x64; add conv 10 3; add conv 10 3; repeat 2 { conv 10 3; relu }")
    let complaint = Complaint(session.answer(typed).text)
    #expect(complaint.offers.first == whole, "\(session.answer(typed).text)")
    #expect(session.answer(whole).outcome == .done)
  }

  @Test("a number behind the rule is its learning rate")
  func rate() {
    let session = Session()
    #expect(
      session.answer("optimizer adam 0.003").text
        == "optimizer adam lr=0.003 beta1=0.9 beta2=0.999 eps=1e-08 wd=0")
    #expect(
      Complaint(session.answer("optimizer adam 0.003 lr=0.1").text).message
        == "optimizer was given lr twice")
    #expect(
      Complaint(session.answer("optimizer adam fast").text).message
        == "lr expects a number from 0 to 1000, found fast")
  }
}
