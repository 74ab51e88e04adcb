/// Which step each step's inputs all come through: a step dominates another if every way to that one leads over it.
///
/// Ancestors are found in logarithmic time over jumps (Myers 1983, An applicative random-access stack).
struct OnnxDominators {
  private var parents: [Int] = []
  private var jumps: [Int] = []
  private var depths: [Int] = []

  /// The dominators of steps of which each takes earlier ones; the first takes none.
  init(_ steps: [OnnxStep]) {
    for step in steps {
      let inputs = step.inputs
      add(below: inputs.dropFirst().reduce(inputs.first ?? 0) { common($0, $1) })
    }
  }

  /// The nearest step before this one through which all its inputs come.
  subscript(step: Int) -> Int { parents[step] }

  private mutating func add(below parent: Int) {
    guard !parents.isEmpty else {
      (parents, jumps, depths) = ([0], [0], [0])
      return
    }
    let jump = jumps[parent]
    let isEven = depths[parent] - depths[jump] == depths[jump] - depths[jumps[jump]]
    parents.append(parent)
    depths.append(depths[parent] + 1)
    jumps.append(isEven ? jumps[jump] : parent)
  }

  /// The nearest step through which both come.
  private func common(_ left: Int, _ right: Int) -> Int {
    var (left, right) = (left, right)
    if depths[left] < depths[right] { (left, right) = (right, left) }
    while depths[left] > depths[right] {
      left = depths[jumps[left]] >= depths[right] ? jumps[left] : parents[left]
    }
    while left != right {
      (left, right) =
        jumps[left] == jumps[right]
        ? (parents[left], parents[right]) : (jumps[left], jumps[right])
    }
    return left
  }
}
