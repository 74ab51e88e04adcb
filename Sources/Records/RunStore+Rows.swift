extension RunStore {
  /// The run of a number, or nothing.
  static func run(_ id: Int64, in database: Database) throws -> RunRecord? {
    try records("SELECT * FROM run WHERE id = ?", [.integer(id)], in: database).first
  }

  /// The runs of a query that asks for all their columns.
  static func records(
    _ query: String, _ arguments: [DatabaseValue] = [], in database: Database
  ) throws -> [RunRecord] {
    try database.run(query, arguments).map { try RunRecord($0, in: database) }
  }

  /// Adds a run; gives its number.
  static func insert(_ record: RunRecord, into database: Database) throws -> Int64 {
    let columns = record.columns
    try database.run(
      """
      INSERT INTO run (\(columns.map(\.name).joined(separator: ", ")))
      VALUES (\(columns.map { _ in "?" }.joined(separator: ", ")))
      """, columns.map(\.value))
    return database.lastInsertedID
  }

  /// Writes what a run, which has a number, has become.
  static func update(_ record: RunRecord, in database: Database) throws {
    let columns = record.columns
    try database.run(
      """
      UPDATE run SET \(columns.map { "\($0.name) = ?" }.joined(separator: ", ")) WHERE id = ?
      """, columns.map(\.value) + [.init(record.id)])
  }
}
