import Sessions

/// What `espalier --version` tells.
package enum VersionText {
  /// The program's version, and a line for each library that it runs with.
  package static var lines: [String] {
    let parts =
      ProgramVersion.parts
      + [("GNU readline", ReadlineVersion.text), ("ncurses", CursesVersion.text)]
    return ["espalier \(ProgramVersion.text)"] + parts.map { "\($0.0) \($0.1)" }
  }
}
