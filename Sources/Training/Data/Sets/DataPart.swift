/// The parts of a data set.
package enum DataPart: String, CaseIterable, Hashable, Sendable {
  case train
  case test
}
