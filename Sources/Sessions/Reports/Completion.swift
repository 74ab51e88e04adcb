/// What could stand at the cursor instead of the word begun there.
package struct Completion: Sendable, Hashable {
  /// One way to go on.
  package struct Candidate: Sendable, Hashable {
    /// The whole word.
    package var text: String

    /// A few words beside it in a list: a default, a shape, what it does; empty for none.
    package var note: String

    /// Whether the word is complete, so that a blank may follow; `stride=` and `res1.` are not.
    package var isWhole: Bool

    /// A word that is complete unless said otherwise.
    package init(_ text: String, note: String = "", isWhole: Bool = true) {
      self.text = text
      self.note = note
      self.isWhole = isWhole
    }
  }

  /// The offset in UTF-8 bytes of the word that the candidates replace, up to the cursor.
  package var start: Int

  /// Best or first in order first, none twice.
  package var candidates: [Candidate]

  /// Candidates for the word that begins at `start`.
  package init(start: Int, candidates: [Candidate]) {
    self.start = start
    self.candidates = candidates
  }
}
