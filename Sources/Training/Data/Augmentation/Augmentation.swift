import Networks

/// How examples to train on are changed at random, anew in each epoch; those to test on stay as they are.
package struct Augmentation: Hashable, Sendable {
  /// What is mirrored, each example as likely as not.
  package enum Flip: String, CaseIterable, Hashable, Sendable {
    /// The columns of images.
    case yes

    /// The time of series.
    case time
  }

  /// Positions that an example is moved by at most, along each of its axes; 0 comes in.
  package var crop = 0
  package var flip: Flip?

  /// The deviation of what is added to each channel as a whole.
  package var jitter = 0.0

  /// The deviation of the factor of an example about 1.
  package var scale = 0.0

  /// The deviation of what is added to each value by itself.
  package var noise = 0.0

  /// How far the speed of time deviates from 1 at most, in series.
  package var warp = 0.0

  /// The side of the square, or the length of the stretch, that is set to 0 (DeVries and Taylor 2017).
  package var cutout = 0

  /// Examples as they are.
  package init() {}

  /// Whether examples stay as they are.
  package var isNone: Bool { self == Augmentation() }

  /// What keeps examples of a shape from being changed so.
  package enum Misfit: Error, Equatable, Sendable {
    /// A key that speaks of positions, where examples have features only.
    case noPositions(key: String)

    /// A key that speaks of series, where examples are images.
    case notASeries(key: String)

    /// `flip=yes`, where examples are series.
    case flipOfSeries

    /// More positions than the smallest axis allows.
    case tooLarge(key: String, found: Int, limit: Int)

    /// A key that brings in positions of which no class is known, where there is a class at each.
    case classAtPosition(key: String)

    /// A key that moves positions, where targets have others than inputs.
    case otherPositions(key: String)

    /// Any key, where the inputs are the numbers of characters.
    case text(key: String)
  }

  /// Throws where examples cannot be changed so with their targets.
  package func check(_ examples: Examples) throws(Misfit) {
    try check(examples.shape)
    if examples.vocabulary != nil, let key = keys.first { throw .text(key: key) }
    guard let moving = keys.first(where: { ["crop", "warp", "flip"].contains($0) }),
      examples.hasPositions
    else { return }
    guard let shape = Self.targetShape(of: examples) else { throw .otherPositions(key: moving) }
    guard shape.spatial == examples.shape.spatial else { throw .otherPositions(key: moving) }
    if examples.maps != nil, moving != "flip" { throw .classAtPosition(key: moving) }
  }

  /// The keys that are set, those that move positions first.
  private var keys: [String] {
    let all: [(key: String, isSet: Bool)] = [
      ("crop", crop > 0), ("warp", warp > 0), ("flip", flip != nil), ("jitter", jitter > 0),
      ("scale", scale > 0), ("noise", noise > 0), ("cutout", cutout > 0),
    ]
    return all.filter(\.isSet).map(\.key)
  }

  /// The targets of an example as channels at positions, where there is a target at each of several.
  static func targetShape(of examples: Examples) -> Shape? {
    switch examples.targets {
    case .maps(let maps): Shape(channels: 1, spatial: maps.extents)
    case .values(let values) where values.shape.count > 2: Shape(Array(values.shape.dropFirst()))
    case .classes, .values, .none: nil
    }
  }

  /// Throws where examples of a shape cannot be changed so.
  package func check(_ shape: Shape) throws(Misfit) {
    let isSeries = shape.spatialRank == 1
    if shape.spatialRank == 0 {
      let keys = [
        ("crop", crop > 0), ("flip", flip != nil), ("jitter", jitter > 0), ("warp", warp > 0),
        ("cutout", cutout > 0),
      ]
      if let key = keys.first(where: \.1)?.0 { throw .noPositions(key: key) }
    } else if !isSeries {
      if warp > 0 { throw .notASeries(key: "warp") }
      if flip == .time { throw .notASeries(key: "flip=time") }
    } else if flip == .yes {
      throw .flipOfSeries
    }
    let least = shape.extents.dropFirst().min() ?? 0
    if crop > 0, crop >= least { throw .tooLarge(key: "crop", found: crop, limit: least - 1) }
    if cutout > least { throw .tooLarge(key: "cutout", found: cutout, limit: least) }
  }
}
