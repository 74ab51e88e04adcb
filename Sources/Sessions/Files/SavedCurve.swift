import Training

/// The losses of a network over all its runs as a file keeps them: so many points at most, at even distances.
struct SavedCurve: Sendable {
  let losses: [LossRecord.Point]
  let tests: [LossRecord.Point]

  /// Points of each curve that are kept.
  private static let most = 500

  /// What runs of a network have recorded, in their order; one that begins before the last one's end replaces what
  /// follows.
  init(_ traces: [RunTrace], of network: String) {
    var losses: [LossRecord.Point] = []
    var tests: [LossRecord.Point] = []
    for trace in traces where trace.network == network {
      let first = trace.record.firstStep
      while let last = losses.last, last.step >= first { losses.removeLast() }
      while let last = tests.last, last.step > first { tests.removeLast() }
      losses += Self.thinned(trace.record.points(from: 0))
      tests += Self.thinned(trace.record.tests)
    }
    (self.losses, self.tests) = (Self.thinned(losses), Self.thinned(tests))
  }

  /// The mean of each of so many stretches, at its last step.
  private static func thinned(_ points: [LossRecord.Point]) -> [LossRecord.Point] {
    if points.count <= most { return points }
    return (0..<most).map { part in
      let stretch = points[part * points.count / most..<(part + 1) * points.count / most]
      let sum = stretch.reduce(0.0) { $0 + Double($1.loss) }
      return LossRecord.Point(
        step: stretch[stretch.endIndex - 1].step, loss: Float(sum / Double(stretch.count)))
    }
  }

  /// A run that went through the points; nothing where there are none.
  func trace(number: Int, of network: String) -> RunTrace? {
    guard let first = losses.first else { return nil }
    let record = LossRecord(firstStep: first.step, points: losses, tests: tests)
    return RunTrace(number: number, network: network, record: record, epochs: EpochRecord())
  }
}

extension SavedCurve {
  /// The texts of both curves, each point as `step=loss`; empty ones are left out.
  var metadata: [String: String] {
    func text(_ points: [LossRecord.Point]) -> String? {
      points.isEmpty ? nil : points.map { "\($0.step)=\($0.loss)" }.joined(separator: " ")
    }
    return [Self.lossKey: text(losses), Self.testKey: text(tests)].compactMapValues(\.self)
  }

  private static let lossKey = "resume.losses"
  private static let testKey = "resume.tests"

  /// The curves of a file; those that cannot be read are left out, as nothing but a picture depends on them.
  init(_ metadata: [String: String]) {
    func points(_ key: String) -> [LossRecord.Point] {
      var points: [LossRecord.Point] = []
      for word in (metadata[key] ?? "").split(separator: " ").prefix(Self.most) {
        let parts = word.split(separator: "=")
        guard parts.count == 2, let step = Int(parts[0]), let loss = Float(parts[1]),
          (0...SavedLearning.most).contains(step), step > points.last?.step ?? -1
        else { return [] }
        points.append(LossRecord.Point(step: step, loss: loss))
      }
      return points
    }
    (losses, tests) = (points(Self.lossKey), points(Self.testKey))
  }
}
