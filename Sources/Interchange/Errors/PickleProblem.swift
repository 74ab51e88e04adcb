/// A pickle that is broken, or that would run what is not known; `byte` counts from its first, 0.
package enum PickleProblem: Error, Equatable, Sendable {
  case protocolVersion(UInt8, byte: Int)
  case opcode(UInt8, byte: Int)

  /// A name of Python's that is not one of those that are known; nothing is run to find out what it is.
  case global(String, byte: Int)

  /// The pickle ends within the instruction that starts at `byte`.
  case endedEarly(byte: Int)

  /// The instruction at `byte` needs something else than it is given.
  case operand(Operand, byte: Int)

  /// What an instruction needs.
  package enum Operand: Equatable, Sendable {
    case value
    case mark
    case memo
    case memoIndex
    case text
    case length
    case list
    case dictionary
    case pairs
    case moduleAndName
    case callable
    case arguments
    case storage
    case tensor
  }
}
