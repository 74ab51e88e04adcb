import Foundation
import GRDB
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
    let queue = try DatabaseQueue(path: path)
    try queue.write { try $0.execute(sql: "INSERT INTO grdb_migrations VALUES ('of the future')") }
    try queue.close()
    #expect(throws: StoreProblem.newer) { try RunStore(path: path).all() }
    #expect(throws: StoreProblem.newer) { try RunStore(path: path).begin([record()]) }
  }

  @Test("a file that another program has locked is waited for, then given up")
  func busy() throws {
    let store = RunStore(path: path)
    _ = try store.begin([record()])
    let other = try DatabaseQueue(path: path)
    try other.inDatabase { database in
      try database.execute(sql: "BEGIN IMMEDIATE")
      #expect(throws: StoreProblem.busy) { try store.begin([record()]) }
      try database.execute(sql: "COMMIT")
    }
    #expect(try store.begin([record()])[0].id == 2)
  }

  @Test("what SQLite says is told, an end of the disk by its name")
  func problems() {
    #expect(StoreProblem(DatabaseError(resultCode: .SQLITE_FULL)) == .full)
    #expect(StoreProblem(DatabaseError(resultCode: .SQLITE_LOCKED)) == .busy)
    #expect(
      StoreProblem(DatabaseError(resultCode: .SQLITE_IOERR, message: "disk I/O error"))
        == .other("disk I/O error"))
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
