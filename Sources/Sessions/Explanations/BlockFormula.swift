import Networks

/// A sum of a block and what it comes to: `(64 + 2·1 − 3)/2 + 1 = 32`.
struct BlockFormula: Hashable, Sendable {
  /// What is counted: a dimension, parameters, the receptive field.
  let subject: String

  /// The sum in whole numbers.
  let terms: String
  let value: Int

  /// The sum and what it comes to; a number alone where there is nothing to sum up.
  func text(_ glyphs: Glyphs) -> String {
    let value = Numbers.grouped(value)
    return glyphs.spelledFormula(terms == value ? value : "\(terms) = \(value)")
  }

  /// The formula for programs.
  var data: JSON {
    ["subject": .text(subject), "formula": .text(terms), "value": .integer(value)]
  }
}

extension BlockFormula {
  /// How many positions windows find along each dimension; one formula where it holds for all.
  static func sizes(_ windows: Windows, over input: Shape, to output: Shape) -> [BlockFormula] {
    let names = input.spatialRank == 1 ? ["length"] : ["height", "width"]
    let axes = zip(names, input.spatial.indices).map { name, axis in
      BlockFormula(
        subject: name,
        terms: positions(windows, axis, of: input.spatial[axis], output.spatial[axis]),
        value: output.spatial[axis])
    }
    guard let first = axes.first, axes.count > 1, axes.allSatisfy({ $0.terms == first.terms })
    else { return axes }
    let subject = names.joined(separator: " and ")
    return [BlockFormula(subject: subject, terms: first.terms, value: first.value)]
  }

  /// `⌊(n + padding − d·(k − 1) − 1)/stride⌋ + 1` with its numbers, brackets only where it is rounded.
  private static func positions(_ windows: Windows, _ axis: Int, of extent: Int, _ output: Int)
    -> String
  {
    let padding = windows.padding[axis]
    let (kernel, stride) = (windows.kernel[axis], windows.stride[axis])
    let dilation = windows.dilation[axis]
    var sum = "\(extent)"
    if padding.before == padding.after {
      if padding.before > 0 { sum += " + 2·\(padding.before)" }
    } else {
      for side in [padding.before, padding.after] where side > 0 { sum += " + \(side)" }
    }
    sum += dilation == 1 ? " − \(kernel)" : " − \(dilation)·(\(kernel) − 1) − 1"
    if stride == 1 { return sum + " + 1" }
    let slack = extent + padding.total - (dilation * (kernel - 1) + 1)
    if slack >= 0, slack % stride == 0 { return "(\(sum))/\(stride) + 1" }
    return slack >= 0 && output == slack / stride + 1
      ? "⌊(\(sum))/\(stride)⌋ + 1" : "⌈(\(sum))/\(stride)⌉ + 1"
  }

  /// How far windows see, from what each position of their input sees; one formula where it holds for
  /// all dimensions, none where every output sees the whole input.
  static func field(_ windows: Windows, _ field: ReceptiveField) -> [BlockFormula] {
    guard let spans = field.spans, spans.count == windows.kernel.count else { return [] }
    var formulas: [BlockFormula] = []
    for (axis, span) in spans.enumerated() {
      if span.isSplit {
        let terms = Numbers.grouped(span.size)
        formulas.append(BlockFormula(subject: "receptive field", terms: terms, value: span.size))
        continue
      }
      guard span.size < bound, span.jump < bound, windows.stride[axis] > 0 else { return [] }
      let step = span.jump / windows.stride[axis]
      let reach = (windows.kernel[axis] - 1) * windows.dilation[axis]
      let (widening, overflow) = reach.multipliedReportingOverflow(by: step)
      guard !overflow, widening < span.size else { return [] }
      let dilation = windows.dilation[axis] == 1 ? "" : "·\(windows.dilation[axis])"
      let terms = "\(span.size - widening) + (\(windows.kernel[axis]) − 1)\(dilation)·\(step)"
      formulas.append(BlockFormula(subject: "receptive field", terms: terms, value: span.size))
    }
    guard let first = formulas.first else { return [] }
    return formulas.allSatisfy { $0 == first } ? [first] : formulas
  }

  /// Numbers beyond it stand for anything larger.
  private static let bound = 1 << 40
}
