import Testing

@testable import Sessions

/// Layers typed the way PyTorch has them, inputs first, lead on to what is typed here.
@Suite struct PyTorchCallTests {
  @Test(arguments: [
    ("conv2d(3, 64, 7)", "add conv2d 64 7"), ("add conv2d(3, 64, 7)", "add conv2d 64 7"),
    ("add conv2d 3 64 7 stride=2", "add conv2d 64 7 stride=2"),
    ("conv2d(3, 64, 7, stride=2)", "add conv2d 64 7 stride=2"),
    ("add dense(3072, 10)", "add dense 10"),
  ])
  func leadsOn(typed: String, offer: String) {
    let live = Session()
    _ = live.answer("input 3x32x32")
    let answer = live.answer(typed, from: .prompt).text
    #expect(answer.contains("\n  try: \(offer)\n"), "\(answer)")
    #expect(live.answer(offer, from: .prompt).outcome == .done)
  }

  @Test func otherNumbersAreLeftAlone() {
    let live = Session()
    _ = live.answer("input 3x32x32")
    #expect(!live.answer("add conv2d(4, 64, 7)", from: .prompt).text.contains("add conv2d 64"))
  }
}
