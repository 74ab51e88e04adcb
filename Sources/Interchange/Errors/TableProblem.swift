import Networks

/// Rows of text that do not make a table of numbers.
package enum TableProblem: Equatable, Sendable {
  /// Where a value stands in its row.
  package enum Field: Equatable, Sendable {
    /// A column of a CSV table, counted from 1, with its name where there is a header.
    case column(Int, name: String?)

    /// A value of a series, counted from 1, in a dimension counted from 1.
    case value(Int, dimension: Int)

    /// The number that a series shall be answered with.
    case target
  }

  /// No row of data at all.
  case noRows
  case notANumber(found: String, Field)

  /// A number beyond 32-bit floats.
  case outOfRange(found: String, Field)
  case missingValue(found: String, Field)
  case missingLabel

  /// More than `limit` values in all.
  case tooManyValues(limit: Int)

  /// More than `limit` columns in a row.
  case tooManyColumns(limit: Int)

  /// A row with another number of columns than the first one, on `line`.
  case columnCount(expected: Int, line: Int, found: Int)

  /// There is one column, and it is the label.
  case onlyLabels
  case noSuchColumn(name: String, columns: [String])
  case noSuchTarget(name: String, columns: [String])

  /// A column that is named twice among those to be learned.
  case repeatedTarget(name: String)

  /// A column's place, counted from 1, beyond the last one.
  case noSuchPlace(Int, columns: Int)

  /// A column called otherwise than that of the first file.
  case otherColumn(expected: String, path: String, found: String)
  case ambiguousColumn(name: String, count: Int)
  case namedLabelWithoutHeader(name: String)

  /// `found` columns beside the label do not fold into a shape.
  case shapeCount(Shape, found: Int)
}
