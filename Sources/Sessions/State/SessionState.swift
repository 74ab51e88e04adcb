import Engine
import Language
import Networks
import Training

/// All that a session knows: a value, so that `undo` keeps the old one.
struct SessionState: Sendable {
  /// `let`s, definitions and the arguments of the command file.
  var environment: Environment

  /// The networks by name.
  var networks: [String: NetworkState] = [:]

  /// The names of the networks in the order they were made.
  var networkNames: [String] = []

  /// The name of the network in hand.
  var currentName = Self.firstName

  /// The data to learn from.
  var data: Dataset?

  /// How `train` learns.
  var recipe = Recipe()

  /// Values in place of those of the table of kinds.
  var defaults: [Kind: [String: String]] = [:]

  /// Counts the changes of the state.
  var revision = 0

  /// The name of the network a session begins with.
  static let firstName = "main"

  /// The network in hand, with its weights.
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
  var network: Network

  /// Weights by block identity, optimizer state and the number of steps taken.
  var weights = LearnedState()

  /// What the last run came to, by epoch.
  var epochs: [EpochSummary] = []

  /// Training steps a second in the last run.
  var stepsPerSecond: Double?
}
