import Language
import Networks

extension Session {
  /// What could stand at the cursor, an offset in UTF-8 bytes.
  package func completion(of text: String, at cursor: Int) -> Completion {
    let context = CursorContext(
      of: SourceText(text: text), at: cursor, fullVerb: { CommandTable.fullVerb($0) })
    var seen = Set<String>()
    let fitting = Candidates(session: self, context: context).all.filter {
      $0.text.hasPrefix(context.prefix) && seen.insert($0.text).inserted
    }
    return Completion(start: context.prefixRange.lowerBound, candidates: fitting)
  }
}
