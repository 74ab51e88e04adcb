import Terminal
import Testing

/// Where vi's `e`, `w`, `E`, `W` and `%` go.
@Suite struct ViMotionTests {
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
    let motions = ViMotions(line)
    for (isBig, expected) in [(false, small), (true, big)] {
      var offset = 0
      for end in expected {
        offset = motions.wordEnd(after: offset, isBig: isBig)
        #expect(offset == end, "\(line.debugDescription), \(isBig)")
      }
    }
  }

  @Test(arguments: [
    ("add conv-1 3", [4, 8, 9, 11, 12, 12], [4, 11, 12, 12]),
    ("", [0], [0]),
    ("  a", [2, 3, 3], [2, 3]),
    ("a  ", [3, 3], [3, 3]),
    ("ab \u{5BC}", [5, 5], [5, 5]),
    ("ab \u{5BC}c\u{301}", [5, 8, 8], [5, 8]),
  ])
  func beginningsOfWords(line: String, small: [Int], big: [Int]) {
    let motions = ViMotions(line)
    for (isBig, expected) in [(false, small), (true, big)] {
      var offset = 0
      for start in expected {
        offset = motions.wordStart(after: offset, isBig: isBig)
        #expect(offset == start, "\(line.debugDescription), \(isBig)")
      }
    }
  }

  @Test(arguments: [
    ("a (b [c] d) e", 0, 10 as Int?), ("a (b [c] d) e", 5, 7), ("a (b [c] d) e", 7, 5),
    ("a (b [c] d) e", 10, 2), ("a (b [c] d) e", 11, nil), ("", 0, nil), ("(é\u{301}", 0, nil),
    ("\u{5BC}{é}", 0, 5), (")(", 0, nil), ("((a)", 0, nil), ("((a)", 1, 3),
  ])
  func brackets(line: String, offset: Int, expected: Int?) {
    #expect(ViMotions(line).match(from: offset) == expected)
  }
}
