/// Branches that read the same input, joined into one output.
package struct Parallel: Hashable, Sendable {
  /// How the branches' outputs become one.
  package enum Join: String, CaseIterable, Hashable, Sendable {
    /// Channels one after another; spatial extents agree.
    case concatenate = "concat"

    /// The sum; shapes agree.
    case add
  }

  package var join: Join

  /// Sequentials named by their ordinals, `1` first; at least one.
  package var branches: [Block]

  /// Branches from the children of each; without any there is one that is empty.
  package init(join: Join, branches: [[Block]]) {
    self.join = join
    self.branches = (branches.isEmpty ? [[]] : branches).enumerated().map { index, children in
      Block(name: "\(index + 1)", form: .sequential(children))
    }
  }
}
