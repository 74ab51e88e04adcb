import Interchange
import Networks
import Testing

@Suite struct CSVTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func read(
    _ text: String, _ change: (inout CSVOptions) -> Void = { _ in }
  ) throws -> Examples {
    var options = CSVOptions()
    change(&options)
    return try CSV.read(try folder.write(text, to: "x.csv"), options: options).train
  }

  private func expect(
    _ examples: Examples, _ shape: [Int], _ values: [Float], classes: [Int32], names: [String],
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(examples.inputs == Tensor(shape: shape, values: values), sourceLocation: sourceLocation)
    guard case .classes(classes, names) = examples.targets else {
      Issue.record("other targets: \(examples.targets)", sourceLocation: sourceLocation)
      return
    }
  }

  @Test(arguments: [
    "1,2,a\n3,4,b\n", "x,y,kind\r\n1,2,a\r\n3,4,b\r\n", "1;2;a\n3;4;b\n",
    "x\ty\tz\n1\t2\ta\n3\t4\tb",
    "\"x\",\"y\",\"z\"\n\"1\",\"2\",\"a\"\n3,4,b", "\u{FEFF}1,2,a\n\n3,4,b\n",
  ])
  func everythingIsLookedFor(text: String) throws {
    expect(try read(text), [2, 2], [1, 2, 3, 4], classes: [0, 1], names: ["a", "b"])
  }

  @Test func labelsStandWhereTheyAreSaidToBe() throws {
    expect(
      try read("b,1,2\na,3,4\n") { $0.label = .first }, [2, 2], [1, 2, 3, 4], classes: [1, 0],
      names: ["a", "b"])
    expect(
      try read("x,kind,y\n1,7,2\n3,-1,4\n") { $0.label = .named("kind") }, [2, 2], [1, 2, 3, 4],
      classes: [1, 0], names: ["-1", "7"])
    expect(
      try read("1,2,3\n4,5,6\n") {
        $0.label = .named("1")
        $0.header = true
      }, [1, 2], [5, 6], classes: [0], names: ["4"])
    // Without a first line of names a number is a place.
    expect(
      try read("1,2,3\n4,5,6\n") { $0.label = .named("2") }, [2, 2], [1, 3, 4, 6],
      classes: [0, 1], names: ["2", "5"])
    let unlabelled = try read("x,y\n1,2\n") { $0.label = .absent }
    #expect(unlabelled.inputs == Tensor(shape: [1, 2], values: [1, 2]))
    guard case .none = unlabelled.targets else {
      Issue.record("no targets were expected")
      return
    }
  }

  @Test func numbersAreLearnedOnRequest() throws {
    let examples = try read("1,2,0.5\n3,4,-2e1\n") { $0.regression = true }
    guard case .values(let targets) = examples.targets else {
      Issue.record("numbers were expected")
      return
    }
    #expect(targets == Tensor(shape: [2, 1], values: [0.5, -20]))
  }

  @Test func columnsFoldIntoAShape() throws {
    let examples = try read("1,2,3,4,0\n5,6,7,8,1\n") { $0.shape = Shape([1, 2, 2]) }
    #expect(examples.inputs == Tensor(shape: [2, 1, 2, 2], values: [1, 2, 3, 4, 5, 6, 7, 8]))
  }

  @Test func headerMayBeSaid() throws {
    expect(
      try read("1,2,3\n4,5,6\n") { $0.header = true }, [1, 2], [4, 5], classes: [0], names: ["6"])
  }

  @Test func decimalCommaGoesWithSemicolons() throws {
    expect(
      try read("1,5;-2,25;a\n"), [1, 2], [1.5, -2.25], classes: [0], names: ["a"])
  }

  @Test func fillReplacesMissingValues() throws {
    expect(
      try read("1,,a\n?,NA,b\n") { $0.fill = -1 }, [2, 2], [1, -1, -1, -1], classes: [0, 1],
      names: ["a", "b"])
  }

  @Test func partsShareOneMappingOfLabels() throws {
    let train = try folder.write("1,b\n2,c\n", to: "train.csv")
    let test = try folder.write("x,kind\n3,a\n", to: "test.csv")
    let pair = try CSV.read(train, test: test)
    #expect(pair.name == "train")
    #expect(pair.files == [train, test])
    expect(pair.train, [2, 1], [1, 2], classes: [1, 2], names: ["a", "b", "c"])
    expect(try #require(pair.test), [1, 1], [3], classes: [0], names: ["a", "b", "c"])
    let wide = try folder.write("3,4,a\n", to: "wide.csv")
    #expect(
      errorText(in: folder) { _ = try CSV.read(train, test: wide) } == """
        wide.csv: expected examples of 1 as in train.csv, found 2
          next: name a test file that belongs to the training file
        """)
  }

  private static let broken: [(String, @Sendable (inout CSVOptions) -> Void, String)] = [
    (
      "", { _ in },
      """
      x.csv: expected at least one row of data, found none
        next: check that the file was copied whole
      """
    ),
    (
      "x,y,kind\n", { _ in },
      """
      x.csv: expected at least one row of data, found none
        next: check that the file was copied whole
      """
    ),
    (
      "x,y,kind\n1,2,a\n3,red,b\n", { _ in },
      """
      x.csv:3:3: expected a number in column 2, 'y', found 'red'
        next: data csv x.csv label=y, if it is the label; else remove the column
      """
    ),
    (
      "1,2,a\n3,red,b\n", { _ in },
      """
      x.csv:2:3: expected a number in column 2, found 'red'
        next: data csv x.csv header=yes, if the line has names; else correct it
      """
    ),
    (
      "1,2,3\nred,2,3\n", { _ in },
      """
      x.csv:2:1: expected a number in column 1, found 'red'
        next: data csv x.csv label=first, if it is the label; else remove the column
      """
    ),
    (
      "1,2,a\n3,,b\n", { _ in },
      """
      x.csv:2:3: expected a number in column 2, found nothing
        next: data csv x.csv fill=0, or complete the row
      """
    ),
    (
      "x,y,kind\n1,\"NA\",a\n", { _ in },
      """
      x.csv:2:3: expected a number in column 2, 'y', found the missing value 'NA'
        next: data csv x.csv fill=0, or complete the row
      """
    ),
    (
      "1,-1e39,a\n", { _ in },
      """
      x.csv:1:3: expected a number within ±3.4e38 in column 2, found '-1e39'
        next: scale the values down
      """
    ),
    (
      "1,2,\n", { _ in },
      """
      x.csv:1:5: expected a label, found nothing
        next: complete the row or remove it
      """
    ),
    (
      "1,2,NA\n", { $0.regression = true },
      """
      x.csv:1:5: expected a label, found nothing
        next: complete the row or remove it
      """
    ),
    (
      "1,2,a\n", { $0.regression = true },
      """
      x.csv:1:5: expected a number in column 3, found 'a'
        next: data csv x.csv header=yes, if the line has names; else correct it
      """
    ),
    (
      "\n1,2,a\n3,b\n", { _ in },
      """
      x.csv:3: expected 3 columns as in line 2, found 2
        next: complete the row, or quote the field that has a separator in it
      """
    ),
    (
      "1\n2\n", { _ in },
      """
      x.csv:1: expected columns beside the label, found none
        next: data csv x.csv separator=';', or label=none
      """
    ),
    (
      "x,y,kind\n1,2,a\n", { $0.label = .named("class") },
      """
      x.csv:1: expected a column 'class', found 'x', 'y', 'kind'
        next: data csv x.csv label=kind
      """
    ),
    (
      "x,y,\(String(repeating: "L", count: 100_000))\n1,2,a\n", { $0.label = .named("class") },
      """
      x.csv:1: expected a column 'class', found 'x', 'y', '\(String(repeating: "L", count: 40))…'
        next: data csv x.csv label=3
      """
    ),
    (
      "x,\(String(repeating: "L", count: 100_000)),z\n1,2,a\n1,b,a\n", { _ in },
      """
      x.csv:3:3: expected a number in column 2, '\(String(repeating: "L", count: 40))…', found 'b'
        next: data csv x.csv label=2, if it is the label; else remove the column
      """
    ),
    (
      "x,kind,kind\n1,2,a\n", { $0.label = .named("kind") },
      """
      x.csv:1: expected one column 'kind', found 2
        next: rename the others in the first line
      """
    ),
    (
      "1,2,3\n", { $0.label = .named("kind") },
      """
      x.csv:1: expected a first line of names with 'kind' among them, found a row of numbers
        next: data csv x.csv label=last, or add header=yes
      """
    ),
    (
      "1,2,3\n", { $0.shape = Shape([1, 8, 8]) },
      """
      x.csv:1: expected 64 columns for the shape 1x8x8, found 2 beside the label
        next: data csv x.csv shape=1x2
      """
    ),
    (
      "1,2,3\n4,5,3.25\n", { _ in },
      """
      x.csv: expected labels that name classes, found the real number '3.25'
        next: data csv x.csv target=regression
      """
    ),
  ]

  @Test(arguments: 0..<broken.count) func brokenTable(index: Int) {
    let (text, change, message) = Self.broken[index]
    #expect(errorText(in: folder) { _ = try read(text, change) } == message)
  }

  @Test func tooManyClassesAreAnError() {
    let text = (0...65_536).map { "1,\($0)\n" }.joined()
    #expect(
      errorText(in: folder) { _ = try read(text) } == """
        x.csv:65537: expected at most 65,536 classes, found more
          next: check which column is the label, or target=regression
        """)
  }

  @Test(.enabled(if: SharedData.isThere, "needs the sample files in ../shared/data"))
  func realDigits() throws {
    var options = CSVOptions()
    options.shape = Shape([1, 8, 8])
    let examples = try CSV.read(SharedData.path("digits/digits.csv"), options: options).train
    #expect(examples.inputs.shape == [1797, 1, 8, 8])
    guard case .classes(let classes, let names) = examples.targets else {
      Issue.record("classes were expected")
      return
    }
    #expect(names == (0...9).map(String.init))
    #expect(
      (0..<10).map { digit in classes.count { $0 == Int32(digit) } }
        == [178, 182, 177, 183, 181, 182, 181, 179, 174, 180])
  }

  @Test func labelsInTheFirstColumnAreFoundWhereTheLastHoldsMeasurements() throws {
    let text = "1,0.5,1.25\n2,0.25,3.5\n1,1.5,2.75\n2,0.125,0.5\n"
    let path = try folder.write(text, to: "Adiac_TRAIN.csv")
    let pair = try CSV.read(path)
    #expect(pair.remark == "label in the first column")
    #expect(pair.train.inputs.shape == [4, 2])
    #expect(pair.train.inputs.values == [0.5, 1.25, 0.25, 3.5, 1.5, 2.75, 0.125, 0.5])
    let both = try CSV.read(path, test: path)
    #expect(both.test?.inputs.shape == [4, 2])
    var last = CSVOptions()
    last.label = .last
    #expect(throws: FileError.self) { try CSV.read(path, options: last) }
    // A first column that numbers the rows names no classes.
    let rows = try folder.write("1,0.5,1.25\n2,0.25,3.5\n3,1.5,2.75\n", to: "rows.csv")
    #expect(throws: FileError.self) { try CSV.read(rows) }
    #expect(try CSV.read(folder.write("1.5,2,0\n2.5,3,1\n", to: "last.csv")).remark == nil)
  }

  @Test func wordsInTheFirstColumnAreLabelsWhereNoOtherColumnCanBe() throws {
    let text = "kind,a,b\nslow,0.5,1\nfast,0.25,3\nslow,1.5,2\nfast,0.125,0\n"
    let pair = try CSV.read(folder.write(text, to: "kinds.csv"))
    #expect(pair.remark == "label in the first column")
    #expect(pair.train.inputs.shape == [4, 2])
    #expect(pair.train.classNames == ["fast", "slow"])
    // Words that are all different name rows, not classes.
    let names = "kind,a,b\nann,0.5,1\nbob,0.25,3\ncy,1.5,2\n"
    #expect(throws: FileError.self) { try CSV.read(folder.write(names, to: "names.csv")) }
  }
}
