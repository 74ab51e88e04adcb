import Terminal
import Testing

/// Where vi's `e` and `E` go.
@Suite struct WordEndTests {
  @Test(arguments: [
    ("add conv-1 3", [2, 7, 8, 9, 11, 11], [2, 9, 11, 11]),
    ("a", [0, 0], [0, 0]),
    ("", [0], [0]),
    ("a  ", [2, 2], [2, 2]),
    ("  a_1 ", [4, 5, 5], [4, 5, 5]),
    ("né é\u{301}", [1, 4, 4], [1, 4, 4]),
    ("ab \u{5BC}", [1, 2, 2], [1, 2, 2]),
    ("ab\u{301}\u{301} c", [1, 7, 7], [1, 7, 7]),
    ("x👨‍👩‍👧 y", [1, 20, 20], [1, 20]),
  ])
  func endsOfWords(line: String, small: [Int], big: [Int]) {
    for (isBig, expected) in [(false, small), (true, big)] {
      var offset = 0
      for end in expected {
        offset = WordEnd.offset(in: line, after: offset, isBig: isBig)
        #expect(offset == end, "\(line.debugDescription), \(isBig)")
      }
    }
  }
}
