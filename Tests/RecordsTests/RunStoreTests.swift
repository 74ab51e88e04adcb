import CSQLite
import Foundation
import Testing

@testable import Records

/// Runs in a file: what is kept, and what becomes of files that are none.
struct RunStoreTests {
  private let folder = FileManager.default.temporaryDirectory
    .appending(path: "espalier-records-\(UUID())").path

  private var path: String { folder + "/state/runs.sqlite" }

  private func record(_ network: String = "main") -> RunRecord {
    RunRecord(
      command: "train 2", network: network, settings: "seed 1\nbatch 32", data: "data digits",
      dataName: "digits", fingerprint: "0a", blocks: "input 1x8", drawing: "init he", parent: nil,
      parameters: 12, began: 1.5, version: "0.1.0", machine: "here", folder: "/")
  }

  @Test("reading makes no file; the first run does")
  func lazily() throws {
    let store = RunStore(path: path)
    #expect(try store.all().isEmpty && store.run(1) == nil)
    #expect(!FileManager.default.fileExists(atPath: folder))
    _ = try store.begin([record()])
    #expect(FileManager.default.fileExists(atPath: path))
  }

  @Test("what is no file is neither opened nor put aside")
  func pipes() throws {
    try FileManager.default.createDirectory(
      atPath: folder + "/state", withIntermediateDirectories: true)
    #expect(mkfifo(path, 0o600) == 0)
    let store = RunStore(path: path)
    let problem = StoreProblem.other("expected a file on a disk, found a folder, pipe or device")
    #expect(throws: problem) { try store.all() }
    #expect(throws: problem) { try store.begin([record()]) }
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: folder + "/state") == ["runs.sqlite"])
  }

  @Test("a run comes back as it was, with its curve, in another program too")
  func roundTrip() throws {
    let store = RunStore(path: path)
    var begun = try store.begin([record("a"), record("b")])
    #expect(begun.map(\.id) == [1, 2])
    #expect(begun.map(\.companions) == ["1", "1"])
    begun[0].ending = .until
    begun[0].loss = 0.1
    begun[0].testAccuracy = 1.0 / 3
    let curve = RunCurve(points: [
      .init(step: 1, loss: 2),
      .init(step: 2, epoch: 1, loss: 1.5, accuracy: 0.25, testLoss: .infinity),
    ])
    try store.finish(begun[0], curve)
    begun[0].tags = ["one", "two"]
    try store.annotate(1) { $0.tags = ["one", "two"] }
    let other = RunStore(path: path)
    let short = begun.map { record in
      var record = record
      (record.blocks, record.data, record.changes) = ("", "", "")
      return record
    }
    #expect(try other.all() == short)
    #expect(try other.run(1) == begun[0])
    #expect(try other.curve(of: 1) == curve)
    #expect(try other.curve(of: 2) == RunCurve())
    #expect(try other.companions(of: 2) == begun)
    #expect(try other.begin([record()])[0].companions == "3")
    #expect(try other.companions(of: 9).isEmpty)
  }

  @Test("a store that version 0.1.0 made over GRDB is read and written on")
  func firstStores() throws {
    try FileManager.default.createDirectory(
      atPath: folder + "/state", withIntermediateDirectories: true)
    let made = try Database(path: path, patience: 2)
    for statement in Self.firstStore { try made.run(statement) }
    let store = RunStore(path: path)
    var expected = record()
    (expected.id, expected.companions, expected.tags) = (1, "1", ["a/b\u{e9}", "x\"y"])
    (expected.ending, expected.loss, expected.weights) = (.finished, 2.5, "a0")
    #expect(try store.run(1) == expected)
    #expect(try store.curve(of: 1).points == [.init(step: 1, epoch: 1, loss: 2.5, testLoss: 3)])
    #expect(try store.begin([record()])[0].id == 2)
    try store.remove([1])
    #expect(try made.run("SELECT * FROM point").isEmpty)
  }

  /// The statements that GRDB 7.10 made, and a run as it wrote it.
  private static let firstStore = [
    "CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY)",
    """
    CREATE TABLE "run" ("id" INTEGER PRIMARY KEY AUTOINCREMENT, "companions" TEXT NOT NULL, \
    "command" TEXT NOT NULL, "network" TEXT NOT NULL, "settings" TEXT NOT NULL, \
    "data" TEXT NOT NULL, "dataName" TEXT NOT NULL, "fingerprint" TEXT NOT NULL, \
    "blocks" TEXT NOT NULL, "version" TEXT NOT NULL, "machine" TEXT NOT NULL, \
    "folder" TEXT NOT NULL, "ending" TEXT NOT NULL, "changes" TEXT NOT NULL, \
    "note" TEXT NOT NULL, "tags" TEXT NOT NULL, "drawing" TEXT, "weights" TEXT, \
    "parent" INTEGER, "parameters" INTEGER NOT NULL, "steps" INTEGER NOT NULL, \
    "epochs" INTEGER NOT NULL, "began" DOUBLE NOT NULL, "seconds" DOUBLE NOT NULL, \
    "loss" DOUBLE, "accuracy" DOUBLE, "testLoss" DOUBLE, "testAccuracy" DOUBLE)
    """,
    """
    CREATE TABLE "point" ("run" INTEGER NOT NULL REFERENCES "run"("id") ON DELETE CASCADE, \
    "step" INTEGER NOT NULL, "epoch" INTEGER, "loss" DOUBLE, "accuracy" DOUBLE, \
    "testLoss" DOUBLE, "testAccuracy" DOUBLE)
    """,
    "CREATE INDEX \"point_on_run\" ON \"point\"(\"run\")",
    "INSERT INTO grdb_migrations VALUES ('runs')",
    #"""
    INSERT INTO run VALUES (1, '1', 'train 2', 'main', 'seed 1
    batch 32', 'data digits', 'digits', '0a', 'input 1x8', '0.1.0', 'here', '/', 'finished', '', \#
    '', '["a\/bé","x\"y"]', 'init he', 'a0', NULL, 12, 0, 0, 1.5, 0, 2.5, NULL, NULL, NULL)
    """#,
    "INSERT INTO point VALUES (1, 1, 1, 2.5, NULL, 3, NULL)",
  ]

  @Test("tags of all signs come back")
  func tags() throws {
    let store = RunStore(path: path)
    _ = try store.begin([record()])
    let tags = ["a\"b", "c\\d", "e/f", "\u{1}\u{1f}", "ü😀", "'", "[]", "x,y"]
    try store.annotate(1) { $0.tags = tags }
    #expect(try store.run(1)?.tags == tags)
    #expect(try store.all()[0].tags == tags)
  }

  @Test("a value that no version has written is an error, not a run")
  func strangeValues() throws {
    let store = RunStore(path: path)
    _ = try store.begin([record()])
    let other = try Database(path: path, patience: 2)
    for (column, value, sentence) in [
      ("ending", "'odd'", "an ending of runs that is not known: odd"),
      ("tags", "'[1'", "malformed JSON"),
      ("tags", "'[1]'", "a value of another type in column value"),
      ("loss", "'much'", "a value of another type in column loss"),
      ("parameters", "1.5", "a value of another type in column parameters"),
      ("note", "x'80'", nil),
    ] as [(String, String, String?)] {
      let before = try other.run("SELECT \(column) AS old FROM run")[0].values
      try other.run("UPDATE run SET \(column) = \(value)")
      if let sentence {
        #expect(throws: StoreProblem.other(sentence)) { try store.all() }
      } else {
        #expect(try store.run(1)?.note == "\u{FFFD}")
      }
      try other.run("UPDATE run SET \(column) = ?", before)
    }
    #expect(try store.run(1)?.tags == [])
  }

  @Test("what is written in part is not written at all")
  func transactions() throws {
    _ = try RunStore(path: path).begin([record()])
    let database = try Database(path: path, patience: 2)
    #expect(throws: DatabaseError(SQLITE_ERROR, "no such table: nowhere")) {
      try database.transaction { database in
        try database.run("UPDATE run SET note = 'half'")
        try database.run("INSERT INTO nowhere VALUES (1)")
      }
    }
    #expect(try RunStore(path: path).run(1)?.note == "")
  }

  @Test("what is said of a run while it goes on stays at its end")
  func notesStay() throws {
    let store = RunStore(path: path)
    let begun = try store.begin([record()])[0]
    try store.annotate(1) { $0.note = "wide" }
    try store.finish(begun, RunCurve())
    #expect(try store.run(1)?.note == "wide")
    try store.annotate(7) { $0.note = "nobody" }
  }

  @Test("a run that was not added at its beginning, or removed meanwhile, is added at its end")
  func lateRuns() throws {
    let store = RunStore(path: path)
    #expect(try store.finish(record(), RunCurve()) == 1)
    let begun = try store.begin([record()])[0]
    try store.remove([2])
    #expect(try store.finish(begun, RunCurve(points: [.init(step: 1, loss: 1)])) == 3)
    try store.remove([1, 3])
    #expect(try store.all().isEmpty && store.curve(of: 3) == RunCurve())
  }

  @Test("a damaged file is put aside, once told of, and runs are kept again")
  func damage() throws {
    try FileManager.default.createDirectory(
      atPath: folder + "/state", withIntermediateDirectories: true)
    for number in 1...2 {
      try Data((0..<20_000).map { UInt8(truncatingIfNeeded: $0 &* 73) })
        .write(to: URL(filePath: path))
      let store = RunStore(path: path)
      #expect(try store.begin([record()])[0].id == 1)
      #expect(store.takeDamaged() == "\(path).damaged\(number)")
      #expect(store.takeDamaged() == nil)
      #expect(FileManager.default.fileExists(atPath: "\(path).damaged\(number)"))
    }
  }

  @Test("a file of a newer version is left as it is")
  func newer() throws {
    _ = try RunStore(path: path).begin([record()])
    try Database(path: path, patience: 2)
      .run("INSERT INTO grdb_migrations VALUES ('of the future')")
    #expect(throws: StoreProblem.newer) { try RunStore(path: path).all() }
    #expect(throws: StoreProblem.newer) { try RunStore(path: path).begin([record()]) }
  }

  @Test("a file that another program has locked is waited for, then given up")
  func busy() throws {
    let store = RunStore(path: path)
    _ = try store.begin([record()])
    let other = try Database(path: path, patience: 2)
    try other.run("BEGIN IMMEDIATE")
    #expect(throws: StoreProblem.busy) { try store.begin([record()]) }
    try other.run("COMMIT")
    #expect(try store.begin([record()])[0].id == 2)
  }

  @Test("what SQLite says is told, an end of the disk by its name")
  func problems() {
    #expect(StoreProblem(DatabaseError(SQLITE_FULL)) == .full)
    #expect(StoreProblem(DatabaseError(SQLITE_LOCKED)) == .busy)
    #expect(StoreProblem(DatabaseError(SQLITE_IOERR)) == .other("disk I/O error"))
    // SQLITE_IOERR_READ and SQLITE_BUSY_RECOVERY, whose lower bytes tell the kind.
    #expect(StoreProblem(DatabaseError(266, "disk I/O error")) == .other("disk I/O error"))
    #expect(StoreProblem(DatabaseError(261)) == .busy)
  }

  @Test("many threads and stores write at once, and every run is there")
  func together() async throws {
    await withTaskGroup(of: Void.self) { group in
      for number in 0..<4 {
        group.addTask {
          let store = RunStore(path: path)
          for _ in 0..<25 {
            // A store that others hold for two seconds is told to be busy, and nothing is written.
            var isWritten = false
            for _ in 0..<20 where !isWritten {
              isWritten = (try? store.begin([record("n\(number)")])) != nil
            }
          }
        }
      }
    }
    let all = try RunStore(path: path).all()
    #expect(all.count == 100)
    #expect(Set(all.map(\.id)).count == 100)
  }
}
