/// Positions added around an input before a window slides over it.
package enum Padding: Hashable, Sendable {
  /// Positions before and after along one dimension.
  package struct Sides: Hashable, Sendable {
    package let before: Int
    package let after: Int

    /// Positions before and after.
    package init(before: Int, after: Int) {
      self.before = before
      self.after = after
    }

    /// Both together.
    package var total: Int { saturatingSum(before, after) }
  }

  /// ⌊(k_eff − 1) / 2⌋ before and the rest after, whatever the stride: ⌈n / stride⌉ positions come out.
  case same

  /// k_eff − 1 before and none after, along one dimension: no output sees what comes after its own place.
  case causal

  /// The same sides in every dimension, or sides for each.
  case explicit([Sides])

  /// The same number on all sides.
  package init(_ count: Int) { self = .explicit([Sides(before: count, after: count)]) }

  /// The sides in so many dimensions, or nothing where the numbers of dimensions disagree.
  package func resolved(kernel: [Int], dilation: [Int]) -> [Sides]? {
    switch self {
    case .same:
      return zip(kernel, dilation).map { kernel, dilation in
        let total = saturatingProduct(kernel - 1, dilation)
        return Sides(before: total / 2, after: total - total / 2)
      }
    case .causal:
      guard kernel.count == 1, dilation.count == 1 else { return nil }
      return [Sides(before: saturatingProduct(kernel[0] - 1, dilation[0]), after: 0)]
    case .explicit(let sides):
      if sides.count == 1 { return Array(repeating: sides[0], count: kernel.count) }
      return sides.count == kernel.count ? sides : nil
    }
  }
}

extension Padding: CustomStringConvertible {
  /// As it is typed: `same`, `causal`, `1`, `3:4` or `1x2`.
  package var description: String {
    switch self {
    case .same: "same"
    case .causal: "causal"
    case .explicit(let sides):
      sides.map { $0.before == $0.after ? "\($0.before)" : "\($0.before):\($0.after)" }
        .joined(separator: "x")
    }
  }
}
