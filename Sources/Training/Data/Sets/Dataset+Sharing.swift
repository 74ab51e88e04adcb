import Networks

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension Dataset {
  /// The same set, with the arrays of another one in place of its own that hold the same bits.
  ///
  /// Two sets of equal values then take the memory of one. Rows that are left in files stay as they are.
  package func sharing(with other: Dataset) -> Dataset {
    Dataset(
      name: name, description: description, train: train.sharing(with: other.train),
      test: test.map { own in other.test.map(own.sharing) ?? own }, normalization: normalization)
  }
}

extension Examples {
  fileprivate func sharing(with other: Examples) -> Examples {
    Examples(rows: rows.sharing(with: other.rows), targets: targets.sharing(with: other.targets))
  }
}

extension InputRows {
  fileprivate func sharing(with other: InputRows) -> InputRows {
    switch (self, other) {
    case (.memory(let own), .memory(let others)): .memory(own.sharing(with: others))
    case (.memory, .stored), (.stored, _): self
    }
  }
}

extension Examples.Targets {
  fileprivate func sharing(with other: Examples.Targets) -> Examples.Targets {
    switch (self, other) {
    case (.classes(let own, let names), .classes(let others, _)):
      .classes(own.sharing(with: others), names: names)
    case (.maps(let own), .maps(let others)):
      .maps(own.with(labels: own.labels.sharing(with: others.labels)))
    case (.values(let own), .values(let others)): .values(own.sharing(with: others))
    case (.classes, _), (.maps, _), (.values, _), (.none, _): self
    }
  }
}

extension Tensor {
  fileprivate func sharing(with other: Tensor) -> Tensor {
    Tensor(shape: shape, values: values.sharing(with: other.values))
  }
}

extension Array where Element: BitwiseCopyable {
  /// The other array where it has the same bits, else this one.
  fileprivate func sharing(with other: [Element]) -> [Element] {
    guard count == other.count else { return self }
    let isEqual = withUnsafeBytes { own in
      other.withUnsafeBytes { others in
        guard let base = own.baseAddress, let otherBase = others.baseAddress else { return true }
        return base == otherBase || memcmp(base, otherBase, own.count) == 0
      }
    }
    return isEqual ? other : self
  }
}
