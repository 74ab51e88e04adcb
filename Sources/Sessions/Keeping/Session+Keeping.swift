import Interchange
import Language
import Networks
import Training

/// How a session hands its work to whoever keeps it.
extension Session {
  /// Has the session's work kept from now on.
  func keep(on board: WorkBoard, in autosave: Autosave) {
    keeping = (board, autosave)
    if !autosave.kept.ended.isEmpty { emptyLine = "recover" }
    publishWork()
  }

  /// Hands over the networks as they are now; costs no copies.
  func publishWork() {
    guard let board = keeping?.board else { return }
    var work = Work()
    work.networks = state.networks.filter { !$0.network.isEmpty }
    (work.recipe, work.dataCommands) = (state.recipe, state.dataCommands)
    work.definitions = state.environment.ownDefinitions
    (work.origin, work.traces) = (running?.origin, runs.traces)
    work.revision = state.revision
    (work.saved, work.taken) = (filed, taken)
    board.work = work
  }

  /// Why the user may not want to leave now: work that is not on disk and cannot be kept there; nothing where it was
  /// said of this work already, or there is none.
  package func reasonToStay() -> Report? { lossByLeaving(at: nil).map(refusal) }

  /// As `reasonToStay`, of a command at a place.
  func lossByLeaving(at range: SourceRange?) -> Diagnostic? {
    guard together == nil, source.origin == .prompt, let autosave = keeping?.autosave else {
      return nil
    }
    publishWork()
    guard toldOfLoss != state.revision, let unkept = autosave.unkept() else { return nil }
    toldOfLoss = state.revision
    return unkept.refusal(current: state.currentName, at: range)
  }

  /// Notes that the current network is in a file as it is now.
  func noteFiled(withWeights: Bool) {
    guard let current = state.current, withWeights || current.weights.steps == 0,
      withWeights || current.run == nil
    else { return }
    filed[state.currentName] = current.content(
      trainer.progress(of: state.currentName), revision: state.revision)
  }

  /// Notes where the current network was loaded from.
  func noteLoaded(from path: String) {
    let name = state.currentName
    guard let autosave = keeping?.autosave, autosave.kept.holds(path) else {
      return noteFiled(withWeights: true)
    }
    let real = Folder.real(path)
    if let own = autosave.folder, Folder.real(own) == Path.folder(of: real) { return }
    let steps = state.current?.weights.steps ?? 0
    taken.append(Work.Taken(path: real, name: name, steps: steps))
  }
}
