import Language
import Networks
import Training

/// Measuring a network on inputs that are normalized as those that it learned from.
extension CommandScope {
  /// The normalization that the current network learned with, where the data has none and it fits.
  private func missingNormalization(of data: Dataset) -> Normalization? {
    guard data.normalization == nil, let kept = state.current?.normalization, kept.fits(data.shape)
    else { return nil }
    return kept
  }

  /// Examples as the current network takes them: normalized as in training, where the data is not normalized.
  func asLearned(_ examples: Examples, of data: Dataset, at range: SourceRange?)
    throws(Diagnostic) -> Examples
  {
    guard let kept = missingNormalization(of: data) else { return examples }
    return try changed(at: range) { () throws(DataError) in
      try examples.normalized(by: kept, of: data.name)
    }
  }

  /// What to know where a network learned from normalized inputs and the data is not normalized so; nothing where
  /// it is.
  func normalizationNote(for data: Dataset) -> StyledText? {
    guard let kept = state.current?.normalization, kept != data.normalization else { return nil }
    if missingNormalization(of: data) != nil {
      return StyledText("inputs normalized as in training", .dim)
    }
    guard data.normalization != nil else { return nil }
    return StyledText(
      "note: \(state.currentName) learned from inputs normalized by \(kept.scope.rawValue), "
        + "these are by other figures; data reads them anew", .warning)
  }
}
