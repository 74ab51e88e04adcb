/// What is remembered of one network in one run.
package struct RunRecord: Hashable, Sendable {
  /// How far a run has come, or how it ended.
  package enum Ending: String, Sendable {
    /// It goes on, or its program ended in its midst.
    case open
    case finished

    /// The condition of `until` held.
    case until

    /// No epoch was better for as long as was to be waited.
    case patience
    case stopped
    case diverged
    case refused
  }

  /// The number by which it is called; nothing before it is in a store.
  package var id: Int64?

  /// The same for networks that learned side by side in one run, and for no others.
  package var companions = ""

  // MARK: What was asked for

  /// The command as it was typed.
  package var command: String

  /// The name of the network.
  package var network: String

  /// Commands that set how it learns: seed, batch, loss, optimizer; one a line.
  package var settings: String

  /// Commands that make the data; one a line.
  package var data: String

  /// The name of the data, and a number made of all its values.
  package var dataName: String
  package var fingerprint: String

  /// Commands that build the network, as it was when the run began; one a line.
  package var blocks: String

  /// The command that draws the weights it began with, where the run began with none that had learned.
  package var drawing: String?

  /// The run whose last weights it began with.
  package var parent: Int64?

  /// Learnable parameters.
  package var parameters: Int

  // MARK: Where it ran

  /// Seconds since 1970.
  package var began: Double
  package var version: String
  package var machine: String

  /// The folder that relative paths start from.
  package var folder: String

  // MARK: What it came to

  package var ending = Ending.open

  /// Seconds that its steps took.
  package var seconds = 0.0
  package var steps = 0
  package var epochs = 0
  package var loss: Double?
  package var accuracy: Double?
  package var testLoss: Double?
  package var testAccuracy: Double?

  /// A number made of all its last weights.
  package var weights: String?

  /// What was changed while it ran, a line each.
  package var changes = ""

  // MARK: What was said of it

  package var note = ""

  /// Words without blanks, in their order.
  package var tags: [String] = []

  /// A run that begins.
  package init(
    command: String, network: String, settings: String, data: String, dataName: String,
    fingerprint: String, blocks: String, drawing: String?, parent: Int64?, parameters: Int,
    began: Double, version: String, machine: String, folder: String
  ) {
    self.command = command
    self.network = network
    self.settings = settings
    self.data = data
    self.dataName = dataName
    self.fingerprint = fingerprint
    self.blocks = blocks
    self.drawing = drawing
    self.parent = parent
    self.parameters = parameters
    self.began = began
    self.version = version
    self.machine = machine
    self.folder = folder
  }
}
