/// What an expression yields and a name holds.
package enum Value: Sendable, Hashable {
  case integer(Int)
  case real(Double)
  case boolean(Bool)
  case string(String)
  /// Extents without the batch: channels × length, or channels × height × width.
  case shape([Int])
  case none
}

extension Value: CustomStringConvertible {
  /// The value as it is typed, without quotes: `750`, `0.5`, `yes`, `10x32`, `none`.
  package var description: String {
    switch self {
    case .integer(let number): String(number)
    case .real(let number): String(number)
    case .boolean(let truth): truth ? "yes" : "no"
    case .string(let text): text
    case .shape(let extents): extents.map(String.init).joined(separator: "x")
    case .none: "none"
    }
  }
}

extension Value {
  /// The number as a real one, of an integer or a real.
  package var number: Double? {
    switch self {
    case .integer(let number): Double(number)
    case .real(let number): number
    case .boolean, .string, .shape, .none: nil
    }
  }

  /// Extents of a shape; an integer is a shape of one extent.
  package var extents: [Int]? {
    switch self {
    case .shape(let extents): extents
    case .integer(let extent): [extent]
    case .real, .boolean, .string, .none: nil
    }
  }

  /// Whether both are the same to the user: 2 is 2.0, and 10 is the shape 10.
  package func isEqual(to other: Value) -> Bool {
    switch (self, other) {
    case (.integer(let integer), .real(let real)), (.real(let real), .integer(let integer)):
      return Int(exactly: real) == integer
    case (.integer, .shape), (.shape, .integer):
      return extents == other.extents
    default:
      return self == other
    }
  }
}
