import Networks
import Testing
import Training

@testable import Sessions

/// Metrics in expressions: `expect`, and the condition behind `until`.
struct MetricFactTests {
  private static let uneven = Session.confused(
    [[9, 1, 0, 0], [1, 2, 0, 0], [0, 1, 0, 0], [0, 0, 0, 0]],
    names: ["cat", "dog", "sea lion", "4"])

  private static func numbers(test: Bool = false) -> Session {
    let part: ([[Float]], Examples.Targets) = (
      [[2], [2], [3], [3]], .values(Tensor(shape: [4, 1], values: [1, 2, 3, 4]))
    )
    return .scored(part, test: test ? part : nil)
  }

  @Test(
    "figures have their values",
    arguments: [
      "balanced(train) == (0.9 + 2 / 3) / 3", "precision(train) == (0.9 + 0.5) / 3",
      "recall(train) == balanced(train)", "top3(train) >= accuracy(train)",
      "precision(train, cat) == 0.9", "recall(train, dog) == 2 / 3", "f1(train, \"sea lion\") == 0",
      "f1(train, 4) == 0", "f1(train) < f1(train, cat)",
      "recall(train, dog) > 0.5 and f1(train) > 0.4", "iou(train, cat) == 9 / 11",
      "iou(train) < f1(train)", "bits(train) > loss(train) / 0.6932",
      "bits(train) < loss(train) / 0.6931",
    ])
  func values(_ expression: String) {
    let session = Session.scored(Self.uneven)
    let answer = session.answer("expect \(expression)")
    #expect(answer.outcome == .done, "\(answer.text)")
  }

  @Test(
    "figures of numbers have their values",
    arguments: [
      "mae(train) == 0.5", "rmse(test) ** 2 > 0.49", "r2(test) == 0.6", "psnr(test) > 12.55",
      "psnr(test) < 12.56",
    ])
  func numberValues(_ expression: String) {
    let answer = Self.numbers(test: true).answer("expect \(expression)")
    #expect(answer.outcome == .done, "\(answer.text)")
  }

  @Test("what is not so tells what it is")
  func unmet() {
    let session = Session.scored(Self.uneven)
    #expect(
      session.answer("expect precision(train, cat) > 0.95").text == """
        x:1:8: error[E-EXPECT]: expected precision(train, cat) > 0.95, found 0.9
          expect precision(train, cat) > 0.95
                 ^~~~~~~~~~~~~~~~~~~~~~~~~~~~
        """)
  }

  private static let refusals: [(expression: String, text: String)] = [
    (
      "f1 > 0.5",
      """
      x:1:8: error[E-ARGUMENT]: f1 is measured on train or test
        expect f1 > 0.5
               ^~
        try: expect f1(train) > 0.5
      """
    ),
    (
      "f1(trian) > 0.5",
      """
      x:1:11: error[E-ARGUMENT]: f1 is measured on train or test, found trian
        expect f1(trian) > 0.5
                  ^~~~~
        try: expect f1(train) > 0.5
      """
    ),
    (
      "f1(main) > 0.5",
      """
      x:1:11: error[E-ARGUMENT]: f1 is measured on train or test, found main
        expect f1(main) > 0.5
                  ^~~~
        try: expect f1(train) > 0.5
      """
    ),
    (
      "f1(test) > 0.5",
      """
      x:1:11: error[E-STATE]: own has no test part
        expect f1(test) > 0.5
                  ^~~~
        try: split 0.8
      """
    ),
    (
      "f1(train, cat, dog) > 0.5",
      """
      x:1:8: error[E-ARGUMENT]: f1 asks about a part and a class, found 3
        expect f1(train, cat, dog) > 0.5
               ^~~~~~~~~~~~~~~~~~~
        try: help expect
      """
    ),
    (
      "balanced(train, cat) > 0.5",
      """
      x:1:8: error[E-ARGUMENT]: balanced asks about one thing, found 2
        expect balanced(train, cat) > 0.5
               ^~~~~~~~~~~~~~~~~~~~
        try: help expect
      """
    ),
    (
      "recall(train, dgo) > 0.5",
      """
      x:1:22: error[E-NAME]: own has no class dgo; did you mean dog?
        expect recall(train, dgo) > 0.5
                             ^~~
        try: expect recall(train, dog) > 0.5
      """
    ),
    (
      "recall(train, 17) > 0.5",
      """
      x:1:22: error[E-NAME]: own has no class 17
        expect recall(train, 17) > 0.5
                             ^~
        try: data
      """
    ),
    (
      "r2(train) > 0.5",
      """
      x:1:8: error[E-STATE]: r2 compares numbers, the targets of own are classes: accuracy, balanced and f1 are for those
        expect r2(train) > 0.5
               ^~~~~~~~~
        try: expect accuracy(train) > 0.5
      """
    ),
    (
      "top5(train) > 0.5",
      """
      x:1:8: error[E-STATE]: top5 is 1 whatever the network, since own has 4 classes
        expect top5(train) > 0.5
               ^~~~~~~~~~~
        try: expect accuracy(train) > 0.5
      """
    ),
  ]

  @Test("what has no answer is refused, with what has one", arguments: refusals)
  func refused(expression: String, text: String) {
    #expect(Session.scored(Self.uneven).answer("expect \(expression)").text == text)
  }

  @Test("figures of classes are refused where there are numbers")
  func refusedNumbers() {
    #expect(
      Self.numbers().answer("expect f1(train) > 0.5").text == """
        x:1:8: error[E-STATE]: f1 compares classes, the targets of own are numbers: mae, rmse, r2 and psnr are for those
          expect f1(train) > 0.5
                 ^~~~~~~~~
          try: expect r2(train) > 0.5
        """)
  }

  // MARK: until

  @Test("a run ends where the condition on a metric holds")
  func until() {
    let session = Session()
    session.answer(
      "seed 1; threads 1; data digits; add flatten; add dense 16 act=relu; add dense 10")
    let text = session.answer("train 50 until f1(test) > 0.5 and recall(test, 0) > 0.2").text
    #expect(text.hasSuffix("; until holds"), "\(text)")
    #expect(session.answer("expect f1(test) > 0.5").outcome == .done)
    #expect(session.answer("expect epochs < 50").outcome == .done)
    let train = session.answer("train 50 until top3(train) > 0.8 and top5(test) > 0.8").text
    #expect(train.hasSuffix("; until holds"), "\(train)")
  }

  @Test("numbers, and several networks, all of which must come so far")
  func untilOthers() {
    let session = Self.numbers(test: true)
    session.answer("fork other; net main")
    let text = session.answer("train main,other 2 until r2(test) > -100 and mae(train) < 100").text
    #expect(text.contains("until holds"), "\(text)")
  }

  private static let untilRefusals: [(command: String, text: String)] = [
    (
      "train 3 steps until loss < 0.1 or f1(train) > 0.5",
      """
      x:1:35: error[E-STATE]: f1 is measured after each epoch, and a run of steps counts none
        train 3 steps until loss < 0.1 or f1(train) > 0.5
                                          ^~~~~~~~~
        try: train 10 until loss < 0.1 or f1(train) > 0.5
      """
    ),
    (
      "train 3 until epochs > 1 and f1(main) > 0.5",
      """
      x:1:33: error[E-ARGUMENT]: f1 is measured on train or test, found main
        train 3 until epochs > 1 and f1(main) > 0.5
                                        ^~~~
        try: train 3 until epochs > 1 and f1(train) > 0.5
      """
    ),
    (
      "train 3 until mae(train) < 0.5",
      """
      x:1:15: error[E-STATE]: mae compares numbers, the targets of own are classes: accuracy, balanced and f1 are for those
        train 3 until mae(train) < 0.5
                      ^~~~~~~~~~
        try: train 3 until accuracy(train) < 0.5
      """
    ),
    (
      "train 3 until f1(test) > 0.5",
      """
      x:1:18: error[E-STATE]: own has no test part
        train 3 until f1(test) > 0.5
                         ^~~~
        try: split 0.8
      """
    ),
  ]

  @Test("a condition that a run cannot answer is refused before it", arguments: untilRefusals)
  func untilRefused(command: String, text: String) {
    let session = Session.scored(Self.uneven)
    #expect(session.answer(command).text == text)
    #expect(session.answer("expect steps == 0").outcome == .done)
  }

  @Test("what is offered in place of steps is about the same networks")
  func untilOfSteps() {
    let session = Session.scored(Self.uneven)
    session.answer("fork other; net main")
    #expect(
      session.answer("train other,main 3 steps until f1(train) > 0.5").text == """
        x:1:32: error[E-STATE]: f1 is measured after each epoch, and a run of steps counts none
          train other,main 3 steps until f1(train) > 0.5
                                         ^~~~~~~~~
          try: train other,main 10 until f1(train) > 0.5
        """)
  }

  @Test("a check makes up answers")
  func check() {
    var options = Session.Options()
    options.checksOnly = true
    let session = Session(options)
    #expect(
      session.answer("data moons; add dense 2; train 1 until f1(test) > 0.9; expect f1(test) > 0.9")
        .outcome == .done)
  }
}
