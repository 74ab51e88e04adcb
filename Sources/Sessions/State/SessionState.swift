import Engine
import Language
import Networks
import Training

/// All that a session knows: a value, so that `undo` keeps the old one.
struct SessionState: Sendable {
  /// `let`s, definitions and the arguments of the command file.
  var environment: Environment

  /// The networks by name.
  var networks = NetworkTable()

  /// The names of the networks in the order they were made.
  var networkNames: [String] = []

  /// The name of the current network.
  var currentName = Self.firstName

  /// The data to learn from.
  var data: Dataset? {
    didSet {
      dataStamp = Stamp.next()
      fingerprint = data.map(Fingerprint.init(of:))
    }
  }

  /// By what the data is known again.
  private(set) var fingerprint: Fingerprint?

  /// Tells the current data from any other of the process.
  private(set) var dataStamp: Int = 0

  /// The commands that made the current data, as they could be typed again.
  var dataCommands: [String] = []

  /// How `train` learns.
  var recipe = Recipe()

  /// What runs write while they go on.
  var checkpoints: CheckpointSetting?

  /// Values in place of those of the table of kinds.
  var defaults: [Kind: [String: String]] = [:]

  /// The figures of the last demonstration, by the names under which `shown` asks for them.
  var shown: [String: Double] = [:]

  /// What a check leaves unread, by the name of the network it would have given; data under an empty name.
  var unread: [String: String] = [:]

  /// Tells this content from any other that the session has had; given by `Session.revise`.
  fileprivate(set) var revision = Stamp.next()

  /// The name of the network a session begins with.
  static let firstName = "main"

  /// The current network, with its weights.
  var current: NetworkState? {
    get { networks[currentName] }
    set {
      if networks[currentName] == nil, newValue != nil { networkNames.append(currentName) }
      networks[currentName] = newValue
    }
  }
}

/// A network, its weights and how far it has learned.
struct NetworkState: Sendable {
  var network: Network {
    didSet { stamp = Stamp.next() }
  }

  /// Tells this architecture from any other of the process.
  private(set) var stamp = Stamp.next()

  /// Weights by block identity, optimizer state and the number of steps taken.
  var weights = LearnedState()

  /// How the inputs were normalized that it learned from last, if they were.
  var normalization: Normalization?

  /// The names of the classes that it learned last, if it learned classes.
  var classNames: [String] = []

  /// What the last epoch of all runs came to.
  var lastEpoch: EpochSummary?

  /// A run that may go on, as long as neither blocks nor weights are others.
  var resumption: Resumption? {
    get { sharedResumption?.value }
    set { sharedResumption = newValue.map(Shared.init) }
  }

  /// By reference, since it is larger than all the rest, and history has many states.
  private(set) var sharedResumption: Shared<Resumption>?

  /// Tells values that `init` drew in the midst of a run from those before, by parameter.
  var drawings: [ParameterKey: Int] = [:]

  /// The run that went on in this state, which has the weights meanwhile; `weights` are those before it.
  var run: Int?

  /// A network that has learned nothing, unless said otherwise.
  init(network: Network, weights: LearnedState = LearnedState()) {
    self.network = network
    self.weights = weights
  }

  /// Whether architecture and weights are those of another state.
  func isUnchanged(since other: NetworkState) -> Bool {
    stamp == other.stamp && weights.version == other.weights.version
  }

  /// What `gradients` has found last.
  var gradients: MeasuredGradients?

  /// What `plan` has found last.
  var times: MeasuredTimes?

  /// Training steps a second in the last run.
  var stepsPerSecond: Double?
}

extension SessionState {
  /// Has the data take the memory of sets that are kept already, where it holds the same values.
  mutating func shareData(with kept: [Dataset]) {
    guard let data else { return }
    self.data = kept.reduce(data) { $0.sharing(with: $1) }
  }

  /// Notes a command that made the current data, and the seed that it drew by.
  ///
  /// - Parameter isAnew: Whether the data does not depend on that before it.
  mutating func noteDataCommand(_ command: String, isAnew: Bool, seed: UInt64) {
    if isAnew { dataCommands = [] }
    let line = "seed \(seed)"
    if dataCommands.last(where: { $0.hasPrefix("seed ") }) != line { dataCommands.append(line) }
    dataCommands.append(command)
  }

  /// Whether `undo` has something to give back between another state and this one.
  ///
  /// The environment is left aside; figures of past runs, and weights that were drawn because they were looked at,
  /// make no difference.
  func differs(from other: SessionState) -> Bool {
    currentName != other.currentName || networkNames != other.networkNames
      || dataStamp != other.dataStamp || recipe != other.recipe || defaults != other.defaults
      || checkpoints != other.checkpoints
      || unread != other.unread
      || networks.differs(from: other.networks) { $0.differs(from: $1) }
  }
}

extension NetworkState {
  /// Whether another network has the same blocks, if not the same ones, and has come to the same values.
  func isTwin(of other: NetworkState) -> Bool {
    guard run == nil, other.run == nil, weights.steps == other.weights.steps,
      network.input == other.network.input
    else { return false }
    let comparison = NetworkComparison(network, other.network)
    let values = [weights.parameters, other.weights.parameters]
    return comparison.differences.isEmpty
      && Tally(comparison, network, other.network, values).isSame
  }

  /// Whether another state of the network has other blocks or weights, or is in another run.
  fileprivate func differs(from other: NetworkState) -> Bool {
    !isUnchanged(since: other) || run != other.run || drawings != other.drawings
      || normalization != other.normalization || classNames != other.classNames
  }
}

extension Session {
  /// Gives the state a revision of its own where it differs from what it was at the last one; a state that `undo`
  /// gave back has its own.
  func revise() {
    if state.revision == revised.revision, state.differs(from: revised) {
      state.revision = Stamp.next()
    }
    revised = state
  }
}
