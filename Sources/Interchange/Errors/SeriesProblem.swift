/// Time series that do not stand in one array, or files of them that do not pair.
package enum SeriesProblem: Equatable, Sendable {
  /// Another number of dimensions than `@dimensions` says or, where `line` is given, than that line has.
  case dimensionCount(expected: Int, line: Int?, found: Int)

  /// A series of another length than the first, whose place is given; `lengths` are all that occur.
  case unequalLengths(first: Int, path: String, line: Int, found: Int, lengths: ClosedRange<Int>)
  case emptySeries(dimension: Int)

  /// Values with time stamps: `(0,1.5),(1,2.5)`.
  case timeStamps
  case undeclaredLabel(found: String, declared: [String])

  /// A folder without a file that ends in `_TRAIN` and an extension.
  case noPair
  case severalPairs(names: [String])
}
