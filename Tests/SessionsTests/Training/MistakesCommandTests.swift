import Networks
import Testing
import Training

@testable import Sessions

/// `mistakes`: what a network gets most wrong, drawn.
struct MistakesCommandTests {
  @Test("classes that are taken for others, the highest loss first")
  func classes() {
    let scores: [[Float]] = [[3, 0], [2, 0], [0, 1], [0, 4], [1, 0]]
    let session = Session.scored(
      (scores, .classes([0, 1, 0, 0, 1], names: ["cat", "dog"])))
    let text = """
      4 of 5 train examples are wrong
      train 3  class cat at 1.8 %  taken for dog at 98.2 %  loss 4.018
        0 4.00
      train 1  class dog at 11.9 %  taken for cat at 88.1 %  loss 2.127
        2.00 0
      """
    #expect(session.answer("mistakes 2").text == text)
    #expect(session.answer("mistakes train 2").text == text)
    #expect(session.answer("mistakes 2 train").text == text)
    #expect(session.answer("mistakes").text.split(separator: "\n").count == 7)
    #expect(
      session.data("mistakes 1")?.line.replacing(#/(\.[0-9]{6})[0-9]+/#) { $0.1 }
        == #"{"network":"main","part":"train","examples":5,"wrong":4,"shape":[2],"mistakes":[{"example":3,"target":"cat","target_share":0.017986,"predicted":"dog","predicted_share":0.982013,"loss":4.018149,"outputs":[0.0,4.0],"values":[0.0,4.0]}]}"#
    )
  }

  @Test("numbers by their error")
  func numbers() {
    let targets = Tensor(shape: [3, 1], values: [1, 2, 3])
    let session = Session.scored(([[1], [0], [2.5]], .values(targets)))
    #expect(
      session.answer("mistakes 2").text == """
        train 1  target 2.00  predicted 0  loss 2.000
          0
        train 2  target 3.00  predicted 2.50  loss 0.1250
          2.50
        """)
    #expect(
      session.data("mistakes 1")?.line
        == #"{"network":"main","part":"train","examples":3,"wrong":null,"shape":[1],"mistakes":[{"example":1,"target":[2.0],"loss":2.0,"outputs":[0.0],"values":[0.0]}]}"#
    )
  }

  @Test("where all is right there is nothing to show")
  func nothing() {
    let session = Session.scored(
      Session.confused([[2, 0], [0, 2]], names: ["a", "b"]),
      test: ([[2, 1]], .classes([0], names: ["a", "b"])))
    #expect(session.answer("mistakes train").text == "none of 4 train examples is wrong")
    #expect(session.answer("mistakes").text == "none of 1 test example is wrong")
    let one = Session.scored(Session.confused([[2, 0], [1, 2]], names: ["a", "b"]))
    #expect(one.answer("mistakes").text.hasPrefix("1 of 5 train examples is wrong\n"))
  }

  @Test("outputs that are no numbers are taken for no class, and come first")
  func noNumbers() {
    let session = Session.scored(([[1, 0], [.nan, 0]], .classes([1, 1], names: ["a", "b"])))
    #expect(
      session.answer("mistakes").text == """
        2 of 2 train examples are wrong
        train 1  class b at nan %  taken for none  loss nan
          nan 0
        train 0  class b at 26.9 %  taken for a at 73.1 %  loss 1.313
          1.00 0
        """)
  }

  @Test("digits are drawn as by example")
  func digits() {
    let session = Session()
    session.answer("seed 1; threads 1; data digits; add flatten; add dense 10")
    let lines = session.answer("mistakes 1").text.split(separator: "\n").map(String.init)
    let number = lines[1].split(separator: " ")[1]
    let example = session.answer("example \(number) test").text.split(separator: "\n")
    #expect(lines.dropFirst(2).map { $0 } == example.dropFirst().map(String.init))
  }

  @Test("what cannot be shown is refused")
  func refusals() {
    Workplace.enter()
    let session = Session.scored(Session.confused([[1, 1], [0, 1]], names: ["a", "b"]))
    let cases = [
      (
        "mistakes 0",
        """
        x:1:10: error[E-ARGUMENT]: mistakes expects a whole number from 1 to 1,000, found 0
          mistakes 0
                   ^
          try: help mistakes
        """
      ),
      (
        "mistakes 3 tset",
        """
        x:1:12: error[E-ARGUMENT]: the part expects one of train, test, found tset; did you mean test?
          mistakes 3 tset
                     ^~~~
          try: help mistakes
        """
      ),
      (
        "mistakes test",
        """
        x:1:1: error[E-STATE]: own has no test part
          mistakes test
          ^~~~~~~~~~~~~
          try: split 0.8
        """
      ),
      (
        "mistakes 1 > m.csv",
        """
        x:1:14: error[E-ARGUMENT]: mistakes writes .txt and .json files, found m.csv
          mistakes 1 > m.csv
                       ^~~~~
          note: .csv files are written by plot, plan, predict and 11 others
          try: plan > m.csv
          try: predict > m.csv
          try: mistakes 1 > m.txt
        """
      ),
    ]
    for (text, answer) in cases { #expect(session.answer(text).text == answer) }
  }
}
