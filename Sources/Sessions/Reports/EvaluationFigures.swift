import Networks
import Training

/// What a network comes to on a part of the data, in a line, a table and for programs.
struct EvaluationFigures {
  let part: DataPart
  let evaluation: Evaluation

  /// The names of the data's classes, where it has some.
  let names: [String]?

  /// Whether there is a target at each position, and whether targets are characters of a text.
  var hasPositions = false
  var isText = false

  /// The part with its figures.
  var line: StyledText {
    var line = StyledText(part.rawValue + (part == .test ? " " : ""))
    line.append("  loss \(Numbers.loss(evaluation.loss))")
    if let accuracy = evaluation.accuracy {
      line.append("  accuracy \(Numbers.percent(accuracy))", .emphasis)
    }
    switch evaluation.metrics {
    case .classes(let metrics):
      if isText {
        line.append("  \(Numbers.loss(metrics.bits)) bits a character", .emphasis)
      } else if hasPositions {
        line.append("  IoU \(Numbers.percent(metrics.intersectionOverUnion))", .emphasis)
      }
      if metrics.isUneven, !isText {
        line.append("  balanced \(Numbers.percent(metrics.balancedAccuracy))")
      }
      if metrics.tallies.count >= Self.manyClasses {
        line.append("  top-5 \(Numbers.percent(metrics.accuracy(amongTop: 5)))")
      }
    case .labels(let metrics):
      line.append("  all labels right \(Numbers.percent(metrics.exactShare))")
      line.append("  F1 \(Numbers.percent(metrics.f1)) macro", .emphasis)
      line.append(", \(Numbers.percent(metrics.microF1)) micro")
    case .numbers(let metrics):
      line.append("  MAE \(Numbers.loss(metrics.meanAbsoluteError))")
      line.append("  RMSE \(Numbers.loss(metrics.rootMeanSquaredError))")
      if hasPositions {
        line.append(
          "  PSNR \(Numbers.decibels(metrics.peakSignalToNoiseRatio))", .emphasis)
      } else if !metrics.r2.isNaN {
        line.append("  R² \(Numbers.loss(metrics.r2))", .emphasis)
      }
    case .none: break
    }
    line.append("  \(Numbers.count(evaluation.count, "example"))", .dim)
    return line
  }

  /// Classes from which on the top five are told.
  private static let manyClasses = 20

  /// Precision, recall and F1 of each class, and their means; intersection over union where there is a class at each
  /// position.
  var table: [StyledText] {
    guard case .classes(let metrics) = evaluation.metrics else { return [] }
    var table = TextTable(
      [
        ("class", .leading), (hasPositions ? "positions" : "examples", .trailing),
        ("precision", .trailing), ("recall", .trailing), ("F1", .trailing),
      ] + (hasPositions ? [("IoU", .trailing)] : []))
    func percent(_ share: Double, _ role: TextRole = .plain) -> StyledText {
      StyledText(Numbers.percent(share), role)
    }
    for (index, tally) in shown(metrics) {
      table.append(
        [
          StyledText(ClassNames.shown(index, among: names ?? [])),
          StyledText(Numbers.grouped(tally.count)), percent(tally.precision),
          percent(tally.recall), percent(tally.f1, .emphasis),
        ] + (hasPositions ? [percent(tally.intersectionOverUnion)] : []))
    }
    table.append(
      [
        StyledText("mean", .dim), StyledText(Numbers.grouped(metrics.count), .dim),
        percent(metrics.precision, .dim), percent(metrics.recall, .dim),
        percent(metrics.f1, .dim),
      ] + (hasPositions ? [percent(metrics.intersectionOverUnion, .dim)] : []))
    return table.lines
  }

  /// The classes of the data, and further ones that are predicted.
  private func shown(_ metrics: ClassMetrics) -> [(index: Int, tally: ClassMetrics.Tally)] {
    let known = names?.count ?? 0
    return metrics.tallies.enumerated().filter { $0.offset < known || $0.element.isSeen }
      .map { ($0.offset, $0.element) }
  }

  /// The figures for programs, and those of each class where they are asked for.
  func data(byClass: Bool) -> JSON {
    var members: [JSON.Member] = [
      .init("part", .text(part.rawValue)), .init("examples", .integer(evaluation.count)),
      .init("loss", .number(evaluation.loss)), .init("accuracy", .optional(evaluation.accuracy)),
    ]
    for metric in Metric.allCases {
      let isTold = names.map { metric.tells(ofClasses: $0.count) } ?? true
      let value = isTold ? evaluation.metrics?.value(of: metric) : nil
      members.append(.init(metric.rawValue, .optional(value)))
    }
    var classes = JSON.null
    if byClass, case .classes(let metrics) = evaluation.metrics {
      classes = .array(
        shown(metrics).map { index, tally in
          [
            "class": .text(ClassNames.name(index, among: names ?? [])),
            "examples": .integer(tally.count), "predicted": .integer(tally.predicted),
            "precision": .number(tally.precision), "recall": .number(tally.recall),
            "f1": .number(tally.f1), "iou": .number(tally.intersectionOverUnion),
          ]
        })
    }
    return .object(members + [.init("classes", classes)])
  }
}

extension ClassMetrics {
  /// Whether some classes have half as many examples again as others, so that accuracy may mislead.
  fileprivate var isUneven: Bool {
    let counts = tallies.map(\.count).filter { $0 > 0 }
    guard let least = counts.min(), let most = counts.max() else { return false }
    return Double(most) > 1.5 * Double(least)
  }
}
