import CSQLite

/// Why runs cannot be kept or read, as facts.
package enum StoreProblem: Error, Hashable, Sendable {
  /// Other programs write all the time.
  case busy

  /// No room on the disk.
  case full

  /// A newer version of this program wrote it.
  case newer

  /// What SQLite or the system says.
  case other(String)

  init(_ error: any Error) {
    if let problem = error as? StoreProblem {
      self = problem
      return
    }
    guard let error = error as? DatabaseError else {
      self = .other("\(error)")
      return
    }
    switch error.code {
    case SQLITE_BUSY, SQLITE_LOCKED: self = .busy
    case SQLITE_FULL: self = .full
    default: self = .other(error.message)
    }
  }
}

extension StoreProblem {
  /// Whether an error says that a file is no store, or a damaged one.
  static func isDamage(_ error: any Error) -> Bool {
    guard let code = (error as? DatabaseError)?.code else { return false }
    return code == SQLITE_NOTADB || code == SQLITE_CORRUPT
  }
}
