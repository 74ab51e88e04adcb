import Networks
import Testing
import Training

@testable import Sessions

/// `example`: what networks learn from, in characters.
struct ExampleCommandTests {
  private func session(_ inputs: Tensor, _ targets: Examples.Targets = .none) -> Session {
    let session = Session()
    session.state.data = Dataset(
      name: "own", description: "", train: Examples(inputs: inputs, targets: targets), test: nil)
    return session
  }

  @Test("a digit, the first of all and one by number")
  func digits() {
    let session = Session()
    session.answer("data digits")
    let first = """
      train 0  1×8×8  class 0
            --%%**
            %%@@**@@--
          ::@@..  ##++
          ::%%    ++++
          --++    **++
          ::##    %%==
          ..@@--**%%
            ==%%**
      """
    #expect(session.answer("example").text == first)
    #expect(session.answer("example 0").text == first)
    #expect(session.answer("example train").text == first)
    #expect(session.answer("example 0 train").text == first)
    #expect(session.answer("example train 0").text == first)
    #expect(session.answer("example test 359").text.hasPrefix("test 359  1×8×8  class 8\n"))
  }

  @Test("a curve for each channel, means of long ones, and the rest in a line")
  func series() {
    let values: [Float] = (0..<10).flatMap { channel in
      (0..<144).map { Float(channel == 1 ? 5 : $0) }
    }
    let session = session(Tensor(shape: [1, 10, 144], values: values), .classes([0], names: ["a"]))
    let lines = session.answer("example").text.split(separator: "\n").map(String.init)
    #expect(lines[0] == "train 0  10×144  class a")
    #expect(lines.count == 10 && lines[9] == "  and 2 channels more")
    #expect(lines[1].hasSuffix("▇▇▇▇▇▇▇▇████████"))
    #expect(lines[1].count == 74)
    #expect(lines[2] == "  " + String(repeating: "▄", count: 72))
  }

  @Test("numbers as numbers, with what is to be predicted")
  func features() {
    let values: [Float] = (0..<20).map { Float($0) / 8 }
    let session = session(
      Tensor(shape: [1, 20], values: values),
      .values(Tensor(shape: [1, 2], values: [0.5, -3])))
    #expect(
      session.answer("example").text == """
        train 0  20  target 0.500 -3.00
          0 0.125 0.250 0.375 0.500 0.625 0.750 0.875 1.00 1.13 1.25 1.38 1.50 1.63 1.75 1.88 …
        """)
  }

  @Test("values that are no numbers, or far apart, are drawn too")
  func strangeValues() {
    let greatest = Float.greatestFiniteMagnitude
    let session = session(
      Tensor(shape: [1, 1, 2, 2], values: [.nan, -greatest, greatest, .infinity]))
    #expect(
      session.answer("example").text == """
        train 0  1×2×2
          ??
          @@??
        """)
  }

  @Test("what cannot be shown is refused")
  func refusals() {
    #expect(
      Session().answer("example").text == """
        x:1:1: error[E-STATE]: no data yet
          example
          ^~~~~~~
          try: data digits
          try: data waves
          try: help data
        """)
    let session = Session()
    session.answer("data moons count=5 test=0")
    let cases = [
      (
        "example 5",
        """
        x:1:9: error[E-ARGUMENT]: example expects a whole number from 0 to 4, found 5
          example 5
                  ^
          try: help example
        """
      ),
      (
        "example 1.5",
        """
        x:1:9: error[E-ARGUMENT]: example expects a whole number from 0 to 4, found 1.5
          example 1.5
                  ^~~
          try: help example
        """
      ),
      (
        "example 0 tset",
        """
        x:1:11: error[E-ARGUMENT]: the part expects one of train, test, found tset; did you mean test?
          example 0 tset
                    ^~~~
          try: help example
        """
      ),
      (
        "example 1 2 3",
        """
        x:1:13: error[E-ARGUMENT]: example takes at most 2 words, found 3 words
          example 1 2 3
                      ^
          note: usage: example [N] [train|test] [augment=COUNT]
          try: help example
        """
      ),
    ]
    for (text, answer) in cases { #expect(session.answer(text).text == answer) }
    session.answer("data moons count=5 test=0")
    #expect(
      session.answer("example test").text == """
        x:1:1: error[E-STATE]: moons has no test part
          example test
          ^~~~~~~~~~~~
          try: split 0.8
        """)
  }
}
