/// Names that come from files, as answers and messages show them: a file may have any amount of text where a name belongs.
package enum BriefText {
  /// The most characters of a name that are shown.
  package static let limit = 60

  /// A name, or its beginning and its end where it is longer, since names of a kind differ at their ends.
  package static func of(_ name: String) -> String {
    guard name.utf8.count > limit, !name.dropFirst(limit).isEmpty else { return name }
    let tail = (limit - 1) / 2
    return name.prefix(limit - 1 - tail) + "…" + name.suffix(tail)
  }
}
