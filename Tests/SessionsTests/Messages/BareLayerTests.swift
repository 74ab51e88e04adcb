import Testing

@testable import Sessions

/// Layers that are typed without `add`.
struct BareLayerTests {
  @Test(
    "layers one after another are added together, behind an input where there is none",
    arguments: [
      ("input 1x16", "conv 8 3; bn; relu", "add conv 8 3; add bn; add relu"),
      ("input 1x16", "conv(8, 3); bn", "add conv 8 3; add bn"),
      ("input 1x16", "bn; relu; tree", "add bn; add relu"),
      ("input 1x16", "conv 8 3; dense", "add conv 8 3"),
      ("seed 1", "conv 8 3", "input 1x64; add conv 8 3"),
      ("seed 1", "conv2d 8 3; relu", "input 3x32x32; add conv2d 8 3; add relu"),
      ("input 1x16", "for i in 1..2 { conv 8 3 }", "for i in 1..2 { add conv 8 3 }"),
    ])
  func offers(first: String, line: String, offer: String) {
    let session = Session()
    session.answer(first)
    let complaint = Complaint(session.answer(line).text)
    #expect(complaint.message.hasSuffix("is a layer; layers are added"))
    #expect(complaint.offers.first == offer)
  }

  @Test(
    "print of a fact alone prints its value",
    arguments: [
      ("print params(net)", "32"),
      ("print(model)", "1×16 → 8×16   32 learnable + 0 running   384 multiply-adds"),
      ("print out(conv1)", "8x16"),
      ("print params(net) parameters", "params net parameters"), ("print area(3)", "area 3"),
      ("print \"params(net)\"", "params(net)"),
    ])
  func prints(line: String, answer: String) {
    let session = Session()
    session.answer("input 1x16; add conv 8 3")
    #expect(session.answer(line).text.split(separator: "\n").last.map(String.init) == answer)
  }
}
