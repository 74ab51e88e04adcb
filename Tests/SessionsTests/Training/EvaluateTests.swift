import Networks
import Testing
import Training

@testable import Sessions

/// `evaluate`: figures in a line, of each class in a table.
struct EvaluateTests {
  private static let uneven = Session.confused(
    [[9, 1, 0], [1, 2, 0], [0, 1, 0]], names: ["cat", "dog", "emu"])

  @Test("balanced accuracy is told where classes are uneven")
  func unevenClasses() {
    let session = Session.scored(Self.uneven)
    #expect(
      session.answer("evaluate").text
        == "train  loss 0.4898  accuracy 78.6 %  balanced 52.2 %  14 examples")
    let even = Session.scored(Session.confused([[2, 1], [1, 2]], names: ["a", "b"]))
    #expect(even.answer("evaluate").text == "train  loss 0.5224  accuracy 66.7 %  6 examples")
  }

  @Test("the top five are told of many classes")
  func manyClasses() {
    let counts = (0..<20).map { row in (0..<20).map { $0 == row || $0 == row / 2 ? 1 : 0 } }
    let session = Session.scored(
      Session.confused(counts, names: (0..<20).map { "c\($0)" }), test: nil)
    let text = session.answer("evaluate train").text
    #expect(text.hasSuffix("  top-5 100.0 %  39 examples"), "\(text)")
    #expect(text.contains("  accuracy 51.3 %  balanced 52.5 %  top-5"), "\(text)")
  }

  @Test("numbers have errors and the share of variance that is explained")
  func numbers() {
    let targets = Tensor(shape: [4, 1], values: [1, 2, 3, 4])
    let session = Session.scored(([[2], [2], [3], [3]], .values(targets)))
    #expect(
      session.answer("evaluate").text
        == "train  loss 0.2500  MAE 0.5000  RMSE 0.7071  R² 0.6000  4 examples")
    let one = Session.scored(([[2]], .values(Tensor(shape: [1, 1], values: [1]))))
    #expect(one.answer("evaluate").text == "train  loss 0.5000  MAE 1.000  RMSE 1.000  1 example")
  }

  @Test("each class has a line, their means the last one")
  func byClass() {
    let session = Session.scored(
      Self.uneven,
      test: Session.confused([[1, 0, 0], [0, 0, 1], [0, 0, 0]], names: ["cat", "dog", "emu"]))
    #expect(
      session.answer("evaluate by=class").text == """
        train  loss 0.4898  accuracy 78.6 %  balanced 52.2 %  14 examples
        class  examples  precision  recall      F1
        cat          10     90.0 %  90.0 %  90.0 %
        dog           3     50.0 %  66.7 %  57.1 %
        emu           1      0.0 %   0.0 %   0.0 %
        mean         14     46.7 %  52.2 %  49.0 %
        test   loss 0.8236  accuracy 50.0 %  2 examples
        class  examples  precision   recall       F1
        cat           1    100.0 %  100.0 %  100.0 %
        dog           1      0.0 %    0.0 %    0.0 %
        emu           0      0.0 %    0.0 %    0.0 %
        mean          2     33.3 %   33.3 %   33.3 %
        """)
    #expect(session.answer("evaluate test by=class").text.split(separator: "\n").count == 6)
  }

  @Test("programs get all figures; what there is none of is null")
  func data() {
    let session = Session.scored(Self.uneven)
    #expect(
      session.data("evaluate by=class")?.line.replacing(#/(\.[0-9]{6})[0-9]+/#) { $0.1 }
        == #"{"network":"main","parts":[{"part":"train","examples":14,"loss":0.489843,"accuracy":0.785714,"balanced":0.522222,"precision":0.466666,"recall":0.522222,"f1":0.490476,"top3":null,"top5":null,"iou":0.406060,"bits":0.706694,"mae":null,"rmse":null,"r2":null,"psnr":null,"classes":[{"class":"cat","examples":10,"predicted":10,"precision":0.9,"recall":0.9,"f1":0.9,"iou":0.818181},{"class":"dog","examples":3,"predicted":4,"precision":0.5,"recall":0.666666,"f1":0.571428,"iou":0.4},{"class":"emu","examples":1,"predicted":0,"precision":0.0,"recall":0.0,"f1":0.0,"iou":0.0}]}]}"#
    )
    let targets = Tensor(shape: [2, 1], values: [1, 3])
    let numbers = Session.scored(([[1], [2]], .values(targets)))
    #expect(
      numbers.data("evaluate")?.line
        == #"{"network":"main","parts":[{"part":"train","examples":2,"loss":0.25,"accuracy":null,"balanced":null,"precision":null,"recall":null,"f1":null,"top3":null,"top5":null,"iou":null,"bits":null,"mae":0.5,"rmse":0.7071067811865476,"r2":0.5,"psnr":9.030899869919436,"classes":null}]}"#
    )
  }

  @Test("what has no classes, and what is mistyped, is refused")
  func refusals() {
    let numbers = Session.scored(([[1], [2]], .values(Tensor(shape: [2, 1], values: [1, 3]))))
    #expect(
      numbers.answer("evaluate by=class").text == """
        x:1:10: error[E-STATE]: by=class is for classes, the targets of own are numbers
          evaluate by=class
                   ^~~~~~~~
          try: evaluate
          try: mistakes
        """)
    let session = Session.scored(Self.uneven)
    #expect(
      session.answer("evaluate by=klass").text == """
        x:1:13: error[E-ARGUMENT]: by expects one of class, found klass; did you mean class?
          evaluate by=klass
                      ^~~~~
          try: evaluate by=class
        """)
    #expect(
      session.answer("evaluate tset").text == """
        x:1:10: error[E-ARGUMENT]: evaluate expects one of train, test, found tset; did you mean test?
          evaluate tset
                   ^~~~
          try: help evaluate
        """)
    #expect(
      session.answer("evaluate test by=class").text == """
        x:1:1: error[E-STATE]: own has no test part
          evaluate test by=class
          ^~~~~~~~~~~~~~~~~~~~~~
          try: split 0.8
        """)
  }
}
