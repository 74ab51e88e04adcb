import Testing

@testable import Sessions

/// What is offered where sums of bare residual bodies have made the loss infinite, and that it helps.
struct DivergenceOfferTests {
  @Test func bodiesThatAreSilentAtFirstLearn() throws {
    let session = Session()
    session.answer(
      """
      data digits; seed 1; batch 64; optimizer sgd lr=0.1; init he; threads 1
      add conv 8 3; repeat 20 { residual { conv 8 3; relu; conv 8 3 } }; add gap; add dense 10
      """)
    let diverged = session.answer("train 1")
    #expect(diverged.outcome == .failed)
    let offer = "wrap rezero each rep1.*.res1; init he"
    #expect(diverged.text.contains("try: \(offer)"), "\(diverged.text)")
    #expect(session.answer(offer).outcome == .done)
    #expect(session.answer("train 1; expect loss(train) < 2.4").outcome == .done)
  }
}
