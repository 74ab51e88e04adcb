import Testing

@testable import Sessions

/// Whole numbers of layers have a bound, which the code for other frameworks can count on.
struct LargeNumberTests {
  @Test(
    arguments: [
      ("se reduction=1048577", "5", "se1"), ("se reduction=9223372036854775807", "5", "se1"),
      ("se reduction=9223372036854775807 { relu }", "1", "seq1.se1"),
      ("lrn 1048577", "5", "lrn1"), ("lrn 9223372036854775807", "5", "lrn1"),
      ("conv 1048577 3", "5", "conv1"), ("dense 9223372036854775807", "5", "dense1"),
    ])
  func areRefused(block: String, column: String, path: String) {
    let session = Session()
    session.answer("input 8x16x16")
    let text = session.answer("add \(block)").text
    #expect(
      text.split(separator: "\n").first
        == "x:1:\(column): error[E-SHAPE]: \(path): a size would be larger than 1,048,576")
    #expect(session.networkText == "input 8x16x16")
  }

  @Test func theLargestOnesAreTaken() {
    let session = Session()
    session.answer("input 8x16x16; add se reduction=1048576; add lrn 1048576")
    #expect(session.answer("set se1 reduction=1048577").outcome == .failed)
    #expect(
      session.networkText == "input 8x16x16\nadd se reduction=1048576\nadd lrn 1048576")
  }
}
