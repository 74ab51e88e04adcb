/// A tap and the joins that take its value.
package struct TapLine: Sendable {
  /// The name of the tap.
  package let name: String
  package let tap: BlockID

  /// Where the tap is.
  package let path: String

  /// The joins, in the order of execution.
  package fileprivate(set) var joins: [BlockID] = []
}

extension Network {
  /// All taps with the joins of their values, in the order of execution.
  package var tapLines: [TapLine] {
    var lines: [TapLine] = []
    var newest = TapScope<Int>()
    walk { block, path in
      switch block.form {
      case .layer(.tap(let tap)):
        newest[tap.name] = lines.count
        lines.append(TapLine(name: tap.name, tap: block.id, path: path))
      case .join(let join):
        if let index = newest[join.tap] { lines[index].joins.append(block.id) }
      case .layer, .sequential, .repeated, .shared, .residual, .parallel: break
      }
    }
    return lines
  }
}
