import Interchange
import Networks
import Synchronization
import Training

/// What `checkpoint` asks for.
struct CheckpointSetting: Hashable, Sendable {
  var interval = Checkpointing.Interval.epochs(1)

  /// Files of each network and run that are kept, the newest ones.
  var keep = 3

  /// The file as it was typed, in whose name the place is put.
  var file: String
}

/// The files that a run writes while it learns; a new one is whole before the oldest goes.
final class CheckpointFiles: Sendable {
  private let setting: CheckpointSetting
  private let path: String
  private let origin: RunOrigin

  private struct Contents {
    /// The files that are there of each network, oldest first.
    var paths: [String: [String]] = [:]
    var failure: FileError?
  }

  private let contents = Mutex(Contents())

  /// Files of a run.
  ///
  /// - Parameter path: The file as the system takes it.
  init(_ setting: CheckpointSetting, path: String, of run: OngoingRun) {
    self.setting = setting
    self.path = path
    origin = run.origin
  }

  /// What hands copies of a network over to be written.
  var checkpointing: Checkpointing {
    Checkpointing(every: setting.interval) { [self] copy in write(copy) }
  }

  private func write(_ copy: LearnedNetwork) {
    let place: String
    switch setting.interval {
    case .epochs: place = "epoch\(copy.learned.epochs)"
    case .minutes: place = "step\(copy.learned.steps)"
    }
    let network = origin.names.count > 1 ? "-\(copy.name)" : ""
    let name = "\(Path.stem(of: path))\(network)-\(place).safetensors"
    let target = Path.joining(Path.folder(of: path), name)
    do throws(FileError) {
      var saved = SavedNetwork(copy.network, copy.learned, origin.data?.normalization)
      saved.classNames = origin.data?.train.classNames ?? []
      saved.learning = SavedLearning(copy, origin, Recipe())
      try saved.write(to: target)
    } catch {
      contents.withLock { $0.failure = error }
      return
    }
    let old = contents.withLock { contents in
      var paths = contents.paths[copy.name, default: []]
      paths.removeAll { $0 == target }
      paths.append(target)
      let old = paths.prefix(max(0, paths.count - setting.keep))
      contents.paths[copy.name] = Array(paths.dropFirst(old.count))
      contents.failure = nil
      return old
    }
    for path in old { Folder.remove(path) }
  }

  /// What there is to say of the files at the end of the run.
  var lines: [StyledText] {
    let (paths, failure) = contents.withLock { ($0.paths, $0.failure) }
    var lines: [StyledText] = []
    let names = paths.sorted { $0.key < $1.key }.flatMap(\.value)
    if !names.isEmpty {
      lines.append(StyledText("  kept \(names.joined(separator: ", "))", .dim))
    }
    if let failure {
      lines.append(StyledText("  the last checkpoint failed: \(failure.message)", .bad))
    }
    return lines
  }
}
