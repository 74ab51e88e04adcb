import Foundation
import Testing

@testable import Sessions

/// Checks: shapes through a whole file, and nothing trained, read or written.
struct CheckTests {
  private func check(_ text: String) -> (text: String, outcome: Report.Outcome, session: Session) {
    Workplace.enter()
    var options = Session.Options()
    options.checksOnly = true
    let session = Session(options)
    let answer = session.answer(text)
    return (answer.text, answer.outcome, session)
  }

  @Test("nothing is trained, measured or written")
  func nothingRuns() {
    let (text, outcome, session) = check(
      """
      data moons
      add dense 4; add dense 2
      train 100000 until loss < 0.001
      step 5
      evaluate
      predict > never.safetensors
      save never.esp
      tree > never.txt
      init xavier dense1
      expect accuracy(test) > 0.99
      expect loss(main) < 0.1 and epochs(net) == 7
      if accuracy(test) > 2 { add nothing }
      print $(100 * accuracy(test))
      """)
    #expect(outcome == .done, "\(text)")
    #expect(session.state.current?.weights.parameters.isEmpty == true)
    for name in ["never.safetensors", "never.esp", "never.txt"] {
      #expect(!FileManager.default.fileExists(atPath: name))
    }
    #expect(
      text.hasSuffix(
        """
        would train main
        would train main
        would evaluate main
        would predict 250 examples
        would write never.esp
        would write never.txt
        drew 2 tensors of dense1 anew
        not checked: accuracy(test) > 0.99
        not checked: loss(main) < 0.1 and epochs(net) == 7
        100
        """), "\(text)")
  }

  @Test("what depends on files that are not read is left unchecked")
  func unread() {
    let (text, outcome, _) = check(
      """
      data missing.csv
      add conv 3 3
      train 5
      input 1x8
      add conv 3 3
      train 5
      load missing.safetensors
      add relu
      expect params(net) == 3
      net other
      input 4
      add dense 3
      expect params(net) == 15
      """)
    #expect(outcome == .done)
    #expect(
      text == """
        would read missing.csv
        not checked: this depends on missing.csv
        not checked: this depends on missing.csv
        input 1×8
        conv1  conv 3 3  1×8 → 3×8  12 parameters
        not checked: this depends on missing.csv
        would read missing.safetensors
        not checked: this depends on missing.safetensors
        not checked: this depends on missing.safetensors
        other: a new network
        input 4
        dense1  dense 3  4 → 3  15 parameters
        ok params(net) == 15
        """)
  }

  @Test("mistakes of shapes and names are found, also behind training")
  func mistakes() {
    let (text, outcome, _) = check(
      """
      data digits
      add conv 8 3; add gap; add dense 10
      train 5
      add conv 8 3
      """)
    #expect(outcome == .failed)
    #expect(
      text.hasSuffix(
        """
        x:4:5: error[E-SHAPE]: conv2: conv expects channels × length or channels × height × width, found 10
          add conv 8 3
              ^~~~
          try: add dense 8
        """), "\(text)")
    #expect(check("data digits; add dense 4; train 1").outcome == .failed)
    #expect(check("data digits; add dense 10; train 1 until los < 1").outcome == .failed)
    #expect(check("expect 1 == 2").outcome == .unexpected)
  }
}
