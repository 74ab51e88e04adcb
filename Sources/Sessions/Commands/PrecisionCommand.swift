import Engine
import Language
import Networks
import Training

extension CommandTable {
  /// The command that says in which numbers products are computed.
  static let precisionRow = CommandRow(
    "precision", .train, usage: "precision bf16|float32",
    "sets in which numbers products have their operands, also while training runs",
    details: [
      "bf16 rounds what oneDNN's convolutions and dense layers multiply to bfloat16, 8 bits of mantissa; sums,",
      "weights, the optimizer's memory, normalization, losses and all values between layers stay float32.",
      "Small layers, attention scores and recurrent layers are computed in float32 nonetheless; plan tells which.",
      "It takes a processor with AVX512_BF16 or AMX. With the former alone it may be slower than float32:",
      "precision without a word measures a convolution in both. export pytorch writes torch.autocast.",
    ],
    examples: ["precision", "precision float32"],
    slots: [.words(Precision.allCases.map(\.rawValue))], words: 1, run: { try $0.precision($1) })
}

extension CommandScope {
  /// Answers `precision bf16|float32`.
  mutating func precision(_ invocation: Invocation) throws -> Report {
    guard let word = invocation.words.first else {
      let line = StyledText(RecipeText.precision(state.recipe))
      return Report([line, StyledText("  \(try precisionHere(at: invocation.range))", .dim)])
    }
    let name = try word.choice("precision", among: Precision.allCases.map(\.rawValue))
    guard let precision = Precision(rawValue: name) else { return Report() }
    if precision == .bfloat16, let lack = Precision.support.lack {
      throw Diagnostic(
        .state, "precision bf16 needs \(lack)", at: word.range, offers: ["precision float32"])
    }
    let isOther = state.recipe.precision != precision
    state.recipe.precision = precision
    var lines = [StyledText(RecipeText.precision(state.recipe))]
    if isOther, precision == .bfloat16, try isSlower(at: invocation.range) {
      lines.append(
        StyledText("  slower than float32 on this processor; ", .warning)
          + StyledText("precision", .typable) + StyledText(" measures how much", .warning))
    }
    return Report(lines)
  }

  /// Whether a convolution in bfloat16 takes notably longer; nobody asks in a trial.
  private func isSlower(at range: SourceRange) throws -> Bool {
    if context.checksOnly || context.isTrial { return false }
    let speed = try computing(at: range) { try context.calculator.precisionSpeed() }
    return speed.map { $0.duration > 1.1 } ?? false
  }

  /// What this processor can do in bfloat16.
  private func precisionHere(at range: SourceRange) throws -> String {
    if let lack = Precision.support.lack { return "bf16 is not to be had: it needs \(lack)" }
    let found =
      Precision.support == .amx
      ? "this processor has AMX" : "this processor has AVX512_BF16, no AMX"
    if context.checksOnly || context.isTrial { return found }
    let speed = try computing(at: range) { try context.calculator.precisionSpeed() }
    return speed.map { "\(found): a 3x3 convolution in bf16 takes \($0.text)" } ?? found
  }
}

extension Precision.Support {
  /// What bfloat16 needs and is not there.
  fileprivate var lack: String? {
    switch self {
    case .amx, .vectors: nil
    case .missing: "a processor with AVX512_BF16, which this one has not"
    case .leftOut(let set): "AVX512_BF16, which the instructions asked for (\(set)) leave out"
    case .limited: "AVX512_BF16, which DNNL_MAX_CPU_ISA keeps oneDNN from using"
    case .noLibrary: "oneDNN, which was not found"
    }
  }
}

extension PrecisionSpeed {
  /// The duration in words.
  var text: String {
    let share = Numbers.fixed(duration, decimals: 2)
    return "\(share) times as long as in float32"
  }
}
