import Networks
import Testing

@testable import Interchange

@Suite struct DataFilesTests {
  private let folder: TemporaryFolder
  private let csv: FileFormat

  init() throws {
    folder = try TemporaryFolder()
    csv = try #require(FileFormat.named("csv"))
    _ = try folder.write("x,y,kind\n1,2,cat\n3,4,dog\n", to: "part-1.csv")
    _ = try folder.write("x,y,kind\n5,6,emu\n7,8,cat\n", to: "part-2.csv")
  }

  private func path(_ name: String) -> String { folder.path(name) }

  @Test func patternsStandForAllFilesTheyMatch() throws {
    let pair = try csv.read([path("part-*.csv")])
    #expect(pair.name == "part")
    #expect(pair.files == [path("part-1.csv"), path("part-2.csv")])
    #expect(pair.train.inputs == Tensor(shape: [4, 2], values: [1, 2, 3, 4, 5, 6, 7, 8]))
    guard case .classes([0, 1, 2, 0], ["cat", "dog", "emu"]) = pair.train.targets else {
      Issue.record("other targets")
      return
    }
    // A name that is there is no pattern.
    _ = try folder.write("1,a\n", to: "[1].csv")
    #expect(try csv.read([path("[1].csv")]).train.count == 1)
    #expect(
      errorText(in: folder) { _ = try csv.read([path("none-*.csv")]) }
        == """
        none-*.csv: expected files that the pattern matches, found none
          next: ls \(folder.path) in the shell shows what is there
        """.replacing(folder.path, with: "."))
  }

  @Test func testFilesShareTheClasses() throws {
    let pair = try csv.read([path("part-1.csv")], settings: ["test": path("part-*.csv")])
    #expect(pair.train.classNames == ["cat", "dog", "emu"])
    #expect(pair.test?.count == 4)
    #expect(pair.test?.classNames == pair.train.classNames)
  }

  @Test func otherColumnsAreErrors() throws {
    let swapped = try folder.write("y,x,kind\n5,6,emu\n", to: "swapped.csv")
    #expect(
      errorText(in: folder) { _ = try csv.read([path("part-1.csv"), swapped]) }
        == """
        swapped.csv:1: expected the column 'x' as in part-1.csv, found 'y'
          next: give all files the same columns in the same order
        """.replacing("part-1.csv", with: path("part-1.csv").replacing(folder.path + "/", with: ""))
    )
    let narrow = try folder.write("x,kind\n5,emu\n", to: "narrow.csv")
    #expect(
      errorText(in: folder) { _ = try csv.read([path("part-1.csv"), narrow]) } == """
        narrow.csv: expected examples of 2 as in part-1.csv, found 1
          next: name a test file that belongs to the training file
        """)
    let images = try #require(FileFormat.named("npz"))
    #expect(
      errorText(in: folder) { _ = try images.read([path("a.npz"), path("b.npz")]) } == """
        b.npz: expected one file of npz to train on and one to test on, found another
          next: test=FILE names the file to test on
        """)
  }

  @Test func labelsAreFoundByNameOrPlace() throws {
    let path = try folder.write("kind,x,3\n1,2,7\n2,4,8\n", to: "a.csv")
    for (label, inputs) in [("kind", [2, 7, 4, 8]), ("1", [2, 7, 4, 8]), ("3", [1, 2, 2, 4])] {
      let pair = try csv.read(path, settings: ["label": label])
      #expect(pair.train.inputs.values == inputs.map(Float.init))
    }
    #expect(
      errorText(in: folder) { _ = try csv.read(path, settings: ["label": "4"]) } == """
        a.csv:1: expected a column from 1 to 3, found 4
          next: data csv a.csv label=3
        """)
  }

  @Test func severalTargetsAreNumbersInTheOrderTyped() throws {
    let path = try folder.write("a,b,c\n1,2,3\n4,5,6\n", to: "t.csv")
    for targets in ["c,a", "3, 1"] {
      let pair = try csv.read(path, settings: ["targets": targets])
      #expect(pair.train.inputs == Tensor(shape: [2, 1], values: [2, 5]))
      guard case .values(let values) = pair.train.targets else {
        Issue.record("numbers were expected")
        return
      }
      #expect(values == Tensor(shape: [2, 2], values: [3, 1, 6, 4]))
    }
    #expect(
      errorText(in: folder) { _ = try csv.read(path, settings: ["targets": "a,d"]) } == """
        t.csv:1: expected a column 'd', found 'a', 'b', 'c'
          next: data csv t.csv targets=c
        """)
    #expect(
      errorText(in: folder) { _ = try csv.read(path, settings: ["targets": "a,a"]) } == """
        t.csv:1: expected each of targets= once, found 'a' again
          next: leave it out
        """)
    let missing = try folder.write("1,2,\n", to: "m.csv")
    #expect(
      errorText(in: folder) { _ = try csv.read(missing, settings: ["targets": "2,3"]) } == """
        m.csv:1:5: expected a label, found nothing
          next: complete the row or remove it
        """)
  }

  @Test func formatsAreFoundByNameAndContent() throws {
    for (name, format) in [
      ("a.csv", "csv"), ("a.CSV.gz", "csv"), ("a.tsv", "ucr"), ("a.npy.gz", "npy"),
      ("train-images-idx3-ubyte.gz", "mnist"),
    ] {
      #expect(FileFormat.told(by: name)?.name == format)
    }
    #expect(FileFormat.told(by: "a.gz") == nil)
    #expect(FileFormat.found(at: folder.path)?.name == "ucr")
    _ = try folder.write([0], to: "data_batch_1.bin")
    #expect(FileFormat.found(at: folder.path)?.name == "cifar10")
    _ = try folder.write([0], to: "train-images-idx3-ubyte")
    #expect(FileFormat.found(at: folder.path)?.name == "mnist")
  }
}
