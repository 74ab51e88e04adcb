import Engine
import Networks
import Synchronization
import Training

/// The networks of a session at a moment, as far as they are kept on disk.
struct Work: Sendable {
  /// Networks with blocks by their names; one that is being trained has its weights from before the run.
  var networks = NetworkTable()

  /// How they learn, and the commands that made the data they learn from.
  var recipe = Recipe()
  var dataCommands: [String] = []

  /// The session's definitions, as they could be typed again.
  var definitions: [String] = []

  /// What the run began with that goes on.
  var origin: RunOrigin?

  /// The curves of the runs that are over.
  var traces = RunTraces()

  /// The session's content, by which changes of a network in training are told.
  var revision = 0

  /// What was last written to a file by `save`, or read from one by `load`, by the network's name.
  var saved: [String: Content] = [:]

  /// Networks that were loaded from what an earlier session left.
  var taken: [Taken] = []

  /// A file of an earlier session and the network that it became.
  struct Taken: Hashable, Sendable {
    let path: String
    let name: String
    let steps: Int
  }

  /// Tells one content of a network from any other.
  struct Content: Hashable, Sendable {
    let stamp: Int
    let version: UInt64

    /// How far the run is that has the network, and what the session was then.
    var step: Int?
    var revision: Int?
  }

  /// The content of a network now.
  ///
  /// - Parameter progress: the state of each network of the current run.
  func content(of name: String, _ progress: [Progress]) -> Content? {
    networks[name]?.content(progress.first { $0.network == name }, revision: revision)
  }
}

extension NetworkState {
  /// What tells this content from any other; `progress` counts where the network is in a run.
  func content(_ progress: Progress?, revision: Int) -> Work.Content {
    var content = Work.Content(stamp: stamp, version: weights.version)
    if run != nil { (content.step, content.revision) = (progress?.step ?? .max, revision) }
    return content
  }
}

/// The latest work of a session, put there by its thread and read by the one that keeps it.
final class WorkBoard: Sendable {
  private let latest = Mutex(Work())
  private let problem = Mutex<(text: String?, isSaid: Bool)>((nil, false))

  /// The latest work.
  var work: Work {
    get { latest.withLock { $0 } }
    set { latest.withLock { $0 = newValue } }
  }

  /// Notes that work cannot be kept, the first time.
  func complain(_ text: String) {
    problem.withLock { problem in
      if !problem.isSaid { problem = (text, true) }
    }
  }

  /// Notes that it was told in another way that work cannot be kept.
  func noteTold() { problem.withLock { $0 = (nil, true) } }

  /// What there is to complain about, once.
  func takeComplaint() -> String? {
    problem.withLock { problem in
      defer { problem.text = nil }
      return problem.text
    }
  }
}
