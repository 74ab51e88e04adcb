import Language
import Networks
import Training

/// All there is to know of a block: shapes, prices and parameters.
struct BlockDetails: Sendable {
  /// A parameter and, where it has values, their spread.
  private struct Parameter: Sendable {
    let specification: ParameterSpecification
    let histogram: Histogram?
  }

  private let located: Located
  private let facts: BlockFacts
  private let parameters: [Parameter]

  /// The details of a block of a network; nothing where it is none of its blocks.
  ///
  /// - Parameter parameters: Those of each block.
  init?(
    _ located: Located, in network: Network, _ parameters: [BlockID: [ParameterSpecification]],
    weights: LearnedState
  ) {
    guard let facts = network.facts[located.block.id] else { return nil }
    self.located = located
    self.facts = facts
    self.parameters = (parameters[located.block.id] ?? []).map {
      Parameter(
        specification: $0,
        histogram: weights.parameters[$0.key].flatMap { Histogram($0.values) })
    }
  }

  // MARK: Lines

  /// The details in lines, a histogram for each parameter.
  func lines(_ glyphs: Glyphs) -> [StyledText] {
    let block = located.block
    var head = StyledText(located.path, .typable)
    head.append("  " + CommandScope.words(for: block), .kind(block.kind.family))
    var lines = [head]
    lines.append(
      StyledText(
        glyphs.spell(
          "  \(facts.input.displayText) → \(facts.output.displayText)   receptive field "
            + Self.text(of: facts.receptiveField))))
    let frozen = facts.frozen > 0 ? " (\(Numbers.grouped(facts.frozen)) frozen)" : ""
    lines.append(
      StyledText(
        "  \(Numbers.grouped(facts.learnable)) learnable\(frozen), \(Numbers.grouped(facts.running)) running, "
          + "\(Numbers.grouped(facts.multiplyAdds)) multiply-adds"))
    for parameter in parameters { lines += Self.lines(for: parameter, glyphs) }
    return lines
  }

  /// What an output sees of the input, as it is said.
  private static func text(of field: ReceptiveField) -> String {
    guard let size = field.size else { return "whole input" }
    return size.isEmpty ? "each feature" : Shape(size).displayText
  }

  /// Role, shape and, where there are values, their spread and a histogram.
  private static func lines(for parameter: Parameter, _ glyphs: Glyphs) -> [StyledText] {
    let specification = parameter.specification
    let shape = specification.shape.map(String.init).joined(separator: glyphs.times)
    var line = StyledText("  \(specification.key.role.rawValue) \(shape)")
    guard let histogram = parameter.histogram else {
      line.append("  not drawn yet", .dim)
      return [line]
    }
    let number = { (value: Double) in Numbers.significant(value, digits: 3) }
    line.append("  mean \(number(histogram.mean))", .dim)
    line.append("  sd \(number(histogram.deviation))", .dim)
    line.append("  norm \(number(histogram.norm))", .dim)
    if histogram.strange > 0 {
      line.append("  \(Numbers.count(histogram.strange, "value")) infinite or no number", .bad)
    }
    guard histogram.least < histogram.greatest else {
      line.append("  all \(number(histogram.least))", .dim)
      return [line]
    }
    var bars = StyledText("    \(number(histogram.least)) ", .dim)
    bars.append(histogram.bars(glyphs))
    bars.append(" \(number(histogram.greatest))", .dim)
    return [line, bars.inColumns]
  }

  // MARK: JSON

  /// The details for programs.
  var data: JSON {
    let block = located.block
    return JSON.name(of: block, path: located.path)
      .with(["arguments": JSON.arguments(of: block)]).with(JSON.facts(facts))
      .with(["parameters": .array(parameters.map(Self.data))])
  }

  private static func data(of parameter: Parameter) -> JSON {
    let specification = parameter.specification
    let histogram = parameter.histogram
    return [
      "path": .text(specification.path), "role": .text(specification.key.role.rawValue),
      "shape": .integers(specification.shape), "count": .integer(specification.count),
      "learnable": .boolean(specification.isLearnable), "frozen": .boolean(specification.isFrozen),
      "mean": .optional(histogram?.mean), "deviation": .optional(histogram?.deviation),
      "norm": .optional(histogram?.norm), "least": .optional(histogram?.least),
      "most": .optional(histogram?.greatest), "not_finite": .optional(histogram?.strange),
      "histogram": histogram.map { .integers($0.counts) } ?? .null,
    ]
  }
}
