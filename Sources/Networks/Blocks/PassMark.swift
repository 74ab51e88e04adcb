/// Which passes of the shared bodies around it something belongs to.
package struct PassMark: Sendable {
  private var numbers: [Int] = []

  /// Outside of shared bodies.
  package init() {}

  /// So many passes of a shared body inside, from the first on.
  package func passes(_ count: Int) -> [PassMark] {
    (0..<count).map { number in
      var result = self
      result.numbers.append(number + 1)
      return result
    }
  }

  /// Whether it is the first pass of all bodies around.
  package var isFirst: Bool { numbers.allSatisfy { $0 == 1 } }

  /// What tells names of the pass from those of others: `#2`, or `#2.1` in two bodies; nothing in the first.
  package var text: String {
    isFirst ? "" : "#" + numbers.map(String.init).joined(separator: ".")
  }
}
