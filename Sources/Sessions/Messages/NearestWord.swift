import Language

/// Guesses at words that are typed outside of commands.
package enum NearestWord {
  /// The known word that was probably meant, or nothing where none is near.
  package static func of(_ word: String, among known: [String]) -> String? {
    DidYouMean.nearest(word, among: known)
  }
}
