/// Where the program keeps what it remembers from session to session.
package enum StateFolder {
  /// `$XDG_STATE_HOME/espalier`, or below `~/.local/state`.
  ///
  /// Nothing where there is no home. A relative `$XDG_STATE_HOME` does not count, as its specification says.
  package static func path(stateHome: String?, home: String?) -> String? {
    if let stateHome, stateHome.hasPrefix("/") { return stateHome + "/espalier" }
    guard let home, home.hasPrefix("/") else { return nil }
    return home + "/.local/state/espalier"
  }

  /// That of the process.
  package static var path: String? {
    path(stateHome: Surroundings.variable("XDG_STATE_HOME"), home: Surroundings.variable("HOME"))
  }
}
