import COneDNN

/// The processors of the machine.
package enum Processors {
  /// How many of them the program may use: fewer than there are where it was tied to some, as by `taskset`.
  package static let count = max(1, Int(espalier_processors()))
}
