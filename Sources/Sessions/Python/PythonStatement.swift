import Networks

/// Lines of Python that build or train a network, and the commands that do the same here.
struct PythonStatement: Sendable {
  /// Bytes of a text that is looked at.
  static let mostBytes = 2000

  /// What is typed here.
  private(set) var commands: [String] = []

  /// The layers among that, and what the first one says of its input.
  private var blocks: [PythonLayer.Block] = []
  private var input: PythonInput?

  /// Reads lines of PyTorch, Keras or Gluon, `add` before a layer left aside; nothing where they do nothing that is
  /// known.
  init?(_ text: String) {
    var text = text.drop { $0.isWhitespace }
    if text.hasPrefix("add ") { text = text.dropFirst(4) }
    guard text.utf8.count <= Self.mostBytes else { return nil }
    if Self.isShortcut(text) {
      commands = ["wrap residual"]
      return
    }
    guard text.contains("("), let calls = PythonReader.calls(in: String(text)) else { return nil }
    for call in calls {
      guard let meant = append(call) else { return nil }
      commands += meant
    }
    if commands.isEmpty { return nil }
  }

  /// The commands for a call; notes the layers that it makes.
  private mutating func append(_ call: PythonCall) -> [String]? {
    if let made = PythonLayer.blocks(of: call) { return add(made, call) }
    if ["Sequential", "Model"].contains(call.name) { return sequential(call) }
    guard ["add", "append", "add_module"].contains(call.name), !call.receiver.isEmpty,
      !call.receiver.hasSuffix("layers")
    else { return PythonCommand.commands(for: call) }
    var commands: [String] = []
    for case .call(let layer) in call.arguments {
      guard let meant = append(layer) else { return nil }
      commands += meant
    }
    return commands
  }

  private mutating func add(_ made: [PythonLayer.Block], _ call: PythonCall) -> [String] {
    if blocks.isEmpty { input = PythonInput(of: call) }
    blocks += made
    return made.map { "add \($0.text)" }
  }

  /// A sequential that begins with its input.
  private mutating func sequential(_ call: PythonCall) -> [String]? {
    guard case .list(let layers)? = call.arguments.first else { return nil }
    var commands: [String] = []
    for layer in layers {
      guard case .call(let layer) = layer, let meant = append(layer) else { return nil }
      commands += meant
    }
    return commands
  }

  /// A sum such as `x + self.shortcut(x)`, `out += identity`.
  private static func isShortcut(_ text: Substring) -> Bool {
    let words = text.split { !$0.isLetter && !$0.isNumber && $0 != "_" && $0 != "+" }
    let names = ["x", "y", "h", "out", "identity", "residual", "shortcut", "skip", "inputs"]
    guard let sum = words.firstIndex(where: { $0.hasPrefix("+") }), sum > 0, sum + 1 < words.count
    else { return false }
    return words[..<sum].contains { names.contains(String($0)) }
      && words[(sum + 1)...].contains { names.contains(String($0)) }
  }

  /// Whether the layers do here what they do there behind an output of some shape: one they are for, without
  /// positions where they would go over the last dimension there.
  func fits(_ shape: Shape) -> Bool {
    guard let input else { return true }
    return input.fits(shape) && readsFeatures(startingWith: shape.spatialRank == 0)
  }

  private func readsFeatures(startingWith isFlat: Bool) -> Bool {
    var isFlat = isFlat
    for block in blocks {
      if block.readsFeatures, !isFlat { return false }
      if block.leavesFeatures { isFlat = true }
    }
    return true
  }

  /// The command for an input as the layers have it there, or nothing where they do not say.
  var beginning: String? {
    guard readsFeatures(startingWith: input?.rank == 0) else { return nil }
    return input?.command
  }

  /// Help on what the commands are about: the layer that is added, or the last one.
  var help: String? {
    let words = (blocks.isEmpty ? commands.last : commands.first)?.split(separator: " ") ?? []
    guard let verb = words.first else { return nil }
    return "help \(verb == "add" && words.count > 1 ? words[1] : verb)"
  }
}
