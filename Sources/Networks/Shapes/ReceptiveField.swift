/// Which positions of the network's input reach one position of a block's output.
///
/// Along each spatial dimension output position i sees input positions
/// `start + i · jump ..< start + i · jump + size`; positions outside of the input are padding.
/// Behind an upsampling several outputs share a place: see `Span.Split`.
/// Numbers beyond 2⁶⁰ stand for anything larger.
package struct ReceptiveField: Hashable, Sendable {

  /// A span for each spatial dimension, or nothing once every output sees the whole input; after `last` and
  /// `first`, which leave no dimensions, still that of what they took.
  package let spans: [Span]?

  /// What the input itself sees: each position itself.
  package static func input(rank: Int) -> ReceptiveField {
    ReceptiveField(spans: Array(repeating: Span(start: 0, size: 1, jump: 1), count: rank))
  }

  /// Every output sees every input.
  package static let whole = ReceptiveField(spans: nil)

  /// The size along each spatial dimension, or nothing for the whole input.
  package var size: [Int]? { spans.map { $0.map(\.size) } }

  /// What is seen through a sliding window.
  func through(kernel: [Int], stride: [Int], dilation: [Int], padding: [Padding.Sides])
    -> ReceptiveField
  {
    guard let spans, spans.count == kernel.count else { return self }
    let widened = spans.indices.map { axis in
      let span = spans[axis]
      let reach = saturatingProduct(kernel[axis] - 1, dilation[axis])
      return span.through(reach: reach, stride: stride[axis], before: padding[axis].before)
    }
    return ReceptiveField(spans: widened)
  }

  /// What is seen where so many outputs stand for each of now along each dimension.
  func upsampled(by factors: [Int], isLinear: Bool) -> ReceptiveField {
    guard let spans, spans.count == factors.count else { return self }
    return ReceptiveField(
      spans: zip(spans, factors).map { $0.upsampled(by: $1, isLinear: isLinear) })
  }

  /// What the last of so many positions along each dimension sees.
  func atLast(of extents: [Int]) -> ReceptiveField {
    guard let spans, spans.count == extents.count else { return .whole }
    return ReceptiveField(
      spans: zip(spans, extents).map { span, extent in
        Span(start: span.first(of: extent - 1), size: span.size, jump: span.jump)
      })
  }

  /// What is seen through either of two paths.
  func union(_ other: ReceptiveField) -> ReceptiveField {
    guard let left = spans, let right = other.spans, left.count == right.count else {
      return .whole
    }
    return ReceptiveField(spans: zip(left, right).map { $0.union($1) })
  }

  /// Numbers stay within this bound on both sides, so that sums of a few of them are exact.
  private static let bound = 1 << 60

  static func bounded(_ value: Int, times factor: Int = 1) -> Int {
    min(max(saturatingProduct(value, factor), -bound), bound)
  }
}

extension ReceptiveField {
  /// What is seen through resolved windows.
  func through(_ windows: Windows) -> ReceptiveField {
    through(
      kernel: windows.kernel, stride: windows.stride, dilation: windows.dilation,
      padding: windows.padding)
  }
}
