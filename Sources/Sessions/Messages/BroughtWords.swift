import Language
import Networks

/// Words that people bring from the shell and from other frameworks, and what is typed here instead.
struct BroughtWord: Sendable {
  let words: [String]

  /// The command, to which what was typed behind the word is added where that makes sense.
  let command: String
  let takesWords: Bool

  /// What the command does, behind its name.
  let says: String

  private init(
    _ words: [String], _ command: String, takesWords: Bool = false, _ says: String
  ) {
    self.words = words
    self.command = command
    self.takesWords = takesWords
    self.says = says
  }

  /// The verb of the command.
  var verb: String { String(command.prefix { $0 != " " }) }

  /// What a word stands for, or nothing where nobody brings it.
  static func of(_ word: String) -> BroughtWord? { byWord[word.lowercased()] }

  /// The words that stand for a single verb.
  static let forVerbs = table.filter { $0.command == $0.verb }.flatMap(\.words)

  private static let byWord = Dictionary(
    table.flatMap { row in row.words.map { ($0, row) } }, uniquingKeysWith: { first, _ in first })

  private static let table: [BroughtWord] = [
    BroughtWord(
      ["ls", "dir", "list", "layers", "model", "view", "architecture", "network"], "tree",
      "draws the blocks"),
    BroughtWord(
      ["params", "parameters", "shapes", "shape", "weights", "count"], "summary",
      "lists layers, shapes and parameters"),
    BroughtWord(["rm", "delete", "del", "erase"], "remove", takesWords: true, "takes blocks out"),
    BroughtWord(["mv"], "rename", takesWords: true, "names a block, move puts it elsewhere"),
    BroughtWord(["cp", "copy", "clone"], "fork", takesWords: true, "copies the network"),
    BroughtWord(
      ["clear", "reset", "restart", "new", "create"], "net other", "begins an empty network"),
    BroughtWord(
      ["history", "log", "logs"], "runs", "lists runs; the arrow keys bring back lines"),
    BroughtWord(
      ["fit", "run", "start", "epochs", "epoch"], "train", takesWords: true,
      "trains for so many epochs"),
    BroughtWord(
      ["compile", "config", "settings", "options", "hyperparameters"], "recipe",
      "says what loss, optimizer and lr have set"),
    BroughtWord(["status", "info", "models", "networks"], "net", "lists the networks"),
    BroughtWord(
      ["lessons", "learn", "course", "guide", "intro"], "lesson", takesWords: true,
      "lists lessons, tutorial begins the first"),
    BroughtWord(["demo", "demos", "samples"], "examples", takesWords: true, "runs command files"),
    BroughtWord(
      ["manual", "man", "docs", "doc"], "help", takesWords: true,
      "has examples of each command"),
    BroughtWord(
      ["acc", "accuracy", "score", "validate", "test", "validation"], "evaluate",
      "measures loss and accuracy"),
    BroughtWord(
      ["learning_rate", "learningrate", "rate"], "lr", takesWords: true, "sets the learning rate"),
    BroughtWord(["schedule", "scheduler"], "lr cosine", "lets the rate fall along a curve"),
    BroughtWord(
      ["early_stopping", "earlystopping", "patience"], "train 50 patience=5",
      "stops where no epoch is better"),
    BroughtWord(
      ["batch_size", "batchsize", "bs"], "batch", takesWords: true, "sets the batch's size"),
    BroughtWord(["dataset", "download"], "data", takesWords: true, "loads data"),
    BroughtWord(["open", "read", "import"], "load", takesWords: true, "reads a network"),
    BroughtWord(["write", "store"], "save", takesWords: true, "writes the network"),
    BroughtWord(["cat", "code", "source_code"], "script", "prints the network as text"),
    BroughtWord(
      ["graph", "visualize", "diagram", "picture", "image"], "draw net.svg",
      "draws the network into a file"),
    BroughtWord(
      ["gpu", "cuda", "cpu", "device", "ctx"], "explain ctx", "says where it is computed"),
    BroughtWord(["bye", "logout", ":q", ":wq", "close"], "quit", "ends the session"),
    BroughtWord(
      ["class", "function", "fn", "func", "define"], "help def", "tells how blocks are defined"),
    BroughtWord(["continue"], "resume", "lets a run go on"),
    BroughtWord(["cancel", "abort", "kill", "halt"], "stop", "ends a run"),
    BroughtWord(["revert"], "undo", takesWords: true, "takes back commands"),
    BroughtWord(
      ["forward", "infer", "inference"], "predict", takesWords: true, "computes outputs"),
    BroughtWord(["backward", "backprop", "grad", "grads"], "gradients", "tells their norms"),
    BroughtWord(
      ["profile", "profiler", "bench", "benchmark"], "plan",
      "tells where the time of a training step goes"),
    BroughtWord(["timeit"], "time", takesWords: true, "tells how long a command took"),
    BroughtWord(["lang", "commands"], "help language", "tells the grammar"),
    BroughtWord(
      ["version", "about"], "help", "lists commands; espalier --version tells the version"),
    BroughtWord(["resnet"], "resnet20", takesWords: true, "is one of 20 layers"),
  ]
}

extension CommandScope {
  /// A refusal of a word that is no command, but known elsewhere or in another place; nothing where it is unknown.
  func refusalOfBroughtWord(_ invocation: Invocation) -> Diagnostic? {
    let verb = invocation.verb.text
    let refused = { (says: String, offers: [String]) in
      Diagnostic(
        .name, "no command is called \(verb); \(says)", at: invocation.verb.range, offers: offers)
    }
    let small = verb.lowercased()
    if small != verb, CommandTable.row(small) != nil {
      return refused(
        "commands are in small letters",
        working([small + invocation.typed().dropFirst(verb.count)]) + ["help \(small)"])
    }
    if verb.hasPrefix("!") {
      return refused("the shell's commands are typed in the shell", ["help"])
    }
    if imports(invocation) {
      return refused("layers, data and training are there without it", ["lesson", "help"])
    }
    if let brought = BroughtWord.of(verb) {
      let rest = invocation.typed().dropFirst(verb.count)
      let whole = brought.takesWords ? brought.command + rest : brought.command
      let help = brought.verb == "help" ? [] : ["help \(brought.verb)"]
      return refused("\(brought.command) \(brought.says)", [whole] + help)
    }
    let settings: [(verb: String, names: [String])] = [
      ("optimizer", OptimizerTable.names), ("loss", LossTable.names), ("init", SchemeTable.names),
      ("data", ["digits", "waves", "spirals", "moons", "rings", "xor"]),
    ]
    if let setting = settings.first(where: { $0.names.contains(verb) }) {
      let command = "\(setting.verb) \(verb)"
      return refused("\(command) chooses it", [command, "help \(setting.verb)"])
    }
    if let term = termAsked(invocation) {
      return refused("explain \(term) tells what it is", ["explain \(term)"])
    }
    let isBeginning = CommandTable.rows.contains { $0.verb.hasPrefix(verb) }
    if isBeginning || ExplanationTable.text(on: verb) == nil { return nil }
    return refused("explain \(verb) tells what it is", ["explain \(verb)"])
  }

  /// Whether a line is one by which Python takes a library in.
  private func imports(_ invocation: Invocation) -> Bool {
    let words = invocation.typed().split { $0 == " " || $0 == "." || $0 == "," }.prefix(2)
    let libraries = [
      "torch", "torchvision", "torchinfo", "keras", "tensorflow", "mxnet", "jax", "flax", "numpy",
      "matplotlib", "sklearn",
    ]
    return ["import", "from"].contains(words.first) && words.count == 2
      && libraries.contains(String(words[1]))
  }

  /// The term that a question such as `what is a residual?` is about, or nothing where it is no question.
  private func termAsked(_ invocation: Invocation) -> String? {
    let words = invocation.typed().lowercased().split { !$0.isLetter && !$0.isNumber && $0 != "_" }
      .map(String.init)
    guard let first = words.first, ["what", "whats", "how", "define", "describe"].contains(first)
    else { return nil }
    let rest = words.dropFirst().filter { !["a", "an", "is", "are", "the"].contains($0) }
    let phrases = rest.indices.map { rest[$0...].joined(separator: " ") } + rest.reversed()
    return phrases.first { ExplanationTable.text(on: $0) != nil }
  }

  /// A complaint about `lr=0.01`, told of the command that it stands for; as it is where there is none.
  func aboutCommand(_ diagnostic: Diagnostic) -> Diagnostic {
    guard diagnostic.code == .syntax, let range = diagnostic.range,
      let offer = diagnostic.offers.first
    else { return diagnostic }
    let name = String(range.text.prefix { $0 != " " && $0 != "=" })
    let beginning = "let \(name) ="
    guard offer.hasPrefix(beginning),
      let verb = CommandTable.row(name)?.verb ?? BroughtWord.of(name)?.verb
    else { return diagnostic }
    let value = offer.dropFirst(beginning.count).drop { $0 == " " }
    return Diagnostic(
      .syntax, "\(verb) takes its value after a blank, found =", at: range,
      offers: ["\(verb) \(value)", "help \(verb)"])
  }
}
