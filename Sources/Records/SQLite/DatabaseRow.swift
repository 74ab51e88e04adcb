import CSQLite

/// A row of an answer, whose values are asked for by the names of their columns.
struct DatabaseRow {
  /// The place of each column, the same for all rows of an answer.
  let places: [String: Int]
  let values: [DatabaseValue]

  private func value(_ column: String) throws(DatabaseError) -> DatabaseValue {
    guard let place = places[column] else {
      throw DatabaseError(SQLITE_ERROR, "no such column: \(column)")
    }
    return values[place]
  }

  private func mismatch(_ column: String) -> DatabaseError {
    DatabaseError(SQLITE_MISMATCH, "a value of another type in column \(column)")
  }

  /// An integer, or nothing for null; throws for other values.
  func integer64(orNull column: String) throws(DatabaseError) -> Int64? {
    switch try value(column) {
    case .null: nil
    case .integer(let number): number
    case .real, .text: throw mismatch(column)
    }
  }

  /// An integer, or nothing for null; throws for other values.
  func integer(orNull column: String) throws(DatabaseError) -> Int? {
    guard let number = try integer64(orNull: column) else { return nil }
    guard let number = Int(exactly: number) else { throw mismatch(column) }
    return number
  }

  /// An integer; throws for null and other values.
  func integer(_ column: String) throws(DatabaseError) -> Int {
    guard let number = try integer(orNull: column) else { throw mismatch(column) }
    return number
  }

  /// A number, or nothing for null; throws for texts.
  func real(orNull column: String) throws(DatabaseError) -> Double? {
    switch try value(column) {
    case .null: nil
    case .integer(let number): Double(number)
    case .real(let number): number
    case .text: throw mismatch(column)
    }
  }

  /// A number; throws for null and texts.
  func real(_ column: String) throws(DatabaseError) -> Double {
    guard let number = try real(orNull: column) else { throw mismatch(column) }
    return number
  }

  /// A text, or nothing for null; throws for numbers.
  func text(orNull column: String) throws(DatabaseError) -> String? {
    switch try value(column) {
    case .null: nil
    case .text(let text): text
    case .integer, .real: throw mismatch(column)
    }
  }

  /// A text; throws for null and numbers.
  func text(_ column: String) throws(DatabaseError) -> String {
    guard let text = try text(orNull: column) else { throw mismatch(column) }
    return text
  }
}
