import CSQLite

/// A statement of SQL, made ready to be run with one list of values after the other.
final class DatabaseStatement {
  private let handle: OpaquePointer
  private let database: Database
  private let places: [String: Int]

  /// A statement of a database; throws where its SQL is wrong or the file cannot be read.
  init(_ sql: String, in database: Database) throws(DatabaseError) {
    self.database = database
    handle = try database.prepare(sql)
    var places: [String: Int] = [:]
    for place in 0..<sqlite3_column_count(handle) {
      guard let name = sqlite3_column_name(handle, place) else { continue }
      places[String(cString: name)] = Int(place)
    }
    self.places = places
  }

  deinit { sqlite3_finalize(handle) }

  /// Runs it with values for its question marks; gives the rows of its answer.
  @discardableResult
  func run(_ arguments: [DatabaseValue] = []) throws(DatabaseError) -> [DatabaseRow] {
    defer {
      sqlite3_reset(handle)
      sqlite3_clear_bindings(handle)
    }
    for (place, argument) in arguments.enumerated() {
      try database.check(bind(argument, at: Int32(place) + 1))
    }
    var rows: [DatabaseRow] = []
    while true {
      switch sqlite3_step(handle) {
      case SQLITE_ROW: rows.append(row())
      case SQLITE_DONE: return rows
      case let code: throw database.error(code)
      }
    }
  }

  private func bind(_ value: DatabaseValue, at place: Int32) -> Int32 {
    switch value {
    case .null: return sqlite3_bind_null(handle, place)
    case .integer(let number): return sqlite3_bind_int64(handle, place, number)
    case .real(let number): return sqlite3_bind_double(handle, place, number)
    case .text(let text):
      guard let bytes = Int32(exactly: text.utf8.count) else { return SQLITE_TOOBIG }
      return text.withCString { esp_sqlite_bind_text(handle, place, $0, bytes) }
    }
  }

  private func row() -> DatabaseRow {
    DatabaseRow(
      places: places,
      values: (0..<sqlite3_column_count(handle)).map { place in
        switch sqlite3_column_type(handle, place) {
        case SQLITE_INTEGER: .integer(sqlite3_column_int64(handle, place))
        case SQLITE_FLOAT: .real(sqlite3_column_double(handle, place))
        case SQLITE_TEXT, SQLITE_BLOB: .text(text(at: place))
        default: .null
        }
      })
  }

  private func text(at place: Int32) -> String {
    guard let start = sqlite3_column_text(handle, place) else { return "" }
    let count = Int(sqlite3_column_bytes(handle, place))
    return String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
  }
}
