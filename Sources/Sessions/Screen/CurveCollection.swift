import Interchange

/// What networks have come to over all their runs, joined network by network.
struct CurveCollection: Sendable {
  private var names: [String] = []
  private var curves: [String: CurvePicture.Curve] = [:]
  private var marks: [CurvePicture.Mark] = []
  private let showsAccuracy: Bool

  /// The curves of runs in their order; a run that begins before the last one's end replaces what follows.
  init(_ runs: [RunTrace], showsAccuracy: Bool) {
    self.showsAccuracy = showsAccuracy
    runs.forEach { add($0) }
  }

  private mutating func add(_ run: RunTrace) {
    // Taken out, so that it is not copied.
    let known = curves.removeValue(forKey: run.network)
    if known == nil { names.append(run.network) }
    var curve = known ?? CurvePicture.Curve(name: run.network)
    let first = run.record.firstStep
    while let last = curve.training.last, last.step >= first { curve.training.removeLast() }
    while let last = curve.test.last, last.step > first { curve.test.removeLast() }
    if showsAccuracy {
      for epoch in run.epochs {
        if let value = epoch.accuracy { curve.training.append((first + epoch.step, value)) }
        if let value = epoch.testAccuracy { curve.test.append((first + epoch.step, value)) }
      }
    } else {
      curve.training += run.record.points(from: 0).map { ($0.step, Double($0.loss)) }
      curve.test += run.record.tests.map { ($0.step, Double($0.loss)) }
    }
    curves[run.network] = curve
    marks += run.record.marks.map { CurvePicture.Mark(step: $0.step, label: $0.label) }
  }

  /// Whether there is nothing to draw.
  var isEmpty: Bool { curves.values.allSatisfy { $0.training.isEmpty && $0.test.isEmpty } }

  /// The curves as a table: a line for each step of a network at which something was measured.
  var table: CSVText {
    let value = showsAccuracy ? "accuracy" : "loss"
    var table = CSVText(head: ["network", "step", value, "test_\(value)"])
    for curve in names.compactMap({ curves[$0] }) {
      var (training, test) = (curve.training[...], curve.test[...])
      while let step = [training.first?.step, test.first?.step].compactMap({ $0 }).min() {
        let value = training.first?.step == step ? training.removeFirst().value : nil
        let testValue = test.first?.step == step ? test.removeFirst().value : nil
        table.append([
          .text(curve.name), .count(step), .number(value), .number(testValue),
        ])
      }
    }
    return table
  }

  /// The curves for programs, each point as step and value.
  func data(of quantity: String) -> JSON {
    let points = { (points: [(step: Int, value: Double)]) in
      JSON.array(points.map { .array([.integer($0.step), .number($0.value)]) })
    }
    let networks = names.compactMap { curves[$0] }.map { curve -> JSON in
      [
        "network": .text(curve.name), "train": points(curve.training), "test": points(curve.test),
      ]
    }
    let marks = marks.map { mark -> JSON in
      ["step": .integer(mark.step), "label": .text(mark.label)]
    }
    return ["quantity": .text(quantity), "networks": .array(networks), "marks": .array(marks)]
  }

  /// The picture of the curves.
  func picture(title: String? = nil, _ form: CurvePicture.Form = .usual) -> CurvePicture {
    let quantity = showsAccuracy ? "accuracy" : "loss"
    return CurvePicture(
      title: title ?? "\(quantity) of \(names.joined(separator: ", ")) in training",
      quantity: quantity,
      curves: names.compactMap { curves[$0] }, marks: marks, isPercent: showsAccuracy, form: form)
  }
}
