import Testing

@testable import Sessions

/// Words and blocks set apart by commas.
struct CommaRepairTests {
  @Test(
    "a line with commas leads to the one without, where that works",
    arguments: [
      ("add conv 8, 3", "add conv 8 3"),
      ("add repeat 2 {conv 4 3, relu}", "add repeat 2 {conv 4 3; relu}"),
      ("add residual { conv 4 3, bn, relu }", "add residual { conv 4 3; bn; relu }"),
      ("add block(8, 3), relu", nil), ("add conv 8, 3; tree", nil), ("add conv 8,3x", nil),
      ("add conv 8, 3, 99x", nil), ("for i in 1..2 { add conv 8, 3 }", nil),
      ("add conv 8, 3 # \(String(repeating: "-", count: 500))", nil),
    ])
  func offers(typed: String, offer: String?) {
    let session = Session()
    session.answer("input 4x16; def block c k { conv $c $k }")
    let complaint = Complaint(session.answer(typed).text)
    if let offer {
      #expect(complaint.offers.first == offer)
    } else {
      let bare = typed.replacing(", ", with: " ")
      #expect(!complaint.offers.contains(bare) && !complaint.offers.isEmpty)
    }
    #expect(session.state.current?.network.paths == [])
  }

  @Test(
    "commas in parentheses, quotes and words stay",
    arguments: [
      ("print \"a, b\", c", "print \"a, b\" c"), ("degrade 8,20", nil), ("add f(8, 3)", nil),
      ("set a, { b, c }", "set a { b; c }"), ("tree,", "tree"), ("tree, ; tree", nil),
      ("if yes { add a, b }", nil),
    ])
  func text(typed: String, repaired: String?) {
    #expect(CommaRepair.text(of: typed) == repaired)
  }
}
