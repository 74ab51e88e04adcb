import CSQLite

extension RunRecord {
  /// The columns beside `id`, with what stands in them.
  var columns: [(name: String, value: DatabaseValue)] {
    [
      ("companions", .text(companions)), ("command", .text(command)), ("network", .text(network)),
      ("settings", .text(settings)), ("data", .text(data)), ("dataName", .text(dataName)),
      ("fingerprint", .text(fingerprint)), ("blocks", .text(blocks)), ("version", .text(version)),
      ("machine", .text(machine)), ("folder", .text(folder)), ("ending", .text(ending.rawValue)),
      ("changes", .text(changes)), ("note", .text(note)), ("tags", .text(TagList.text(of: tags))),
      ("drawing", .init(drawing)), ("weights", .init(weights)), ("parent", .init(parent)),
      ("parameters", .init(parameters)), ("steps", .init(steps)), ("epochs", .init(epochs)),
      ("began", .real(began)), ("seconds", .real(seconds)), ("loss", .init(loss)),
      ("accuracy", .init(accuracy)), ("testLoss", .init(testLoss)),
      ("testAccuracy", .init(testAccuracy)),
    ]
  }

  /// The names of all columns.
  static let columnNames = [
    "id", "companions", "command", "network", "settings", "data", "dataName", "fingerprint",
    "blocks", "version", "machine", "folder", "ending", "changes", "note", "tags", "drawing",
    "weights", "parent", "parameters", "steps", "epochs", "began", "seconds", "loss", "accuracy",
    "testLoss", "testAccuracy",
  ]

  /// The run of a row, which has all columns; throws where a value is of another type.
  init(_ row: DatabaseRow, in database: Database) throws(DatabaseError) {
    self.init(
      command: try row.text("command"), network: try row.text("network"),
      settings: try row.text("settings"), data: try row.text("data"),
      dataName: try row.text("dataName"), fingerprint: try row.text("fingerprint"),
      blocks: try row.text("blocks"), drawing: try row.text(orNull: "drawing"),
      parent: try row.integer64(orNull: "parent"), parameters: try row.integer("parameters"),
      began: try row.real("began"), version: try row.text("version"),
      machine: try row.text("machine"), folder: try row.text("folder"))
    id = try row.integer64(orNull: "id")
    companions = try row.text("companions")
    let ending = try row.text("ending")
    guard let ending = Ending(rawValue: ending) else {
      throw DatabaseError(SQLITE_MISMATCH, "an ending of runs that is not known: \(ending)")
    }
    self.ending = ending
    changes = try row.text("changes")
    note = try row.text("note")
    tags = try TagList.tags(of: row.text("tags"), in: database)
    weights = try row.text(orNull: "weights")
    (steps, epochs) = (try row.integer("steps"), try row.integer("epochs"))
    seconds = try row.real("seconds")
    (loss, accuracy) = (try row.real(orNull: "loss"), try row.real(orNull: "accuracy"))
    testLoss = try row.real(orNull: "testLoss")
    testAccuracy = try row.real(orNull: "testAccuracy")
  }
}

/// Tags as they stand in their column: a list of JSON.
private enum TagList {
  static func text(of tags: [String]) -> String {
    "[" + tags.map(quoted).joined(separator: ",") + "]"
  }

  static func tags(of text: String, in database: Database) throws(DatabaseError) -> [String] {
    if text == "[]" { return [] }
    let rows = try database.run("SELECT value FROM json_each(?) ORDER BY key", [.text(text)])
    var tags: [String] = []
    for row in rows { tags.append(try row.text("value")) }
    return tags
  }

  private static func quoted(_ tag: String) -> String {
    var result = "\""
    for scalar in tag.unicodeScalars {
      switch scalar {
      case "\"", "\\": result += "\\\(scalar)"
      case "\0"..<" ":
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
