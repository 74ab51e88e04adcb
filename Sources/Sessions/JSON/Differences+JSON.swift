import Networks

/// Comparisons of networks as JSON.
extension CommandScope {
  /// The names, differences and prices of two networks.
  static func data(
    _ left: (name: String, known: NetworkState), _ right: (name: String, known: NetworkState),
    _ comparison: NetworkComparison
  ) -> JSON {
    [
      "from": (["network": .text(left.name)] as JSON).with(.totals(of: left.known.network)),
      "to": (["network": .text(right.name)] as JSON).with(.totals(of: right.known.network)),
      "differences": .array(comparison.differences.map(value)),
    ]
  }

  private static func value(of difference: NetworkComparison.Difference) -> JSON {
    switch difference {
    case .added(let path, let block):
      (["change": "added"] as JSON).with(.name(of: block, path: path))
    case .removed(let path, let block):
      (["change": "removed"] as JSON).with(.name(of: block, path: path))
    case .moved(let from, let to):
      ["change": "moved", "paths": .texts(from), "to": .texts(to)]
    case .renamed(let path, let name):
      ["change": "renamed", "path": .text(path), "to": .text(name)]
    case .changed(let path, let keys):
      [
        "change": "changed", "path": .text(path),
        "keys": .array(
          keys.map {
            ["name": .text($0.key), "from": .text($0.before), "to": .text($0.after)]
          }),
      ]
    }
  }
}
