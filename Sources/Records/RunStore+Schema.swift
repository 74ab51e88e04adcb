extension RunStore {
  /// A step that brings a store to a later form.
  private struct Migration {
    let name: String
    let statements: [String]
  }

  /// How a store came to its present form, step by step; a step is never changed once a version has it.
  private static let migrations = [
    Migration(
      name: "runs",
      statements: [
        """
        CREATE TABLE run (
          id INTEGER PRIMARY KEY AUTOINCREMENT, companions TEXT NOT NULL, command TEXT NOT NULL,
          network TEXT NOT NULL, settings TEXT NOT NULL, data TEXT NOT NULL, dataName TEXT NOT NULL,
          fingerprint TEXT NOT NULL, blocks TEXT NOT NULL, version TEXT NOT NULL,
          machine TEXT NOT NULL, folder TEXT NOT NULL, ending TEXT NOT NULL, changes TEXT NOT NULL,
          note TEXT NOT NULL, tags TEXT NOT NULL, drawing TEXT, weights TEXT, parent INTEGER,
          parameters INTEGER NOT NULL, steps INTEGER NOT NULL, epochs INTEGER NOT NULL,
          began DOUBLE NOT NULL, seconds DOUBLE NOT NULL,
          loss DOUBLE, accuracy DOUBLE, testLoss DOUBLE, testAccuracy DOUBLE)
        """,
        """
        CREATE TABLE point (
          run INTEGER NOT NULL REFERENCES run(id) ON DELETE CASCADE, step INTEGER NOT NULL,
          epoch INTEGER, loss DOUBLE, accuracy DOUBLE, testLoss DOUBLE, testAccuracy DOUBLE)
        """,
        "CREATE INDEX point_on_run ON point(run)",
      ])
  ]

  /// Brings a store to its present form.
  ///
  /// The steps that it has taken stand in a table that has its name from GRDB, which made the first stores.
  ///
  /// - Throws: `newer` where it has taken a step that is not known here.
  static func migrate(_ database: Database) throws {
    let known = migrations.map(\.name)
    func taken() throws -> [String] {
      try database.run("SELECT identifier FROM grdb_migrations").map { try $0.text("identifier") }
    }
    let tables = try database.run("SELECT name FROM sqlite_master WHERE name = 'grdb_migrations'")
    if !tables.isEmpty {
      let taken = try taken()
      if !taken.allSatisfy(known.contains) { throw StoreProblem.newer }
      if taken.count == known.count { return }
    }
    try database.transaction { database in
      try database.run(
        "CREATE TABLE IF NOT EXISTS grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY)")
      let taken = try taken()
      for migration in migrations where !taken.contains(migration.name) {
        for statement in migration.statements { try database.run(statement) }
        try database.run(
          "INSERT INTO grdb_migrations VALUES (?)", [.text(migration.name)])
      }
    }
  }
}
