/// A zip archive whose members cannot be read where they lie.
package struct ZipProblem: Equatable, Sendable {
  package let fault: Fault
  package let writer: Writer

  /// What is wrong.
  package enum Fault: Equatable, Sendable {
    /// No record at the end says where the table of contents is.
    case noTable

    /// The table of contents has no entry at a byte of the file.
    case entry(byte: Int)
    case beyond4GiB
    case compressed(String)
    case encrypted(String)

    /// The member is not at the byte where the table of contents has it, or not whole.
    case lost(String, byte: Int)

    /// A stored member whose two sizes differ.
    case sizes(String, size: Int, packed: Int)
    case overlap(String, String)
    case duplicate(String)
  }

  /// What writes archives of the kind that was expected.
  package enum Writer: Equatable, Sendable {
    case numpy
    case torch
  }
}
