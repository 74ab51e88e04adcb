import Networks

/// How classes are called.
enum ClassNames {
  /// The name of a class, or its number where outputs are more than classes.
  static func name(_ index: Int, among names: [String]) -> String {
    names.indices.contains(index) ? names[index] : "\(index)"
  }

  /// As `name`, cut where it is long.
  static func shown(_ index: Int, among names: [String]) -> String {
    BriefText.of(name(index, among: names))
  }

  /// A name cut in its middle, since names of a kind differ at their ends.
  static func shortened(_ name: String, to columns: Int, _ glyphs: Glyphs) -> String {
    if DisplayWidth.columns(of: name) <= columns { return name }
    let tail = (columns - 1) / 2
    let end = DisplayWidth.truncate(String(name.reversed()), to: tail, ellipsis: "")
    let start = DisplayWidth.truncate(name, to: columns - tail, ellipsis: glyphs.ellipsis)
    return start + String(end.reversed())
  }
}
