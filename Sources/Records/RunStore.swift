import Interchange
import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The runs of all sessions, in one SQLite file that several programs may use at once.
///
/// Nothing is opened before it is needed, and nothing is made before there is something to keep.
package final class RunStore: Sendable {
  package let path: String
  private let opened = Mutex(Opened())

  private struct Opened {
    var database: Database?

    /// Where a damaged file was put that stood at the path; told once.
    var damaged: String?
  }

  /// A store at a path, whose folder is made when something is first written.
  package init(path: String) { self.path = path }

  /// The name that a damaged store was given to make room for a new one, once.
  package func takeDamaged() -> String? {
    opened.withLock { opened in
      defer { opened.damaged = nil }
      return opened.damaged
    }
  }

  // MARK: Writing

  /// Adds networks that begin to learn side by side; gives them with their numbers.
  package func begin(_ records: [RunRecord]) throws(StoreProblem) -> [RunRecord] {
    try write { database in
      let next = try database.run("SELECT IFNULL(MAX(id), 0) + 1 AS id FROM run").first?
        .integer("id")
      return try records.map { record in
        var record = record
        record.companions = "\(next ?? 1)"
        record.id = try Self.insert(record, into: database)
        return record
      }
    }
  }

  /// Says what a run has come to; one that could not be added when it began is added.
  ///
  /// - Returns: Its number.
  @discardableResult
  package func finish(_ record: RunRecord, _ curve: RunCurve) throws(StoreProblem) -> Int64 {
    try write { database in
      let id: Int64
      if let number = record.id, let known = try Self.run(number, in: database) {
        var record = record
        // What was said of it meanwhile stays.
        (record.note, record.tags) = (known.note, known.tags)
        try Self.update(record, in: database)
        id = number
      } else {
        id = try Self.insert(record, into: database)
      }
      try database.run("DELETE FROM point WHERE run = ?", [.integer(id)])
      let insertion = try DatabaseStatement(
        "INSERT INTO point VALUES (?, ?, ?, ?, ?, ?, ?)", in: database)
      for point in curve.points {
        try insertion.run([
          .integer(id), .init(point.step), .init(point.epoch), .init(point.loss),
          .init(point.accuracy), .init(point.testLoss), .init(point.testAccuracy),
        ])
      }
      return id
    }
  }

  /// Changes what was said of a run; nothing where there is no such run.
  package func annotate(_ id: Int64, _ change: @Sendable (inout RunRecord) -> Void)
    throws(StoreProblem)
  {
    try write { database in
      guard var record = try Self.run(id, in: database) else { return }
      change(&record)
      try Self.update(record, in: database)
    }
  }

  /// Forgets runs.
  package func remove(_ ids: [Int64]) throws(StoreProblem) {
    try write { database in
      let removal = try DatabaseStatement("DELETE FROM run WHERE id = ?", in: database)
      for id in ids { try removal.run([.integer(id)]) }
    }
  }

  // MARK: Reading

  /// All runs in the order in which they began, with empty texts for blocks, data and changes.
  package func all() throws(StoreProblem) -> [RunRecord] {
    try read([]) { database in
      let texts = Self.longTexts.map { "'' AS \($0)" }
      let columns = RunRecord.columnNames.filter { !Self.longTexts.contains($0) } + texts
      return try Self.records(
        "SELECT \(columns.joined(separator: ", ")) FROM run ORDER BY id", in: database)
    }
  }

  /// Columns that grow with networks and runs.
  private static let longTexts = ["blocks", "data", "changes"]

  /// A run by its number, or nothing.
  package func run(_ id: Int64) throws(StoreProblem) -> RunRecord? {
    try read(nil) { database in try Self.run(id, in: database) }
  }

  /// The run of a number and those that learned beside it, in their order; none where there is no such run.
  package func companions(of id: Int64) throws(StoreProblem) -> [RunRecord] {
    try read([]) { database in
      try Self.records(
        """
        SELECT * FROM run WHERE companions = (SELECT companions FROM run WHERE id = ?) ORDER BY id
        """, [.integer(id)], in: database)
    }
  }

  /// The curve of a run.
  package func curve(of id: Int64) throws(StoreProblem) -> RunCurve {
    try read(RunCurve()) { database in
      let rows = try database.run(
        """
        SELECT step, epoch, loss, accuracy, testLoss, testAccuracy FROM point
        WHERE run = ? ORDER BY step
        """, [.integer(id)])
      return RunCurve(
        points: try rows.map { row in
          RunCurve.Point(
            step: try row.integer("step"), epoch: try row.integer(orNull: "epoch"),
            loss: try row.real(orNull: "loss"), accuracy: try row.real(orNull: "accuracy"),
            testLoss: try row.real(orNull: "testLoss"),
            testAccuracy: try row.real(orNull: "testAccuracy"))
        })
    }
  }
}

extension RunStore {
  private func write<Result: Sendable>(_ work: @Sendable (Database) throws -> Result)
    throws(StoreProblem) -> Result
  {
    try withDatabase { database in try database.transaction(work) }
  }

  /// Reads, or gives an answer where there is no file yet.
  private func read<Result: Sendable>(
    _ none: Result, _ work: @Sendable (Database) throws -> Result
  ) throws(StoreProblem) -> Result {
    guard Folder.holds(path) else { return none }
    return try withDatabase(work)
  }

  /// Works on the open store; a damaged one is put aside, and a new one takes its place.
  private func withDatabase<Result: Sendable>(_ work: @Sendable (Database) throws -> Result)
    throws(StoreProblem) -> Result
  {
    do {
      return try opened.withLock { opened in
        do { return try work(database(&opened)) } catch {
          guard StoreProblem.isDamage(error) else { throw error }
          opened.database = nil
          putAside(&opened)
          return try work(database(&opened))
        }
      }
    } catch { throw StoreProblem(error) }
  }

  private func database(_ opened: inout Opened) throws -> Database {
    // A file that was taken away is made anew.
    if let database = opened.database, Folder.holds(path) { return database }
    if Folder.holds(path), !Folder.holdsFile(path) {
      throw StoreProblem.other("expected a file on a disk, found a folder, pipe or device")
    }
    Folder.make(Path.folder(of: path))
    let database = try open()
    try Self.migrate(database)
    opened.database = database
    return database
  }

  /// Opens the file; while another program makes it SQLite does not wait by itself.
  private func open() throws -> Database {
    let clock = ContinuousClock()
    let end = clock.now + .seconds(Self.patience)
    while true {
      do {
        let database = try Database(path: path, patience: Self.patience)
        for setting in ["foreign_keys = ON", "journal_mode = WAL", "synchronous = NORMAL"] {
          try database.run("PRAGMA \(setting)")
        }
        return database
      } catch {
        guard StoreProblem(error) == .busy, clock.now < end else { throw error }
        usleep(10_000)
      }
    }
  }

  /// Seconds that other programs are waited for.
  private static let patience = 2.0

  private func putAside(_ opened: inout Opened) {
    var number = 1
    while Folder.holds("\(path).damaged\(number)") { number += 1 }
    let aside = "\(path).damaged\(number)"
    Folder.move(path, to: aside)
    for ending in ["-wal", "-shm"] where Folder.holds(path + ending) {
      Folder.move(path + ending, to: aside + ending)
    }
    opened.damaged = aside
  }
}
