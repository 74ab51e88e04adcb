/// A word of the field or of the program in a few lines: why it is there, its formula, and commands
/// that show it.
struct Explanation: Sendable {
  /// Words that belong together, in the order in which `explain` lists them.
  enum Group: String, CaseIterable, Sendable {
    case residual = "Residual"
    case layers = "Layers"
    case activations = "Activation"
    case shapes = "Shapes"
    case weights = "Weights"
    case training = "Training"
    case figures = "Figures"
    case commands = "Commands"
    case frameworks = "Frameworks"
    case errors = "Errors"
  }

  /// What it is asked for by; the first is the one that is listed.
  let names: [String]
  let group: Group
  let lines: [String]

  /// Commands that make what the others need, empty where they need nothing.
  let start: String

  /// Commands that show it, each after those before it.
  let commands: [String]

  /// A text of lines, under some names.
  init(
    _ names: [String], _ group: Group, _ text: String, start: String = "", _ commands: [String]
  ) {
    self.names = names
    self.group = group
    lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    self.start = start
    self.commands = commands
  }

  /// The name that it is listed under.
  var name: String { names.first ?? "" }
}
