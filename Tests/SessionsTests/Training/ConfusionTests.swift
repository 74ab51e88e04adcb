import Foundation
import Networks
import Testing
import Training

@testable import Sessions

/// `confusion`: which classes are taken for which.
struct ConfusionTests {
  private static let pets = Session.confused(
    [[9, 1, 0], [2, 10, 0], [0, 3, 0]], names: ["cat", "dog", "emu"])

  @Test("a row for each class, a column for each prediction")
  func matrix() {
    let session = Session.scored(
      Self.pets, test: Session.confused([[1, 1], [0, 2]], names: ["cat", "dog", "emu"]))
    #expect(
      session.answer("confusion train").text == """
        train  19 of 25 examples right; rows are classes, columns predictions
             cat  dog  emu
        cat    9█   1▁   ·
        dog    2▂  10▇   ·
        emu    ·    3█   ·
        """)
    session.glyphs = .ascii
    #expect(
      session.answer("confusion_matrix train").text == """
        train  19 of 25 examples right; rows are classes, columns predictions
             cat  dog  emu
        cat    9@   1.   -
        dog    2:  10#   -
        emu    -    3@   -
        """)
  }

  @Test("names that have no room stand before the rows, with numbers over the columns")
  func longNames() {
    let session = Session.scored(
      Session.confused(
        [[100, 20, 0], [0, 7, 0], [1, 0, 50]],
        names: ["healthy tissue of the skin", "benign", "malignant"]))
    let narrow = NarrowRenderer(columns: 40)
    session.renderer = narrow
    #expect(
      session.answer("confusion").text == """
        train  157 of 178 examples right; rows are classes, columns predictions
                              0    1    2
        0 healthy tissue …  100▇  20▂   ·
        1 benign              ·    7█   ·
        2 malignant           1▁   ·   50█
        """)
  }

  @Test("where there is no room for all the worst pairs are listed")
  func pairs() {
    let counts = (0..<30).map { row in
      (0..<30).map { $0 == row ? 5 : $0 == row + 1 && row < 3 ? row + 1 : 0 }
    }
    let session = Session.scored(
      Session.confused(counts, names: (0..<30).map { "species number \($0)" }))
    let wide = """
      train  150 of 156 examples right
      30 classes, most often confused:
      class             taken for         count  of class
      species number 2  species number 3      3    37.5 %
      species number 1  species number 2      2    28.6 %
      species number 0  species number 1      1    16.7 %
      """
    #expect(session.answer("confusion").text == wide)
    let narrow = NarrowRenderer(columns: 40)
    session.renderer = narrow
    #expect(
      session.answer("confusion").text == """
        train  150 of 156 examples right
        30 classes, most often confused:
        class    taken for  count  of class
        spe…r 2  spe…r 3        3    37.5 %
        spe…r 1  spe…r 2        2    28.6 %
        spe…r 0  spe…r 1        1    16.7 %
        """)
    #expect(ClassNames.shortened("species number 17", to: 9, .ascii) == "spec~r 17")
    #expect(ClassNames.shortened("種類種類種類", to: 8, .unicode) == "種類…類")
    let right = (0..<30).map { row in (0..<30).map { $0 == row ? 1 : 0 } }
    let good = Session.scored(Session.confused(right, names: (0..<30).map { "species \($0)" }))
    #expect(
      good.answer("confusion").text == """
        train  30 of 30 examples right
        no class is taken for another
        """)
  }

  @Test("short names stand over the columns also where there is no room for bars")
  func shortNames() {
    let counts = (0..<10).map { row in (0..<10).map { $0 == row ? 35 : 0 } }
    let session = Session.scored(Session.confused(counts, names: (0..<10).map { "\($0)" }))
    let narrow = NarrowRenderer(columns: 40)
    session.renderer = narrow
    let lines = session.answer("confusion").text.split(separator: "\n" as Character)
    #expect(
      lines.prefix(3).joined(separator: "\n") == """
        train  350 of 350 examples right; rows are classes, columns predictions
            0  1  2  3  4  5  6  7  8  9
        0  35  ·  ·  ·  ·  ·  ·  ·  ·  ·
        """)
  }

  @Test("every width down to 36 is kept to, of few classes and of many")
  func widths() {
    for count in [2, 5, 10, 40] {
      let counts = (0..<count).map { row in (0..<count).map { ($0 + row) % 3 == 0 ? 123 : 0 } }
      let session = Session.scored(
        Session.confused(counts, names: (0..<count).map { "class-\($0)" }))
      for columns in [36, 40, 60, 80, 200] {
        let renderer = NarrowRenderer(columns: columns)
        session.renderer = renderer
        let console = ListeningReports()
        session.run(Source("confusion", from: .file("x")), on: console)
        let table = console.lines.filter(\.isSetInColumns)
        #expect(!table.isEmpty)
        #expect(
          table.allSatisfy { DisplayWidth.columns(of: $0.text) <= columns }, "\(count) \(columns)")
        #expect(table.allSatisfy { $0.text.last != " " })
      }
    }
  }

  @Test("outputs that are no numbers are no prediction")
  func undecided() {
    var (scores, targets) = Session.confused([[2, 0], [0, 2]], names: ["a", "b"])
    scores[1] = [.nan, 0]
    let session = Session.scored((scores, targets))
    #expect(
      session.answer("confusion").text == """
        train  3 of 4 examples right; rows are classes, columns predictions
           a  b
        a  1▄ ·
        b  ·  2█
        1 example of no class: an output is no number
        """)
    #expect(
      session.data("confusion")?.line
        == #"{"network":"main","part":"train","examples":4,"correct":3,"undecided":1,"classes":["a","b"],"counts":[[1,0],[0,2]]}"#
    )
  }

  @Test("programs and files get the counts")
  func files() throws {
    Workplace.enter()
    let session = Session.scored(Self.pets)
    #expect(
      session.data("confusion")?.line
        == #"{"network":"main","part":"train","examples":25,"correct":19,"undecided":0,"classes":["cat","dog","emu"],"counts":[[9,1,0],[2,10,0],[0,3,0]]}"#
    )
    #expect(session.answer("confusion pets.csv").text == "wrote pets.csv")
    #expect(
      try String(contentsOfFile: "pets.csv", encoding: .utf8)
        == "class,cat,dog,emu\r\ncat,9,1,0\r\ndog,2,10,0\r\nemu,0,3,0\r\n")
    #expect(session.answer("confusion train > pets.svg").text == "wrote pets.svg")
    let picture = try String(contentsOfFile: "pets.svg", encoding: .utf8)
    #expect(picture.contains(">main on train</text>") && picture.hasSuffix("</svg>\n"))
    #expect(session.answer("confusion > pets.json").text == "wrote pets.json")
    #expect(try String(contentsOfFile: "pets.json", encoding: .utf8).contains("\"counts\": ["))
  }

  @Test("what cannot be shown is refused")
  func refusals() {
    Workplace.enter()
    let session = Session.scored(Self.pets)
    let cases = [
      (
        "confusion tset",
        """
        x:1:11: error[E-ARGUMENT]: confusion expects one of train, test, found tset; did you mean test?
          confusion tset
                    ^~~~
          try: help confusion
        """
      ),
      (
        "confusion train pets.png",
        """
        x:1:17: error[E-ARGUMENT]: confusion writes .svg and .csv files, found pets.png
          confusion train pets.png
                          ^~~~~~~~
          try: confusion train confusion.svg
          try: confusion train confusion.csv
        """
      ),
      (
        "confusion > pets.txt",
        """
        x:1:13: error[E-ARGUMENT]: confusion writes .svg, .csv and .json files, found pets.txt
          confusion > pets.txt
                      ^~~~~~~~
          try: confusion > pets.svg
        """
      ),
      (
        "confusion train test > pets.svg",
        """
        x:1:17: error[E-ARGUMENT]: confusion takes at most 1 word before >, found 2 words
          confusion train test > pets.svg
                          ^~~~
          note: usage: confusion [train|test] [FILE.svg|FILE.csv]
          try: help confusion
        """
      ),
      (
        "confusion test",
        """
        x:1:1: error[E-STATE]: own has no test part
          confusion test
          ^~~~~~~~~~~~~~
          try: split 0.8
        """
      ),
      (
        "confuson",
        """
        x:1:1: error[E-NAME]: no command is called confuson; did you mean confusion?
          confuson
          ^~~~~~~~
          try: confusion
        """
      ),
    ]
    for (text, answer) in cases { #expect(session.answer(text).text == answer) }
    let numbers = Session.scored(([[1], [2]], .values(Tensor(shape: [2, 1], values: [1, 3]))))
    #expect(
      numbers.answer("confusion").text == """
        x:1:1: error[E-STATE]: confusion is for classes, the targets of own are numbers
          confusion
          ^~~~~~~~~
          try: evaluate
          try: mistakes
        """)
    let many = Session.scored(
      ([[1], [2]], .classes([0, 1], names: ["a", "b"])))
    many.answer("set dense1 units=1001")
    #expect(
      many.answer("confusion").text == """
        x:1:1: error[E-STATE]: a matrix has at most 1,000 classes, main tells 1,001 apart
          confusion
          ^~~~~~~~~
          try: evaluate by=class
        """)
    let wide = Session.scored(
      Session.confused(
        (0..<101).map { row in (0..<101).map { $0 == row ? 1 : 0 } },
        names: (0..<101).map { "c\($0)" }))
    #expect(
      wide.answer("confusion wide.svg").text == """
        x:1:11: error[E-ARGUMENT]: a picture shows at most 100 classes, found 101
          confusion wide.svg
                    ^~~~~~~~
          try: confusion train confusion.csv
        """)
  }

  @Test("a check measures nothing")
  func check() {
    var options = Session.Options()
    options.checksOnly = true
    let session = Session(options)
    #expect(
      session.answer(
        "data moons; add dense 2; confusion; confusion m.svg; mistakes; evaluate by=class"
      )
      .text.split(separator: "\n").suffix(4) == [
        "would evaluate main", "would write m.svg", "would show the mistakes of main",
        "would evaluate main",
      ])
  }
}

/// A shell that keeps the lines that it is shown.
private final class ListeningReports: Console {
  private(set) var lines: [StyledText] = []

  func show(_ report: Report) { lines += report.lines }
  func waitForRun() {}
}
