import Networks

extension TableProblem {
  func prose(path: String) -> Prose {
    let file = Prose.typed(path)
    switch self {
    case .noRows:
      return Prose(
        expected: "at least one row of data", found: "none",
        next: "check that the file was copied whole")
    case .notANumber(let found, let field):
      return Prose(
        expected: "a number in \(field.words)", found: Prose.quoted(found),
        next: field.remedy(file: file))
    case .outOfRange(let found, let field):
      return Prose(
        expected: "a number within ±3.4e38 in \(field.words)", found: Prose.quoted(found),
        next: "scale the values down")
    case .missingValue(let found, let field):
      return Prose(
        expected: "a number in \(field.words)",
        found: found.isEmpty ? "nothing" : "the missing value \(Prose.quoted(found))",
        next: "data \(field.format) \(file) fill=0, or complete the row")
    case .missingLabel:
      return Prose(
        expected: "a label", found: "nothing", next: "complete the row or remove it")
    case .tooManyValues(let limit):
      return Prose(
        expected: "at most \(Prose.counted(limit)) values", found: "more",
        next: "cut the file into parts")
    case .tooManyColumns(let limit):
      return Prose(
        expected: "at most \(Prose.counted(limit)) columns", found: "more",
        next: "check that the file has one example a line")
    case .columnCount(let expected, let line, let found):
      return Prose(
        expected: "\(Prose.counted(expected, "column")) as in line \(line)",
        found: Prose.counted(found),
        next: "complete the row, or quote the field that has a separator in it")
    case .onlyLabels:
      return Prose(
        expected: "columns beside the label", found: "none",
        next: "data csv \(file) separator=';', or label=none")
    case .noSuchColumn(let name, let columns):
      return Prose(
        expected: "a column \(Prose.quoted(name))", found: Prose.list(columns),
        next: "data csv \(file) label=\(Self.last(of: columns) ?? "last")")
    case .noSuchTarget(let name, let columns):
      return Prose(
        expected: "a column \(Prose.quoted(name))", found: Prose.list(columns),
        next: "data csv \(file) targets=\(Self.last(of: columns) ?? "NAME")")
    case .repeatedTarget(let name):
      return Prose(
        expected: "each of targets= once", found: "\(Prose.quoted(name)) again",
        next: "leave it out")
    case .noSuchPlace(let place, let columns):
      return Prose(
        expected: "a column from 1 to \(Prose.counted(columns))", found: Prose.counted(place),
        next: "data csv \(file) label=\(columns)")
    case .otherColumn(let expected, let otherPath, let found):
      return Prose(
        expected: "the column \(Prose.quoted(expected)) as in \(otherPath)",
        found: Prose.quoted(found), next: "give all files the same columns in the same order")
    case .ambiguousColumn(let name, let count):
      return Prose(
        expected: "one column \(Prose.quoted(name))", found: Prose.counted(count),
        next: "rename the others in the first line")
    case .namedLabelWithoutHeader(let name):
      return Prose(
        expected: "a first line of names with \(Prose.quoted(name)) among them",
        found: "a row of numbers", next: "data csv \(file) label=last, or add header=yes")
    case .shapeCount(let shape, let found):
      return Prose(
        expected: "\(Prose.counted(shape.count, "column")) for the shape \(shape)",
        found: "\(Prose.counted(found)) beside the label", next: "data csv \(file) shape=1x\(found)"
      )
    }
  }
}

extension TableProblem {
  /// The last column as it is typed after `label=`.
  private static func last(of columns: [String]) -> String? {
    columns.last.map { typed(column: columns.count, named: $0) }
  }

  /// A column as it is typed: by its name, or by its number where that is long.
  fileprivate static func typed(column number: Int, named name: String) -> String {
    name.utf8.count > BriefText.limit ? "\(number)" : Prose.typed(name)
  }
}

extension TableProblem.Field {
  fileprivate var words: String {
    switch self {
    case .column(let number, nil): "column \(number)"
    case .column(let number, let name?): "column \(number), \(Prose.quoted(name))"
    case .value(let number, dimension: 1): "value \(number)"
    case .value(let number, let dimension): "value \(number) of dimension \(dimension)"
    case .target: "the target"
    }
  }

  /// The format whose settings apply.
  fileprivate var format: String {
    switch self {
    case .column: "csv"
    case .value, .target: "ucr"
    }
  }

  fileprivate func remedy(file: String) -> String {
    switch self {
    case .column(let number, nil):
      number == 1
        ? "data csv \(file) label=first, if it is the label; else remove the column"
        : "data csv \(file) header=yes, if the line has names; else correct it"
    case .column(let number, let name?):
      "data csv \(file) label=\(TableProblem.typed(column: number, named: name)), if it is the label; else remove the column"
    case .value, .target: "correct the line"
    }
  }
}
