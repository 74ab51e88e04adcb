import Testing

@testable import Sessions

/// Edits of networks so large that what an edit does to the loss is tried out on a part of the batch.
struct TrialBatchTests {
  private let session = Session(Session.Options())

  /// A network of 103 million multiply-adds for an example of a batch of five.
  private func begin() {
    session.answer(
      """
      data digits; batch 5; optimizer sgd lr=0.001
      add conv 128 1; add conv 256 7; add gap; add dense 10
      """)
  }

  private func answer(to line: String) -> String {
    session.answer(line, from: .prompt).text.replacing(
      #/loss [0-9.e-]+ → [0-9.e-]+/#, with: "loss #")
  }

  @Test("an answer says on how many examples the losses were measured")
  func inARun() {
    begin()
    session.answer("train 1000000", from: .prompt)
    session.answer("pause", from: .prompt)
    session.answer("step 1", from: .prompt)
    #expect(
      answer(to: "insert relu after conv1") == """
        relu1  relu  128×8×8 → 128×8×8
        kept 6 tensors; loss # on 4 examples
        """)
    #expect(
      answer(to: "undo") == """
        undone: insert relu after conv1
        1×8×8 → 10, 1,608,714 parameters
        kept 6 tensors; loss # on 4 examples
        """)
    session.answer("stop", from: .prompt)
  }

  @Test("so does one about a network at rest")
  func atRest() {
    begin()
    session.answer("step 1")
    #expect(
      answer(to: "insert relu after conv1") == """
        relu1  relu  128×8×8 → 128×8×8
        kept 6 tensors; loss # on 4 examples
        """)
    session.answer("batch 4")
    #expect(
      answer(to: "remove relu1") == """
        removed relu1; 1×8×8 → 10, 1,608,714 parameters
        kept 6 tensors; loss #
        """)
  }
}
