import CSQLite

/// A SQLite file that is open, and made where there was none.
///
/// SQLite guards each call by a lock of its own; who makes several in a row that belong together holds another.
final class Database: Sendable {
  private nonisolated(unsafe) let handle: OpaquePointer

  /// Opens a file; statements wait so many seconds for other programs that write.
  init(path: String, patience: Double) throws(DatabaseError) {
    var opened: OpaquePointer?
    let flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_FULLMUTEX
    let code = sqlite3_open_v2(path, &opened, flags, nil)
    guard code == SQLITE_OK, let opened else {
      let message = opened.flatMap { sqlite3_errmsg($0) }.map { String(cString: $0) }
      sqlite3_close_v2(opened)
      throw DatabaseError(code, message)
    }
    handle = opened
    sqlite3_busy_timeout(opened, Int32(patience * 1000))
  }

  /// Closes the file, once the last statement is gone.
  deinit { sqlite3_close_v2(handle) }

  /// Runs one statement with values for its question marks; gives the rows of its answer.
  @discardableResult
  func run(_ sql: String, _ arguments: [DatabaseValue] = []) throws(DatabaseError) -> [DatabaseRow]
  {
    try DatabaseStatement(sql, in: self).run(arguments)
  }

  /// The number that the last row was given that was inserted.
  var lastInsertedID: Int64 { sqlite3_last_insert_rowid(handle) }

  /// Does work of which all is written, or nothing where it throws; no other program writes meanwhile.
  func transaction<Result>(_ work: (Database) throws -> Result) throws -> Result {
    try run("BEGIN IMMEDIATE")
    do {
      let result = try work(self)
      try run("COMMIT")
      return result
    } catch {
      // Some errors have ended the transaction already.
      if sqlite3_get_autocommit(handle) == 0 { _ = try? run("ROLLBACK") }
      throw error
    }
  }

  /// Makes a statement, which whoever asks for it must finalize.
  func prepare(_ sql: String) throws(DatabaseError) -> OpaquePointer {
    var statement: OpaquePointer?
    try check(sqlite3_prepare_v2(handle, sql, -1, &statement, nil))
    guard let statement else { throw DatabaseError(SQLITE_MISUSE, "a statement without SQL") }
    return statement
  }

  /// Throws what SQLite says of the last call, where its result is not good.
  func check(_ code: Int32) throws(DatabaseError) {
    if code != SQLITE_OK { throw error(code) }
  }

  /// What SQLite says of the last call.
  func error(_ code: Int32) -> DatabaseError {
    DatabaseError(code, sqlite3_errmsg(handle).map { String(cString: $0) })
  }
}
