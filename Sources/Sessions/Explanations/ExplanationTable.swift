import Networks

/// All explanations, and which word leads to which.
enum ExplanationTable {
  static let all: [Explanation] = [
    residualTexts, gateTexts, tapTexts, degradationTexts, demonstrationTexts, layerTexts,
    shapingTexts, rearrangingTexts, poolingTexts, attentionTexts, recurrentTexts, libraryTexts,
    normalizationTexts, exampleNormTexts, regularizationTexts, activationTexts, shapeTexts,
    weightTexts, lossTexts, optimizerTexts, rateTexts, trainingTexts, figureTexts, positionTexts,
    columnTexts, dataTexts, editTexts, lookCommandTexts, diagnosisTexts, runCommandTexts,
    scriptTexts, frameworkTexts, gluonTexts, syntaxErrorTexts, stateErrorTexts,
  ].flatMap { $0 }

  /// Everything that can be asked for, in the order of the table.
  static let words = all.flatMap(\.names)

  private static let byName = Dictionary(
    all.flatMap { text in text.names.map { ($0, text) } }, uniquingKeysWith: { first, _ in first })

  private static let byFolded = Dictionary(
    all.flatMap { text in text.names.map { (folded($0), text) } },
    uniquingKeysWith: { first, _ in first })

  /// The text on a word, whether it is said as it stands, in other letters, or by another name of a layer
  /// or command.
  static func text(on word: String) -> Explanation? {
    if let text = byName[word] ?? byFolded[folded(word)] { return text }
    if let kind = Kind(word: word) { return byName[kind.rawValue] }
    return CommandTable.row(word).flatMap { byName[$0.verb] }
  }

  /// A word without what people write differently: capitals, and `-` or `_` for a blank.
  private static func folded(_ word: String) -> String {
    String(word.lowercased().map { $0 == "-" || $0 == "_" ? " " : $0 })
  }
}
