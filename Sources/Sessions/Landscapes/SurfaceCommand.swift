import Engine
import Interchange
import Language
import Networks
import Training

extension CommandTable {
  /// The command that draws which class each place of two inputs is given.
  static let surfaceRow = CommandRow(
    "surface", aliases: ["decision_surface"], .train,
    usage: "surface [n=N] [> FILE.svg|FILE.csv|FILE.json]",
    "draws which class the network gives each place, where there are two inputs",
    details: [
      "Regions are the denser the surer the network is; training examples lie on top, a .svg picture tells those",
      "that are given another class. Without colours classes are letters. For data spirals, moons, rings, xor and",
      "tables of two columns. On the full screen F2 to the chart, then s, shows it while the network learns.",
    ],
    examples: ["surface", "surface n=40", "surface > surface.svg"],
    keys: [.init("n", default: "60", "cells across; a picture has as many up")],
    words: 0, traits: [.ownRedirect], endings: CommandScope.surfaceWriters.endings + ["json"],
    writing: "surface > FILE", run: { try $0.surface($1) })
}

extension CommandScope {
  /// Answers `surface [n=N] [> FILE.svg|FILE.csv|FILE.json]`.
  mutating func surface(_ invocation: Invocation) throws -> Report {
    let count = try invocation.option("n")?.value.integer("n", in: 2...400) ?? 60
    let network = try currentNetwork(at: invocation.range)
    let data = try currentData(at: invocation.range)
    let names = try checkPlane(data, at: invocation.range)
    try checkTrainable(network, data: data, at: invocation.range)
    if context.checksOnly {
      if let file = invocation.redirect { return Report("would write \(file.text)") }
      return Report("would draw the surface of \(state.currentName)")
    }
    let isSquare = invocation.redirect != nil || context.wantsData
    let columns = isSquare ? count : max(8, min(count, context.columns - 8))
    // Axis, legend and a line of figures stand below.
    let most = (context.renderer?.rows).map { $0 - 3 } ?? 24
    let rows = isSquare ? count : max(4, min(columns * 2 / 5, 24, most))
    let positions = Self.spread(data.train.count, most: Self.mostPoints)
    let inputs = try computing(at: invocation.range) {
      do throws(RowFault) { return try data.train.rows.tensor(at: positions) } catch {
        throw EngineError(error)
      }
    }
    let ranges = DecisionSurface.ranges(of: inputs)
    let plane = DecisionSurface.Plane(
      across: ranges.across, up: ranges.up, columns: columns, rows: rows)
    let request = runRequestForWeights(network, data: data)
    let outputs = try [plane.inputs(shape: data.shape), inputs].map { inputs in
      let examples = try asLearned(
        Examples(inputs: inputs, targets: .none), of: data, at: invocation.range)
      let (outputs, learned) = try computing(at: invocation.range) {
        try context.calculator.predict(request, inputs: examples.rows)
      }
      state.current?.weights = learned
      return outputs
    }
    let surface = DecisionSurface(
      network: state.currentName, names: names, plane: plane, outputs: outputs[0],
      points: Self.points(inputs, data.train.targets, positions, outputs[1]))
    let notes = normalizationNote(for: data).map { [$0] } ?? []
    if let redirect = invocation.redirect, let text = Self.surfaceWriters[redirect.text] {
      var answer = written(text(surface), to: redirect)
      answer.lines += notes
      return answer
    }
    let lines = surface.lines(hasColours: context.hasColours, context.glyphs)
    return Report(lines + notes) { surface.data }
  }

  /// What `surface` writes.
  static let surfaceWriters: WriterTable<@Sendable (DecisionSurface) -> String> = [
    "svg": { $0.picture.svg }, "csv": { $0.table.text },
  ]

  /// The most examples that are drawn.
  static let mostPoints = 1000

  /// So many places among others, spread evenly.
  static func spread(_ count: Int, most: Int) -> [Int] {
    if count <= most { return Array(0..<count) }
    return (0..<most).map { count / most * $0 + count % most * $0 / most }
  }

  /// The names of the classes; refuses data whose inputs are no plane.
  func checkPlane(_ data: Dataset, at range: SourceRange?) throws(Diagnostic) -> [String] {
    guard data.shape.count == 2 else {
      throw Diagnostic(
        .state,
        "a surface needs two inputs, \(data.name) has \(data.shape.displayText)", at: range,
        offers: ["data spirals", "data moons"])
    }
    if data.train.hasPositions {
      throw Diagnostic(
        .state,
        "a surface needs one class for an example, \(data.name) has a target at each position",
        at: range, offers: ["data spirals", "data moons"])
    }
    guard let names = data.train.classNames else {
      throw Diagnostic(
        .state, "a surface needs classes, the targets of \(data.name) are numbers", at: range,
        offers: ["data spirals", "data moons"])
    }
    return names
  }

  /// Examples at their places, with the classes of their outputs.
  static func points(
    _ inputs: Tensor, _ targets: Examples.Targets, _ positions: [Int], _ outputs: Tensor?
  ) -> [DecisionSurface.Point] {
    guard case .classes(let labels, _) = targets else { return [] }
    let width = (outputs?.count ?? 0) / max(1, positions.count)
    return positions.enumerated().map { index, position in
      let row = outputs.map { $0.values[index * width..<(index + 1) * width] }
      return DecisionSurface.Point(
        x: Double(inputs.values[2 * index]), y: Double(inputs.values[2 * index + 1]),
        label: Int(labels[position]), predicted: row.flatMap(DecisionSurface.cell)?.label)
    }
  }
}
