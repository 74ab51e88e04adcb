import Engine
import Networks

/// Takes measures of outputs, batch by batch.
struct Gauge {
  private var classes: ClassMetrics?
  private var labels: LabelMetrics?
  private var numbers: NumberMetrics?
  private(set) var mistakes: Mistakes?
  private let width: Int
  private let kind: Loss
  private let decision: Decision

  /// The sum of all losses, and how many they are.
  private var losses = (sum: 0.0, count: 0)

  /// The outputs of the last batch, one example after another.
  private var outputs: [Float] = []

  private let measuresOutputs: Bool

  /// A gauge for what is asked.
  ///
  /// - Throws: `EngineError.memory` where there is no room for it.
  init(_ measures: Measures, _ model: Model, on examples: Examples) throws(EngineError) {
    measuresOutputs = measures != .loss
    kind = model.loss
    width = model.network.output.count
    decision = Decision(outputs: model.network.output.channels, loss: kind)
    guard measuresOutputs else { return }
    let names = examples.classNames
    let bytes =
      names.map {
        ClassMetrics.bytes(classes: max($0.count, decision.classes), hasMatrix: measures.matrix)
      } ?? max(NumberMetrics.bytes(outputs: width), LabelMetrics.bytes(labels: width))
    let kept = AvailableMemory.bytes(measures.mistakes, width, MemoryLayout<Float>.size)
    try AvailableMemory.require { () throws(AvailableMemory.Shortage) in
      try AvailableMemory.check(bytes: bytes)
      try AvailableMemory.check(bytes: kept)
    }
    if measures.mistakes > 0 { mistakes = Mistakes(most: measures.mistakes) }
    guard measures.metrics else { return }
    if let names {
      classes = ClassMetrics(
        classes: names.count, decision: decision, hasMatrix: measures.matrix)
    } else if kind == .multiLabel {
      labels = LabelMetrics(labels: width)
    } else {
      numbers = NumberMetrics(outputs: width)
    }
  }

  /// The mean loss of all examples, the same bits whatever the batches.
  var loss: Double { losses.sum / Double(max(losses.count, 1)) }

  /// The metrics of all that was measured, where they were asked for.
  var metrics: Metrics? {
    classes.map { .classes($0) } ?? labels.map { .labels($0) } ?? numbers.map { .numbers($0) }
  }

  /// Has a model answer some examples, and measures what it answers.
  ///
  /// - Throws: `EngineError` where they do not agree, or memory is short; then nothing was measured.
  mutating func measure(_ examples: Examples, rows: Range<Int>, by model: Model)
    throws(EngineError) -> StepResult
  {
    guard measuresOutputs else {
      let result = try model.evaluate(examples, rows: rows, after: losses.sum)
      losses = (result.sum, losses.count + result.terms)
      return result
    }
    let result = try model.evaluate(
      examples, rows: rows, after: losses.sum, outputs: &outputs)
    losses = (result.sum, losses.count + result.terms)
    let outputs = outputs
    outputs.withUnsafeBufferPointer { all in
      for (index, row) in rows.enumerated() {
        let own = UnsafeBufferPointer(rebasing: all[index * width..<(index + 1) * width])
        switch examples.targets {
        case .classes(let labels, _): add(own, label: Int(labels[row]), row)
        case .maps(let maps): add(own, labels: maps[row], row)
        case .values(let values):
          values.values.withUnsafeBufferPointer { targets in
            let first = row * width
            add(own, targets: UnsafeBufferPointer(rebasing: targets[first..<first + width]), row)
          }
        case .none: break
        }
      }
    }
    return result
  }

  private mutating func add(_ outputs: UnsafeBufferPointer<Float>, label: Int, _ row: Int) {
    let value = ExampleLoss.value(kind, outputs, label: label)
    classes?.add(outputs, label: label, loss: value)
    guard mistakes != nil else { return }
    let choice = decision.choice(of: outputs)
    if choice == label { return }
    mistakes?.add(row, loss: value, outputs, predicted: choice)
  }

  /// Counts each position of an example, whose outputs lie class by class.
  private mutating func add(
    _ outputs: UnsafeBufferPointer<Float>, labels: ArraySlice<Int32>, _ row: Int
  ) {
    var sum = 0.0
    var isRight = true
    let count = labels.count
    var scores = Array(repeating: Float(0), count: width / max(1, count))
    for (position, label) in labels.enumerated() {
      for channel in scores.indices { scores[channel] = outputs[channel * count + position] }
      scores.withUnsafeBufferPointer { scores in
        let value = ExampleLoss.value(kind, scores, label: Int(label))
        classes?.add(scores, label: Int(label), loss: value)
        sum += value
        isRight = isRight && decision.choice(of: scores) == Int(label)
      }
    }
    if isRight { return }
    mistakes?.add(row, loss: sum / Double(count), outputs, predicted: nil)
  }

  private mutating func add(
    _ outputs: UnsafeBufferPointer<Float>, targets: UnsafeBufferPointer<Float>, _ row: Int
  ) {
    numbers?.add(outputs, targets: targets)
    labels?.add(outputs, targets: targets)
    guard mistakes != nil else { return }
    mistakes?.add(
      row, loss: ExampleLoss.value(kind, outputs, targets: targets), outputs, predicted: nil)
  }
}
