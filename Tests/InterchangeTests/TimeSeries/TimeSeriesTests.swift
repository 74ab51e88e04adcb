import Interchange
import Networks
import Testing

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

@Suite struct TimeSeriesTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test func partsShareOneMappingOfLabels() throws {
    _ = try folder.write("1,2:b\n3,4:c\n", to: "A_TRAIN.ts")
    _ = try folder.write("5,6:a\n7,8:c\n", to: "A_TEST.ts")
    for path in ["A_TRAIN.ts", "A_TEST.ts", ""] {
      let pair = try TimeSeries.read(path.isEmpty ? folder.path : folder.path(path))
      #expect(pair.name == "A")
      #expect(pair.files == [folder.path("A_TRAIN.ts"), folder.path("A_TEST.ts")])
      #expect(pair.train.inputs.values == [1, 2, 3, 4])
      #expect(pair.train.shape == Shape([1, 2]))
      #expect(pair.test?.inputs.values == [5, 6, 7, 8])
      #expect(pair.train.classNames == ["a", "b", "c"])
      #expect(pair.test?.classNames == ["a", "b", "c"])
      guard case .classes([1, 2], _) = pair.train.targets,
        case .classes([0, 2], _)? = pair.test?.targets
      else {
        Issue.record("other classes: \(pair)")
        return
      }
    }
  }

  @Test func aFileAloneAndATestFileOfAnotherName() throws {
    let train = try folder.write("1\t2\t3\n", to: "first.tsv")
    let test = try folder.write("2\t4\t5\n", to: "second.tsv")
    let alone = try TimeSeries.read(train)
    #expect(alone.name == "first")
    #expect(alone.test == nil)
    #expect(alone.files == [train])
    let both = try TimeSeries.read(train, test: test)
    #expect(both.train.classNames == ["1", "2"])
    #expect(both.test?.inputs.values == [4, 5])
  }

  @Test func folderTakesTSBeforeOtherFormats() throws {
    for (name, value) in [("A_TRAIN.txt", 3), ("A_TRAIN.tsv", 2), ("notes.txt", 9)] {
      _ = try folder.write("1,\(value)\n", to: name)
    }
    #expect(try TimeSeries.read(folder.path).train.inputs.values == [2])
    _ = try folder.write("1:1\n", to: "A_TRAIN.ts")
    #expect(try TimeSeries.read(folder.path).train.inputs.values == [1])
    _ = try folder.write("1:1\n", to: "B_train.ts")
    #expect(
      errorText(in: folder) { _ = try TimeSeries.read(folder.path) } == """
        .: expected one file NAME_TRAIN.ts, .tsv or .txt in the folder, \
        found 'A_TRAIN.ts', 'A_TRAIN.tsv', 'A_TRAIN.txt', 'B_train.ts'
          next: data ucr A_TRAIN.ts
        """)
  }

  @Test func folderWithoutAPairIsAnError() throws {
    _ = try folder.write("1:1\n", to: "A.ts")
    #expect(
      errorText(in: folder) { _ = try TimeSeries.read(folder.path) } == """
        .: expected a file NAME_TRAIN.ts, .tsv or .txt in the folder, found none
          next: data ucr FILE names one file; images lie in a folder for each class
        """)
  }

  @Test func unequalLengthsAreAnErrorOrEvened() throws {
    let path = try folder.write("# lengths\n1,2,3:a\n1,2,3,4:b\n1:a\n", to: "A.ts")
    #expect(
      errorText(in: folder) { _ = try TimeSeries.read(path) } == """
        A.ts:3: expected 3 values as in A.ts:2, found 4; lengths run from 1 to 4
          next: data ucr A.ts uneven=pad, or uneven=cut, at their ends
        """)
    #expect(
      try TimeSeries.read(path, options: .init(uneven: .pad)).train.inputs
        == Tensor(shape: [3, 1, 4], values: [1, 2, 3, 0, 1, 2, 3, 4, 1, 0, 0, 0]))
    #expect(
      try TimeSeries.read(path, options: .init(uneven: .cut)).train.inputs
        == Tensor(shape: [3, 1, 1], values: [1, 1, 1]))
    // Missing values are replaced, but nothing is padded that was not asked for.
    #expect(
      errorText(in: folder) { _ = try TimeSeries.read(path, options: .init(fill: 0)) } == """
        A.ts:3: expected 3 values as in A.ts:2, found 4; lengths run from 1 to 4
          next: data ucr A.ts uneven=pad, or uneven=cut, at their ends
        """)
  }

  @Test func partsOfUnequalLengthsAreAnErrorOrEvened() throws {
    let train = try folder.write("1,2:a\n", to: "A_TRAIN.ts")
    _ = try folder.write("1,2,3:a\n", to: "A_TEST.ts")
    #expect(
      errorText(in: folder) { _ = try TimeSeries.read(train) } == """
        A_TEST.ts:1: expected 2 values as in A_TRAIN.ts:1, found 3; lengths run from 2 to 3
          next: data ucr A_TEST.ts uneven=pad, or uneven=cut, at their ends
        """)
    let pair = try TimeSeries.read(train, options: .init(fill: 9, uneven: .pad))
    #expect(pair.train.inputs.values == [1, 2, 9])
    #expect(pair.test?.inputs.values == [1, 2, 3])
    let short = try TimeSeries.read(train, options: .init(uneven: .cut))
    #expect(short.test?.inputs.values == [1, 2])
  }

  @Test func missingValuesAtTheEndsOfRowsEndSeries() throws {
    let path = try folder.write("1\t5\t6\tNaN\n2\t7\tNaN\t NaN\n", to: "A.tsv")
    #expect(
      try TimeSeries.read(path, options: .init(uneven: .pad)).train.inputs
        == Tensor(shape: [2, 1, 2], values: [5, 6, 7, 0]))
    #expect(
      try TimeSeries.read(path, options: .init(uneven: .cut)).train.inputs.values == [5, 7])
    let blanks = try folder.write("1  5 NaN 6 NaN\n2 7 8 NaN ?\n", to: "A.txt")
    #expect(
      try TimeSeries.read(blanks, options: .init(fill: 0, uneven: .pad)).train.inputs.values
        == [5, 0, 6, 7, 8, 0])
    #expect(
      errorText(in: folder) { _ = try TimeSeries.read(blanks, options: .init(uneven: .pad)) } == """
        A.txt:1:6: expected a number in value 2, found the missing value 'NaN'
          next: data ucr A.txt fill=0, or complete the row
        """)
    let empty = try folder.write("1 NaN NaN\n", to: "B.txt")
    #expect(
      errorText(in: folder) { _ = try TimeSeries.read(empty, options: .init(uneven: .cut)) } == """
        B.txt:1: expected values in dimension 1, found none
          next: complete the line or remove it
        """)
  }

  @Test func severalFilesAreOneSet() throws {
    let paths = try ["a", "b"].enumerated().map { index, label in
      try folder.write("\(index),2:\(label)\n", to: "part-\(index).ts")
    }
    let pair = try TimeSeries.read(DataFiles(train: paths, test: [paths[1]]))
    #expect(pair.name == "part")
    #expect(pair.train.inputs == Tensor(shape: [2, 1, 2], values: [0, 2, 1, 2]))
    #expect(pair.train.classNames == ["a", "b"])
    #expect(pair.test?.inputs.values == [1, 2])
    guard case .classes([1], _)? = pair.test?.targets else {
      Issue.record("other targets")
      return
    }
    let other = try folder.write("1,2:3,4:a\n", to: "part-2.ts")
    #expect(
      errorText(in: folder) { _ = try TimeSeries.read(DataFiles(train: paths + [other])) } == """
        part-2.ts: expected examples of 1×2 as in part-0.ts, found 2×2
          next: name a test file that belongs to the training file
        """)
  }

  @Test func partsOfOtherDimensionsOrTargetsAreErrors() throws {
    let train = try folder.write("1,2:a\n", to: "A.ts")
    let wide = try folder.write("1,2:3,4:a\n", to: "wide.ts")
    #expect(
      errorText(in: folder) { _ = try TimeSeries.read(train, test: wide) } == """
        wide.ts: expected examples of 1×2 as in A.ts, found 2×2
          next: name a test file that belongs to the training file
        """)
    let measured = try folder.write("@targetLabel true\n@data\n1,2:3\n", to: "measured.ts")
    #expect(
      errorText(in: folder) { _ = try TimeSeries.read(train, test: measured) } == """
        measured.ts: expected targets like those of A.ts, found others
          next: name a test file that belongs to the training file
        """)
  }

  /// Shapes and counts of the archive's own tables.
  @Test(
    .enabled(if: SharedData.isThere, "needs the sample files in ../shared/data"),
    arguments: [
      ("GunPoint", [50, 1, 150], 150, ["1", "2"], [24, 26]),
      ("ItalyPowerDemand", [67, 1, 24], 1029, ["1", "2"], [34, 33]),
      ("ArrowHead", [36, 1, 251], 175, ["0", "1", "2"], [12, 12, 12]),
      (
        "BasicMotions", [40, 6, 100], 40, ["Badminton", "Running", "Standing", "Walking"],
        [10, 10, 10, 10]
      ),
      ("Coffee", [28, 1, 286], 28, ["0", "1"], [14, 14]),
    ] as [(String, [Int], Int, [String], [Int])])
  func realCopies(
    name: String, shape: [Int], testCount: Int, names: [String], counts: [Int]
  ) throws {
    let pair = try TimeSeries.read(SharedData.path("ucr/\(name)"))
    #expect(pair.name == name)
    #expect(pair.train.inputs.shape == shape)
    #expect(pair.test?.inputs.shape == [testCount] + shape.dropFirst())
    guard case .classes(let indices, names) = pair.train.targets else {
      Issue.record("other classes: \(pair.train.targets)")
      return
    }
    #expect(names.indices.map { index in indices.count { Int($0) == index } } == counts)
  }
}
