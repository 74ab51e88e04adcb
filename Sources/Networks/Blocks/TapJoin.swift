/// y = path(tapped value) joined with x: a skip from a tap anywhere before.
///
/// The tapped value comes first, as in `torch.cat([skip, x], 1)` (Ronneberger et al. 2015).
package struct TapJoin: Hashable, Sendable {
  /// The name of the tap.
  package var tap: String

  /// How the two become one.
  package var join: Parallel.Join

  /// A sequential named `path`, which the tapped value goes through; empty where it is taken as it is.
  package var path: Block

  /// A join with the layers on the way of the tapped value.
  package init(tap: String, join: Parallel.Join, path: [Block] = []) {
    self.tap = tap
    self.join = join
    self.path = Block(name: "path", form: .sequential(BlockList(path)))
  }

  /// The joins of two values.
  package static let joins: [Parallel.Join] = [.add, .concatenate, .multiply]
}
