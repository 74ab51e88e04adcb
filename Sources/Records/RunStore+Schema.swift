import GRDB

extension RunStore {
  /// How a store came to its present form, step by step; a step is never changed once a version has it.
  static let migrator = {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("runs") { database in
      try database.create(table: "run") { table in
        table.autoIncrementedPrimaryKey("id")
        for name in [
          "companions", "command", "network", "settings", "data", "dataName", "fingerprint",
          "blocks", "version", "machine", "folder", "ending", "changes", "note", "tags",
        ] {
          table.column(name, .text).notNull()
        }
        for name in ["drawing", "weights"] { table.column(name, .text) }
        table.column("parent", .integer)
        for name in ["parameters", "steps", "epochs"] { table.column(name, .integer).notNull() }
        for name in ["began", "seconds"] { table.column(name, .double).notNull() }
        for name in ["loss", "accuracy", "testLoss", "testAccuracy"] { table.column(name, .double) }
      }
      try database.create(table: "point") { table in
        table.column("run", .integer).notNull().indexed()
          .references("run", onDelete: .cascade)
        table.column("step", .integer).notNull()
        table.column("epoch", .integer)
        for name in ["loss", "accuracy", "testLoss", "testAccuracy"] { table.column(name, .double) }
      }
    }
    return migrator
  }()
}
