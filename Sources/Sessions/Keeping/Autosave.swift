import Interchange
import Networks
import Synchronization
import Training

/// Keeps the networks of an interactive session on disk, so that a crash or a closed window costs little.
///
/// A network with weights becomes a `.safetensors` file, one without an `.esp` file; files are written
/// whole or not at all. A session of which every network was saved has nothing here. May be called from any
/// thread but the trainer's.
package final class Autosave: Sendable {
  /// Where work is kept.
  package let kept: KeptSessions
  private let board: WorkBoard
  private let trainer: Trainer
  private let contents = Mutex(Contents())

  /// What is on disk of this session.
  private struct Contents {
    var own: KeptSessions.Own?
    var written: [String: Work.Content] = [:]
    var isOver = false

    /// The networks with weights that the end has left on disk.
    var left: [String] = []
  }

  /// Begins to keep a session's work below a folder, which is made when there is something to keep.
  package init(_ session: Session, root: String) {
    kept = KeptSessions(root: root)
    board = WorkBoard()
    trainer = session.trainer
    kept.tidy()
    session.keep(on: board, in: self)
  }

  /// The folder of this session, as soon as there is one.
  package var folder: String? { contents.withLock { $0.own?.folder } }

  /// Writes what has changed since the last call.
  ///
  /// A network that cannot be written keeps its last file, and the session is told why, once.
  package func keep() {
    contents.withLock { contents in
      if !contents.isOver { keepOrComplain(&contents) }
    }
  }

  /// Writes what has changed, and says what of it could not be written; nothing where all is on disk.
  func unkept() -> UnkeptWork? {
    contents.withLock { contents in
      guard !contents.isOver, let unkept = keep(&contents) else { return nil }
      board.noteTold()
      return unkept
    }
  }

  /// Writes what has changed, for the last time, and gives up what this session has taken over or no longer
  /// needs; no run goes on.
  package func finish() {
    contents.withLock { contents in
      guard !contents.isOver else { return }
      contents.isOver = true
      guard keepOrComplain(&contents) else { return }
      let work = board.work
      for taken in work.taken {
        let known = work.networks[taken.name]
        if let known, known.weights.steps >= taken.steps { kept.removeTaken(taken.path) }
      }
      if contents.written.isEmpty, let own = contents.own { kept.end(own) }
      contents.left = contents.written.keys.filter {
        work.networks[$0].map { $0.weights.steps > 0 } ?? false
      }.sorted()
      contents.own = nil
    }
  }

  /// Removes what is kept, for the last time.
  package func forget() {
    contents.withLock { contents in
      contents.isOver = true
      if let own = contents.own { kept.end(own) }
      contents.own = nil
    }
  }

  /// The trained networks that were not saved and that `finish` has left for the next session.
  var left: [String] { contents.withLock { $0.left } }

  /// Says whether all is on disk that should be.
  @discardableResult
  private func keepOrComplain(_ contents: inout Contents) -> Bool {
    guard let unkept = keep(&contents) else { return true }
    board.complain("work is not kept: \(unkept.reason)")
    trainer.ring()
    return false
  }

  /// Writes what has changed; what of it cannot be written, where something cannot.
  private func keep(_ contents: inout Contents) -> UnkeptWork? {
    if let own = contents.own, !own.lock.isInPlace {
      contents.own = nil
      contents.written = [:]
    }
    let work = board.work
    let progress = trainer.progressOfAll
    let now = work.networks.keys.reduce(into: [String: Work.Content]()) {
      $0[$1] = work.content(of: $1, progress)
    }
    let isSaved = now.allSatisfy { work.saved[$0.key] == $0.value }
    for name in contents.written.keys where isSaved || now[name] == nil {
      if let own = contents.own { Self.remove(name, in: own.folder) }
      contents.written[name] = nil
    }
    let due = now.filter { contents.written[$0.key] != $0.value }
    if isSaved || due.isEmpty { return nil }
    let isLive = due.keys.contains { work.networks[$0]?.run != nil }
    let live = isLive ? trainer.learnedNetworks() : []
    do throws(FileError) {
      let own = if let own = contents.own { own } else { try kept.begin() }
      contents.own = own
      for (name, content) in due.sorted(by: { $0.key < $1.key }) {
        guard let known = work.networks[name] else { continue }
        let learned = known.run == nil ? nil : live.first { $0.name == name }
        let isKept = contents.written[name] != nil
        try write(known, learned, of: work, to: own.folder, as: name, isKept: isKept)
        contents.written[name] = content
      }
      return nil
    } catch {
      let names = due.keys.filter { contents.written[$0] != due[$0] }.sorted()
      return UnkeptWork(names: names, reason: error.message)
    }
  }

  private static func remove(_ name: String, in folder: String) {
    for ending in [".esp", ".safetensors"] {
      Folder.remove(Path.joining(folder, name) + ending)
    }
  }

  /// Writes one network; weights that are no numbers do not replace those of a file.
  private func write(
    _ known: NetworkState, _ live: LearnedNetwork?, of work: Work, to folder: String,
    as name: String, isKept: Bool
  ) throws(FileError) {
    let network = live?.network ?? known.network
    var learned = live?.learned ?? known.weights
    let base = Path.joining(folder, name)
    let (plain, full) = (base + ".esp", base + ".safetensors")
    if learned.steps == 0 {
      try AtomicFile.write(
        NetworkFile.text(of: network, behind: work.definitions), to: plain, isPrivate: true)
      Folder.remove(full)
      return
    }
    if isKept, Folder.holds(full), !learned.isFinite { return }
    do {
      try learned.parameters.initialize(
        missingFor: network, work.recipe.scheme, seed: work.recipe.seed)
    } catch {
      if case .memory(let needed, let available, _) = error {
        throw FileError(
          path: full, problem: .system(.noMemory(needed: needed, available: available)))
      }
      throw FileError(path: full, problem: .system(.interrupted))
    }
    var saved = SavedNetwork(network, learned, known.normalization)
    saved.classNames = known.classNames
    saved.definitions = work.definitions
    if let live, let origin = work.origin {
      saved.learning = SavedLearning(live, origin, work.recipe, isRunning: !trainer.isPaused)
    } else {
      var known = known
      known.weights = learned
      saved.learning = SavedLearning(known, work.recipe, work.dataCommands)
    }
    saved.learning?.curve = SavedCurve(work.traces.all + growingTraces, of: name)
    try saved.write(to: full, isPrivate: true)
    Folder.remove(plain)
  }
}

extension Autosave {
  /// The curves of the run that goes on.
  private var growingTraces: [RunTrace] {
    trainer.progressOfAll.enumerated().compactMap { lane, progress in
      trainer.record(lane).map {
        RunTrace(number: lane, network: progress.network, record: $0, epochs: EpochRecord())
      }
    }
  }
}

extension LearnedState {
  /// Whether all weights are numbers.
  fileprivate var isFinite: Bool {
    parameters.keys.allSatisfy { key in
      parameters[key]?.values.allSatisfy(\.isFinite) ?? true
    }
  }
}
