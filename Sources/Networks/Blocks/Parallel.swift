/// Branches that read the same input, joined into one output.
package struct Parallel: Hashable, Sendable {
  /// How the branches' outputs become one.
  package enum Join: String, CaseIterable, Hashable, Sendable {
    /// Channels one after another; spatial extents agree.
    case concatenate = "concat"

    /// The sum; shapes agree.
    case add

    /// The product; shapes agree, or a branch has no positions and holds for all of the others'.
    case multiply = "mul"

    /// T · H + (1 − T) · x of two branches H and T and the container's input x (Srivastava et al. 2015).
    ///
    /// All shapes agree, or T has no positions and holds for all of the others'.
    case highway
  }

  package var join: Join

  /// Sequentials named by their ordinals, `1` first, or `body` and `gate`; at least one.
  package var branches: [Block]

  /// The gate from which the layers of the last branch follow, if they are not given.
  package var gate: Gate?

  /// Branches from the children of each; without any there is one that is empty.
  package init(join: Join, branches: [[Block]]) {
    self.join = join
    self.branches = (branches.isEmpty ? [[]] : branches).enumerated().map { index, children in
      Block(name: "\(index + 1)", form: .sequential(BlockList(children)))
    }
  }

  /// A body and a gate whose layers are still to be resolved by a `Network`; that of squeeze-excite is empty.
  package init(gate: Gate, body: [Block] = []) {
    join = gate.join
    self.gate = gate
    branches = [
      Block(name: "body", form: .sequential(BlockList(body))),
      Block(name: "gate", form: .sequential([])),
    ]
  }

  /// The branches that are typed: all of them, or those that do not follow from the gate.
  package var ownBranches: [Block] {
    switch gate {
    case nil: branches
    case .highway: Array(branches.prefix(1))
    case .squeezeExcite: []
    }
  }
}
