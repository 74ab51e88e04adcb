import Language

/// The command files of docs/examples, which come with the program; a test holds them to those.
enum ExampleTable {
  /// Their names and texts, by name.
  static let all: [(name: String, text: String)] = [
    ("ablate", ablate),
    ("activation", activation),
    ("block", block),
    ("degradation", degradation),
    ("degrade", degrade),
    ("denoise", denoise),
    ("gates", gates),
    ("landscape", landscape),
    ("lesion", lesion),
    ("lockstep", lockstep),
    ("metrics", metrics),
    ("mismatch", mismatch),
    ("parallel", parallel),
    ("paths", paths),
    ("receptive", receptive),
    ("reshape", reshape),
    ("residual", residual),
    ("schedule", schedule),
    ("segment", segment),
    ("shatter", shatter),
    ("surface", surface),
    ("surgery", surgery),
    ("sweep", sweep),
    ("text", text),
    ("vanishing", vanishing),
    ("waves", waves),
    ("why", why),
  ]

  /// The text of a name.
  static func text(_ name: String) -> String? { all.first { $0.name == name }?.text }

  /// What a file shows: the first sentence of its first comment, which may have several lines.
  static func summary(of text: String) -> String {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
      .drop { $0.hasPrefix("#!") }.prefix { $0.hasPrefix("# ") }
    let comment = lines.map { String($0.dropFirst(2)) }.joined(separator: " ")
    return comment.firstRange(of: ". ").map { String(comment[..<$0.lowerBound]) + "." } ?? comment
  }
}
