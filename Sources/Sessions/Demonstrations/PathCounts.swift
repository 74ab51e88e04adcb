import Networks

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The paths through a network by how many residual bodies each goes through.
struct PathCounts: Sendable {
  /// The number of paths that go through as many bodies as the place says.
  let counts: [Double]

  /// Of the outermost residual blocks the number; those of a shared body count once for each pass.
  let blocks: Int

  /// The paths of a network: at each residual block one through the body and one through the
  /// shortcut, at each join those of the tap and those of what comes in.
  init(_ network: Network) {
    var taps = TapScope<[Double]>()
    counts = Self.lengths(network.root, from: [1], &taps)
    blocks = Self.residuals(network.root)
  }

  /// How many paths there are.
  var total: Double { counts.reduce(0, +) }

  /// The mean number of bodies on a path.
  var mean: Double {
    let total = total
    let mean = counts.enumerated().reduce(0) { $0 + Double($1.offset) * ($1.element / total) }
    return (mean * 1e9).rounded() / 1e9
  }

  /// The whole power of two that the number of paths is, where it is one.
  var power: Int? {
    let exponent = log2(total)
    return exponent.isFinite && exponent == exponent.rounded() ? Int(exponent) : nil
  }

  /// The paths from the input of the network to what leaves a block, by length.
  private static func lengths(
    _ block: Block, from before: [Double], _ taps: inout TapScope<[Double]>
  ) -> [Double] {
    switch block.form {
    case .layer(.tap(let tap)):
      taps[tap.name] = before
      return before
    case .layer: return before
    case .sequential(let children), .repeated(let children):
      return children.reduce(before) { lengths($1, from: $0, &taps) }
    case .shared(let children, let passes):
      return (0..<passes).reduce(before) { before, _ in
        children.reduce(before) { lengths($1, from: $0, &taps) }
      }
    case .residual(let residual):
      let body = lengths(residual.body, from: before, &taps)
      return sum([0] + body, lengths(residual.shortcut, from: before, &taps))
    case .parallel(let parallel):
      return parallel.branches.reduce([]) { sum($0, lengths($1, from: before, &taps)) }
    case .join(let join):
      return sum(lengths(join.path, from: taps[join.tap] ?? [], &taps), before)
    }
  }

  private static func residuals(_ block: Block) -> Int {
    switch block.form {
    case .layer: 0
    case .residual: 1
    case .sequential, .repeated, .parallel, .join: block.children.reduce(0) { $0 + residuals($1) }
    case .shared(let children, let passes):
      passes * children.reduce(0) { $0 + residuals($1) }
    }
  }

  private static func sum(_ left: [Double], _ right: [Double]) -> [Double] {
    (0..<max(left.count, right.count)).map { place -> Double in
      let first: Double = place < left.count ? left[place] : 0
      let second: Double = place < right.count ? right[place] : 0
      return first + second
    }
  }
}

/// How much of the gradient comes by paths of each length, found out on some of them.
struct PathGradients: Sendable {
  /// The share of each length, all together 1.
  let shares: [Double]

  /// The mean norm of the gradient that comes by one path of each length.
  let norms: [Double]

  /// Shares of norms by length, each times the number of paths of that length among n blocks.
  ///
  /// Numbers of paths are taken as logarithms, since 2ⁿ of them may be more than there are numbers.
  init(norms: [Double]) {
    self.norms = norms
    let blocks = Double(norms.count - 1)
    let logarithms = norms.enumerated().map { length, norm -> Double in
      let chosen = Double(length)
      return lgamma(blocks + 1) - lgamma(chosen + 1) - lgamma(blocks - chosen + 1) + log(norm)
    }
    let most = logarithms.filter(\.isFinite).max() ?? 0
    let weights = logarithms.map { $0.isFinite ? exp($0 - most) : 0 }
    let total = weights.reduce(0, +)
    shares = weights.map { total > 0 ? $0 / total : 0 }
  }

  /// The mean length by which the gradient comes.
  var mean: Double { shares.enumerated().reduce(0) { $0 + Double($1.offset) * $1.element } }

  /// The fewest lengths in a row by which at least a share of the gradient comes.
  func lengths(holding share: Double) -> ClosedRange<Int>? {
    var best: ClosedRange<Int>?
    for first in shares.indices {
      var sum = 0.0
      for last in first..<shares.count {
        sum += shares[last]
        if sum < share { continue }
        if best.map({ last - first < $0.count - 1 }) ?? true { best = first...last }
        break
      }
    }
    return best
  }
}
