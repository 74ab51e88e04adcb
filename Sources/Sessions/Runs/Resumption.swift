import Training

/// A run of a network that was stopped, or that a file keeps, and can go on where it was.
struct Resumption: Sendable {
  var point: RunPoint
  var origin: RunOrigin

  /// The settings of the session when the run was stopped; nothing where a file brought the run.
  var settings: Recipe?

  /// Tells architecture and weights that the run left.
  let stamp: Int
  let version: UInt64

  /// Whether it went on when it was last kept.
  var wasRunning = false

  /// How far it is: `step 120, epoch 3 of 10`.
  var place: String {
    "step \(Numbers.grouped(point.place.steps)), epoch \(Numbers.grouped(point.place.epochs + 1))"
  }

  /// Whether another network learned beside this one in the same run.
  func isBeside(_ other: Resumption) -> Bool {
    origin.names == other.origin.names && origin.command == other.origin.command
      && point.place == other.point.place
  }
}

extension NetworkState {
  /// Where its run can go on; nothing where it was edited or has learned since.
  var presentResumption: Resumption? {
    resumption.flatMap { $0.stamp == stamp && $0.version == weights.version ? $0 : nil }
  }
}
