import Language
import Training

extension Watch.Measure {
  /// The figure that a word names, as the value of an option of a command.
  ///
  /// - Throws: A diagnostic, with the name that may have been meant.
  init(_ word: Word, of option: String, for verb: String) throws(Diagnostic) {
    guard let measure = Watch.Measure(rawValue: word.text) else {
      throw Diagnostic(
        .argument,
        "\(option) expects \(Watch.Measure.usual.map(\.rawValue).joined(separator: ", ")), or a "
          + "metric such as test.f1, found \(word.text)", at: word.range,
        guessing: DidYouMean.nearest(word.text, among: Watch.Measure.all.map(\.rawValue)),
        offers: ["help \(verb)"])
    }
    self = measure
  }
}
