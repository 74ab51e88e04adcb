import CSQLite

/// What SQLite says where it cannot do something.
struct DatabaseError: Error, Hashable {
  /// One of SQLite's primary result codes, such as `SQLITE_BUSY`.
  let code: Int32
  let message: String

  /// A result code, primary or extended, with what is said of it; without that, SQLite's own words for the code.
  init(_ code: Int32, _ message: String? = nil) {
    self.code = code & 0xFF
    self.message = message ?? sqlite3_errstr(code).map { String(cString: $0) } ?? ""
  }
}
