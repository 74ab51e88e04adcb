import Language
import Networks
import Training

/// All there is to know of a block, in lines.
extension CommandScope {
  /// Shapes, prices and parameters of a block.
  func details(of located: Located, in network: Network, weights: LearnedState) -> [StyledText] {
    let block = located.block
    guard let facts = network.facts[block.id] else { return [] }
    var head = StyledText(located.path, .typable)
    head.append("  " + Self.words(for: block), .kind(block.kind.family))
    var lines = [head]
    lines.append(
      StyledText(
        context.glyphs.spell(
          "  \(facts.input.displayText) → \(facts.output.displayText)   receptive field "
            + Self.text(of: facts.receptiveField))))
    let frozen = facts.frozen > 0 ? " (\(Numbers.grouped(facts.frozen)) frozen)" : ""
    lines.append(
      StyledText(
        "  \(Numbers.grouped(facts.learnable)) learnable\(frozen), \(Numbers.grouped(facts.running)) running, "
          + "\(Numbers.grouped(facts.multiplyAdds)) multiply-adds"))
    for specification in network.parameters where specification.key.block == block.id {
      lines += tensorLines(for: specification, weights.parameters[specification.key])
    }
    return lines
  }

  /// What an output sees of the input, as it is said.
  private static func text(of field: ReceptiveField) -> String {
    guard let size = field.size else { return "whole input" }
    return size.isEmpty ? "each feature" : Shape(size).displayText
  }

  /// Role, shape and, where there are values, their spread and a histogram.
  private func tensorLines(for specification: ParameterSpecification, _ tensor: Tensor?)
    -> [StyledText]
  {
    let shape = specification.shape.map(String.init).joined(separator: context.glyphs.times)
    var line = StyledText("  \(specification.key.role.rawValue) \(shape)")
    guard let tensor, let histogram = Histogram(tensor.values) else {
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
    bars.append(histogram.bars(context.glyphs))
    bars.append(" \(number(histogram.greatest))", .dim)
    return [line, bars.inColumns]
  }
}
