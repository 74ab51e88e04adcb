/// One value of each channel for all positions; only the channels are left.
package enum GlobalPooling: Hashable, Sendable {
  /// The mean over the positions.
  case average

  /// The largest over the positions.
  case maximum

  /// The value at the last position of a series.
  case last

  /// The value at the first position of a series.
  case first
}

extension GlobalPooling: LayerDefinition {
  static func row(_ summary: String, _ pooling: GlobalPooling) -> KindRow {
    KindRow(summary, .pooling) { _ in .globalPooling(pooling) }
  }

  var kind: Kind {
    switch self {
    case .average: .globalAveragePooling
    case .maximum: .globalMaximumPooling
    case .last: .lastPosition
    case .first: .firstPosition
    }
  }

  func output(for input: Shape, windows: Windows?) throws(ShapeFault) -> Shape {
    let wanted =
      switch self {
      case .average, .maximum: [1, 2]
      case .last, .first: [1]
      }
    if !wanted.contains(input.spatialRank) {
      throw .rank(kind: kind.rawValue, wanted: wanted, input: input)
    }
    return Shape([input.channels])
  }

  func strides(over input: Shape, windows: Windows?) -> [Int]? {
    input.spatialRank == 0 ? [] : nil
  }

  func receptiveField(_ field: ReceptiveField, input: Shape, windows: Windows?) -> ReceptiveField {
    switch self {
    case .average, .maximum: .whole
    case .last: field.atLast(of: input.spatial)
    case .first: field
    }
  }
}
