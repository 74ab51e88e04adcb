import Networks
import Synchronization
import Testing

@testable import Interchange

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Large tables, whose values are kept so that they are read once.
@Suite struct TextCacheTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private var cache: String { folder.path("cache") }

  private var kept: [String] { (try? Folder.names(in: cache)) ?? [] }

  /// A table that is just too large for memory where only so much may be held.
  private func storage(_ bound: Int = 64) -> RowStorage {
    RowStorage(bound: bound, folder: cache)
  }

  private func table(_ rows: Int, first: Int = 0, name: String = "x.csv") throws -> String {
    let lines = (first..<first + rows).map { "\($0),\(Float($0) / 3),\($0 % 3)" }
    return try folder.write("a,b,label\n" + lines.joined(separator: "\n"), to: name)
  }

  private func read(
    _ path: String, _ settings: [String: String] = [:], _ storage: RowStorage
  ) throws -> ExamplesPair {
    try FileFormat.csv.read(path, settings: settings, storage: storage)
  }

  private func expectSame(_ one: ExamplesPair, _ other: ExamplesPair) throws {
    #expect(one.name == other.name)
    #expect(one.files == other.files)
    #expect(one.remark == other.remark)
    for (part, same) in [
      (one.train, other.train), (one.test ?? one.train, other.test ?? other.train),
    ] {
      #expect(part.inputs == same.inputs)
      switch (part.targets, same.targets) {
      case (.classes(let labels, let names), .classes(let others, let otherNames)):
        #expect(labels == others)
        #expect(names == otherNames)
      case (.values(let values), .values(let others)): #expect(values == others)
      case (.none, .none): break
      case (.classes, _), (.maps, _), (.values, _), (.none, _):
        Issue.record("targets of another kind")
      }
    }
  }

  @Test(
    arguments: [
      [:], ["label": "a", "target": "regression"], ["targets": "a,b", "label": ""],
      ["label": "none"], ["shape": "1x2"],
    ] as [[String: String]])
  func theSameFromMemoryFileAndCache(settings: [String: String]) throws {
    var settings = settings
    if settings["targets"] != nil { settings["label"] = nil }
    settings["test"] = try table(20, first: 7, name: "y.csv")
    if settings["targets"] != nil { settings["targets"] = "a,label" }
    let path = try table(50)
    let plain = try read(path, settings, RowStorage(bound: 1 << 30))
    let first = try read(path, settings, storage())
    #expect(!plain.train.rows.isStored)
    #expect(first.train.rows.isStored)
    #expect(kept.count == 1)
    try expectSame(first, plain)
    let second = try read(path, settings, storage())
    try expectSame(second, plain)
    try expectSame(try read(path, settings, RowStorage(bound: 64)), plain)
    #expect(try Folder.names(in: cache) == kept)
  }

  @Test func smallTablesAreNotKept() throws {
    _ = try read(try table(50), [:], storage(1 << 20))
    #expect(kept.isEmpty)
  }

  @Test("an end that is asked for names the table, wherever its values go by then")
  func interruptions() throws {
    let path = try table(50)
    var looks = 0
    var isWhole = false
    while !isWhole {
      looks += 1
      let asked = Mutex(0)
      let end = looks
      do {
        _ = try Interruption.with({
          asked.withLock { count in
            count += 1
            return count >= end
          }
        }) { try read(path, [:], storage()) }
        isWhole = true
      } catch let error as FileError {
        #expect(error.problem == .system(.interrupted))
        #expect(error.path == path)
      }
      #expect(looks < 1000)
    }
    #expect(looks > 5)
  }

  @Test("what is kept is held in memory where there is room for it")
  func keptAndHeld() throws {
    let path = try table(50)
    let first = try read(path, [:], storage())
    let second = try read(path, [:], storage(1 << 20))
    #expect(!second.train.rows.isStored)
    try expectSame(first, second)
  }

  @Test("a changed table, other settings and another name are other entries")
  func keys() throws {
    let path = try table(50)
    _ = try read(path, [:], storage())
    _ = try read(path, ["fill": "0"], storage())
    #expect(kept.count == 2)
    _ = try table(51)
    #expect(try read(path, [:], storage()).train.count == 51)
    #expect(kept.count == 3)
  }

  @Test("damaged, foreign and cut files are made anew")
  func damaged() throws {
    let path = try table(50)
    let plain = try read(path, [:], RowStorage(bound: 1 << 30))
    _ = try read(path, [:], storage())
    let file = Path.joining(cache, try #require(kept.first))
    let whole = try TemporaryFolder.read(file)
    var places = Array(stride(from: 0, to: 64, by: 3))
    places += Array(stride(from: whole.count - 200, to: whole.count, by: 11))
    for place in places where place < 32 || place >= 64 {
      var broken = whole
      broken[place] ^= 0x5A
      try Data(broken).write(to: URL(filePath: file))
      try expectSame(try read(path, [:], storage()), plain)
    }
    for size in [0, 7, 63, 64, 100, whole.count - 1] {
      try Data(whole[..<size]).write(to: URL(filePath: file))
      try expectSame(try read(path, [:], storage()), plain)
    }
    try Data("other".utf8).write(to: URL(filePath: file))
    try expectSame(try read(path, [:], storage()), plain)
    #expect(kept.count == 1)
  }

  @Test("the files used longest ago go first")
  func bounded() throws {
    let files = DataFiles(train: [try table(50)])
    for (age, fill) in [(300, "1"), (200, "2"), (100, "3")] {
      let cache = TextCache(
        storage(), format: "csv", settings: ["fill": fill], files: files, limit: 3200)
      _ = try cache.examples { spool throws(FileError) in
        for value in 0..<250 { try spool.append(Float(value), for: "x") }
        return TextExamples(
          name: "x", files: [], rowShape: [5], counts: [50], targets: [.none])
      }
      for name in kept where (Folder.idleTime(Path.joining(self.cache, name)) ?? 0) < 50 {
        let then = timeval(tv_sec: time(nil) - age, tv_usec: 0)
        _ = [then, then].withUnsafeBufferPointer {
          utimes(Path.joining(self.cache, name), $0.baseAddress)
        }
      }
    }
    #expect(kept.count == 2)
    #expect(try kept.allSatisfy { try #require(Folder.idleTime(Path.joining(cache, $0))) < 250 })
  }

  @Test("labels in the first column are found after the others were put aside")
  func labelFirst() throws {
    let lines = (0..<60).map { "\(["cat", "dog"][$0 % 2]),\($0),\(Float($0) / 7)" }
    let path = try folder.write(lines.joined(separator: "\n"), to: "x.csv")
    let plain = try read(path, [:], RowStorage(bound: 1 << 30))
    #expect(plain.remark == "label in the first column")
    try expectSame(try read(path, [:], storage()), plain)
    try expectSame(try read(path, [:], storage()), plain)
  }

  @Test func mistakesAreThoseOfReadingIntoMemory() throws {
    let path = try folder.write(
      (0..<40).map { "\($0),1,a" }.joined(separator: "\n") + "\n1,x,b", to: "x.csv")
    for storage in [storage(), RowStorage(bound: 1 << 30)] {
      #expect(
        errorText(in: folder) { _ = try read(path, [:], storage) } == """
          x.csv:41:3: expected a number in column 2, found 'x'
            next: data csv x.csv header=yes, if the line has names; else correct it
          """)
    }
    #expect(kept.isEmpty)
  }
}
