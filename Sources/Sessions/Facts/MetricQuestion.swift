import Engine
import Language
import Networks
import Training

/// What an expression asks of a metric, such as `f1(test)` or `recall(test, 3)`.
struct MetricQuestion {
  let metric: Metric
  let part: DataPart

  /// The class that is asked about, where it is one alone.
  let label: Int?

  /// Reads a query about the figures of some data.
  ///
  /// - Throws: A diagnostic where the data has no such figure.
  init(_ metric: Metric, _ query: FactProvider.Query, of data: Dataset, loss: Loss)
    throws(Diagnostic)
  {
    self.metric = metric
    let preset = data.test == nil ? DataPart.train : .test
    guard let first = query.arguments.first else {
      throw Diagnostic(
        .argument, "\(query.name) is measured on train or test", at: query.range,
        replacement: "\(query.name)(\(preset.rawValue))")
    }
    let most = metric.isByClass ? 2 : 1
    if query.arguments.count > most {
      throw Diagnostic(
        .argument,
        "\(query.name) asks about \(metric.isByClass ? "a part and a class" : "one thing"), found "
          + "\(query.arguments.count)", at: query.range, offers: ["help expect"])
    }
    guard let part = DataPart(rawValue: first.text) else {
      let names = DataPart.allCases.map(\.rawValue)
      throw Diagnostic(
        .argument, "\(query.name) is measured on train or test, found \(first.text)",
        at: first.range,
        replacement: DidYouMean.nearest(first.text, among: names) ?? preset.rawValue
      )
    }
    if part == .test, data.test == nil {
      throw Diagnostic(
        .state, "\(data.name) has no test part", at: first.range, offers: ["split 0.8"])
    }
    self.part = part
    if let lack = MetricLack(metric, of: data, loss: loss) {
      throw Diagnostic(
        .state, lack.message, at: query.range, replacement: "\(lack.instead)(\(part.rawValue))")
    }
    label = try query.arguments.dropFirst().first.map { argument throws(Diagnostic) in
      try Self.label(argument, of: data)
    }
  }

  private static func label(_ argument: FactProvider.Argument, of data: Dataset) throws(Diagnostic)
    -> Int
  {
    let names = data.train.classNames ?? []
    if let label = names.firstIndex(of: argument.text) { return label }
    throw Diagnostic(
      .name, "\(data.name) has no class \(argument.text)", at: argument.range,
      guessing: DidYouMean.nearest(argument.text, among: names), offers: ["data"])
  }
}
