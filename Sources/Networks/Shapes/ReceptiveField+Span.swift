extension ReceptiveField {
  /// One dimension of the field.
  package struct Span: Hashable, Sendable {
    /// The first input position that output position 0 sees, of the widest output.
    package var start: Int

    /// How many positions a place sees, before the split.
    private var own: Int

    /// Input positions from one place to the next.
    private var pace: Int

    /// Set where outputs lie closer than places.
    private var split: Split?

    /// Outputs that lie closer than the places they read, behind an upsampling.
    ///
    /// Output i reads the places `⌊(step · i − behind) / parts⌋ ... ⌊(step · i − behind + reach) / parts⌋`.
    private struct Split: Hashable {
      var parts: Int
      var step = 1
      var behind = 0
      var reach = 0
    }

    /// A span whose outputs lie at whole distances.
    init(start: Int, size: Int, jump: Int) {
      (self.start, own, pace) = (start, size, jump)
    }
  }
}

extension ReceptiveField.Span {
  private static func bounded(_ value: Int, times factor: Int = 1) -> Int {
    ReceptiveField.bounded(value, times: factor)
  }

  /// Whether outputs lie closer than the places that they read.
  package var isSplit: Bool { split != nil }

  /// The most input positions that an output sees.
  package var size: Int {
    guard let split else { return own }
    let places = (split.reach + split.parts - 1) / split.parts
    return Self.bounded(own + Self.bounded(places, times: pace))
  }

  /// Input positions from one output to the next, at least 1 where several outputs share a position.
  package var jump: Int {
    guard let split else { return pace }
    return max(1, Self.bounded(pace, times: split.step) / split.parts)
  }

  /// The first input position that an output sees.
  package func first(of index: Int) -> Int {
    guard let split else { return Self.bounded(start + Self.bounded(pace, times: index)) }
    let place = Self.bounded(Self.bounded(split.step, times: index) - split.behind)
    return Self.bounded(
      start + Self.bounded(pace, times: Self.floor(place, by: split.parts)))
  }

  /// How many input positions an output sees.
  package func size(of index: Int) -> Int {
    guard let split else { return own }
    let place = Self.bounded(Self.bounded(split.step, times: index) - split.behind)
    let last = Self.floor(Self.bounded(place + split.reach), by: split.parts)
    return Self.bounded(
      own + Self.bounded(pace, times: last - Self.floor(place, by: split.parts)))
  }

  private static func floor(_ value: Int, by divisor: Int) -> Int {
    value >= 0 ? value / divisor : -((divisor - 1 - value) / divisor)
  }

  /// What is seen through a window that reaches so far behind its first position.
  func through(reach: Int, stride: Int, before: Int) -> Self {
    var result = self
    guard var split else {
      result.start = Self.bounded(start - Self.bounded(before, times: pace))
      result.own = Self.bounded(own + Self.bounded(reach, times: pace))
      result.pace = Self.bounded(pace, times: stride)
      return result
    }
    split.behind = Self.bounded(split.behind + Self.bounded(before, times: split.step))
    split.reach = Self.bounded(split.reach + Self.bounded(reach, times: split.step))
    split.step = Self.bounded(split.step, times: stride)
    result.split = split
    return result.joined
  }

  /// What is seen where so many outputs stand for each of now.
  ///
  /// - Parameter isLinear: whether each is a mean of the two places that it lies between.
  func upsampled(by factor: Int, isLinear: Bool) -> Self {
    if factor == 1 { return self }
    var result = self
    var split = self.split ?? Split(parts: 1)
    let (parts, slack) = (split.parts, split.step - 1)
    split.parts = Self.bounded(parts, times: factor)
    split.behind = Self.bounded(split.behind, times: factor)
    split.reach = Self.bounded(split.reach, times: factor)
    // Steps of more than one part do not begin where parts do: a bound, some parts wide.
    split.behind = Self.bounded(split.behind + Self.bounded(slack, times: factor - 1))
    split.reach = Self.bounded(split.reach + Self.bounded(slack, times: factor - 1))
    if isLinear {
      // The middle of an output lies (2i + 1 − f) / 2f places behind the first.
      let unit = split.step
      split.parts = Self.bounded(split.parts, times: 2)
      split.behind = Self.bounded(
        Self.bounded(split.behind, times: 2) + Self.bounded(unit, times: factor - 1))
      split.reach = Self.bounded(
        Self.bounded(split.reach, times: 2) + Self.bounded(unit, times: 2 * factor))
      split.step = Self.bounded(unit, times: 2)
    }
    result.split = split
    return result.joined
  }

  /// Without the split where every output begins at a place.
  private var joined: Self {
    guard let split, split.step % split.parts == 0 else { return self }
    var result = self
    let first = Self.floor(-split.behind, by: split.parts)
    let last = Self.floor(Self.bounded(split.reach - split.behind), by: split.parts)
    result.start = Self.bounded(start + Self.bounded(pace, times: first))
    result.own = Self.bounded(own + Self.bounded(pace, times: last - first))
    result.pace = Self.bounded(pace, times: split.step / split.parts)
    result.split = nil
    return result
  }

  /// What is seen through either of two paths; of outputs at different paces the widest counts.
  func union(_ other: Self) -> Self {
    if self == other { return self }
    let (left, right) = (even, other.even)
    let start = min(left.start, right.start)
    let end = max(left.start + left.own, right.start + right.own)
    return Self(
      start: start, size: Self.bounded(end - start), jump: max(left.pace, right.pace))
  }

  /// A span at whole distances that no output sees beyond, for outputs near the first.
  private var even: Self {
    guard let split else { return self }
    let count = min(split.parts, Self.mostOutputs)
    var (start, end) = (first(of: 0), first(of: 0) + size(of: 0))
    for index in 1..<max(2, count) {
      let way = Self.bounded(jump, times: index)
      start = min(start, first(of: index) - way)
      end = max(end, first(of: index) - way + size(of: index))
    }
    return Self(start: start, size: Self.bounded(end - start), jump: jump)
  }

  /// Outputs that are looked at for a bound.
  private static let mostOutputs = 1 << 12
}
