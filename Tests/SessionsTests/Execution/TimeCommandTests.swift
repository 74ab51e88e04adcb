import Testing

@testable import Sessions

/// `time`: how long commands take, once or several times.
struct TimeCommandTests {
  @Test("once it tells one time, several times the median, the least and the most")
  func answers() {
    let session = Session()
    let once = session.answer("time print a").text.split(separator: "\n").map(String.init)
    #expect(once[0] == "a")
    #expect(once[1].wholeMatch(of: /took [0-9.e-]+ s/) != nil, "\(once)")
    let text = session.answer("time 3 { print a; print b }").text
    let lines = text.split(separator: "\n").map(String.init)
    #expect(lines.dropLast() == ["a", "b", "a", "b", "a", "b"])
    #expect(
      lines[6].wholeMatch(of: /took [0-9.e-]+ s, the median of 3: [0-9.e-]+ to [0-9.e-]+ s/) != nil,
      "\(lines)")
  }

  @Test("how often may be a variable; each run goes on from the one before")
  func variable() {
    let session = Session()
    session.answer("let n = 3; input 4; time $n add dense 4")
    #expect(session.answer("expect blocks(net) == 3").outcome == .done)
    session.answer("time $(n - 1) { add relu }")
    #expect(session.answer("expect blocks(net) == 5").outcome == .done)
  }

  @Test(
    "what is no number, or no command, is refused",
    arguments: [
      (
        "time",
        """
        error[E-ARGUMENT]: time needs a command
          time
              ^
          try: time tree
        """
      ),
      (
        "time 5",
        """
        error[E-ARGUMENT]: time needs a command
          time 5
                ^
          try: time tree
        """
      ),
      (
        "time 0 tree",
        """
        error[E-ARGUMENT]: time expects a whole number from 1 to 1,000,000, found 0
          time 0 tree
               ^
          try: help time
        """
      ),
      (
        "time 3x tree",
        """
        error[E-ARGUMENT]: time expects a whole number from 1 to 1,000,000, found 3x
          time 3x tree
               ^~
          try: help time
        """
      ),
    ])
  func refusals(command: String, text: String) {
    let session = Session()
    session.answer("input 4")
    #expect(session.answer(command, from: .prompt).text == text)
  }
}
