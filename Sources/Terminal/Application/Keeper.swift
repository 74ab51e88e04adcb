import Sessions

/// Keeps an interactive session's work on disk: after runs, every few statements and at the end.
package final class Keeper {
  private let session: Session
  private let autosave: Autosave

  /// A keeper of a session; nothing where there is no folder for its files.
  package init?(_ session: Session) {
    let state = HistoryFile.path(
      stateHome: Surroundings.variable("XDG_STATE_HOME"), home: Surroundings.variable("HOME"))
    guard let state, let slash = state.lastIndex(of: "/"),
      let autosave = Autosave(folder: state[..<slash] + "/autosave")
    else { return nil }
    (self.session, self.autosave) = (session, autosave)
  }

  /// The lines that offer what the last session has left.
  package var offers: [StyledText] { autosave.offers }

  /// Notes that a statement was run.
  package func noteStatement() { autosave.edited(session) }

  /// Writes what has changed.
  package func write() { autosave.write(session) }
}
