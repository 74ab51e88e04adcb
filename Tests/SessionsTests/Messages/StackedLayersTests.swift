import Testing

@testable import Sessions

/// Layers one after another, which PyTorch asks a recurrent layer for by a number, are a repeat.
@Suite struct StackedLayersTests {
  private static let repeats: [(typed: String, offer: String)] = [
    ("add lstm 8 layers=2", "add repeat 2 { lstm 8 }"),
    ("add gru 8 num_layers=3 bias=no", "add repeat 3 { gru 8 bias=no }"),
    (
      "add gru 8 directions=2 layers=2 name=memory",
      "add repeat 2 name=memory { gru 8 directions=2 }"
    ),
    ("add lstm 8 layers=2 return=last", "add seq { lstm 8; lstm 8 return=last }"),
    ("add lstm 8 return=last layers=3", "add seq { repeat 2 { lstm 8 }; lstm 8 return=last }"),
    ("add lstm 8 layers=1 return=last", "add lstm 8 return=last"),
    ("residual { lstm 3 layers=2 }", "residual { repeat 2 { lstm 3 } }"),
  ]

  @Test("it is told, and the repeat is offered and works", arguments: repeats)
  func leads(typed: String, offer: String) {
    let session = Session()
    session.answer("input 3x6")
    let complaint = Complaint(session.answer(typed).text)
    let kind = typed.contains("gru") ? "gru" : "lstm"
    let key = typed.contains("num_layers") ? "num_layers" : "layers"
    #expect(
      complaint.message == "\(kind) has no key \(key); layers one after another are a repeat")
    #expect(complaint.offers == [offer])
    #expect(session.answer(offer).outcome == .done)
  }

  @Test("the repeat has the parameters of PyTorch's layers")
  func counts() {
    let session = Session()
    session.answer("input 3x6; add repeat 2 { lstm 8 }")
    #expect(
      session.state.current?.network.learnableCount
        == 4 * 8 * (3 + 8 + 2) + 4 * 8 * (8 + 8 + 2))
  }

  @Test(
    "other keys, kinds and numbers are refused as before",
    arguments: [
      "add lstm 8 layers=0", "add lstm 8 layers=many", "add conv 8 3 layers=2", "add gru 8 depth=2",
    ])
  func others(typed: String) {
    let session = Session()
    session.answer("input 3x6")
    let words = typed.split(separator: " ")
    let key = words.last.map { $0.prefix { $0 != "=" } } ?? ""
    let message = Complaint(session.answer(typed).text).message
    #expect(message == "\(words[1]) has no key \(key)")
  }
}
