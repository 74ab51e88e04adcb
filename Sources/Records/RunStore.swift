import GRDB
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
    var queue: DatabaseQueue?

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
      let companions = try Int64.fetchOne(database, sql: "SELECT IFNULL(MAX(id), 0) + 1 FROM run")
      return try records.map { record in
        var record = record
        record.id = nil
        record.companions = "\(companions ?? 1)"
        try record.insert(database)
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
      var record = record
      if let id = record.id, try RunRecord.exists(database, key: id) {
        // What was said of it meanwhile stays.
        let known = try RunRecord.fetchOne(database, key: id)
        record.note = known?.note ?? record.note
        record.tags = known?.tags ?? record.tags
        try record.update(database)
      } else {
        record.id = nil
        try record.insert(database)
      }
      let id = record.id ?? 0
      try database.execute(sql: "DELETE FROM point WHERE run = ?", arguments: [id])
      let insertion = try database.makeStatement(
        sql: "INSERT INTO point VALUES (?, ?, ?, ?, ?, ?, ?)")
      for point in curve.points {
        try insertion.execute(arguments: [
          id, point.step, point.epoch, point.loss, point.accuracy, point.testLoss,
          point.testAccuracy,
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
      guard var record = try RunRecord.fetchOne(database, key: id) else { return }
      change(&record)
      try record.update(database)
    }
  }

  /// Forgets runs.
  package func remove(_ ids: [Int64]) throws(StoreProblem) {
    try write { database in _ = try RunRecord.deleteAll(database, keys: ids) }
  }

  // MARK: Reading

  /// All runs in the order in which they began, with empty texts for blocks, data and changes.
  package func all() throws(StoreProblem) -> [RunRecord] {
    try read([]) { database in
      let columns = try database.columns(in: RunRecord.databaseTableName).map(\.name)
      let selected = columns.map { Self.longTexts.contains($0) ? "'' AS \($0)" : $0 }
      return try RunRecord.fetchAll(
        database, sql: "SELECT \(selected.joined(separator: ", ")) FROM run ORDER BY id")
    }
  }

  /// Columns that grow with networks and runs.
  private static let longTexts: Set<String> = ["blocks", "data", "changes"]

  /// A run by its number, or nothing.
  package func run(_ id: Int64) throws(StoreProblem) -> RunRecord? {
    try read(nil) { database in try RunRecord.fetchOne(database, key: id) }
  }

  /// The run of a number and those that learned beside it, in their order; none where there is no such run.
  package func companions(of id: Int64) throws(StoreProblem) -> [RunRecord] {
    try read([]) { database in
      try RunRecord.fetchAll(
        database,
        sql: """
          SELECT * FROM run WHERE companions = (SELECT companions FROM run WHERE id = ?) ORDER BY id
          """, arguments: [id])
    }
  }

  /// The curve of a run.
  package func curve(of id: Int64) throws(StoreProblem) -> RunCurve {
    try read(RunCurve()) { database in
      let points = try RunCurve.Point.fetchAll(
        database,
        sql: """
          SELECT step, epoch, loss, accuracy, testLoss, testAccuracy FROM point
          WHERE run = ? ORDER BY step
          """, arguments: [id])
      return RunCurve(points: points)
    }
  }
}

extension RunStore {
  private func write<Result: Sendable>(_ work: @Sendable (Database) throws -> Result)
    throws(StoreProblem) -> Result
  {
    try withQueue { queue in try queue.write(work) }
  }

  /// Reads, or gives an answer where there is no file yet.
  private func read<Result: Sendable>(
    _ none: Result, _ work: @Sendable (Database) throws -> Result
  ) throws(StoreProblem) -> Result {
    guard Folder.holds(path) else { return none }
    return try withQueue { queue in try queue.read(work) }
  }

  /// Works on the open store; a damaged one is put aside, and a new one takes its place.
  private func withQueue<Result: Sendable>(_ work: (DatabaseQueue) throws -> Result)
    throws(StoreProblem) -> Result
  {
    do {
      return try opened.withLock { opened in
        do { return try work(queue(&opened)) } catch {
          guard StoreProblem.isDamage(error) else { throw error }
          opened.queue = nil
          putAside(&opened)
          return try work(queue(&opened))
        }
      }
    } catch let problem as StoreProblem { throw problem } catch { throw StoreProblem(error) }
  }

  private func queue(_ opened: inout Opened) throws -> DatabaseQueue {
    // A file that was taken away is made anew.
    if let queue = opened.queue, Folder.holds(path) { return queue }
    Folder.make(Path.folder(of: path))
    var configuration = Configuration()
    configuration.busyMode = .timeout(Self.patience)
    configuration.journalMode = .wal
    configuration.prepareDatabase { try $0.execute(sql: "PRAGMA synchronous = NORMAL") }
    let queue = try open(configuration)
    if try queue.read(Self.migrator.hasBeenSuperseded) { throw StoreProblem.newer }
    try Self.migrator.migrate(queue)
    opened.queue = queue
    return queue
  }

  /// Opens the file; while another program makes it SQLite does not wait by itself.
  private func open(_ configuration: Configuration) throws -> DatabaseQueue {
    let clock = ContinuousClock()
    let end = clock.now + .seconds(Self.patience)
    while true {
      do { return try DatabaseQueue(path: path, configuration: configuration) } catch {
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
