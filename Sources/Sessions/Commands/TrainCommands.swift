import Engine
import Language
import Networks
import Training

extension CommandTable {
  /// Commands that train networks and measure them.
  static let trainRows: [CommandRow] = [
    lossRow, classWeightsRow, optimizerRow, rateRow, clipRow,
    CommandRow(
      "init", .train, usage: "init SCHEME [VALUE] [PATH]",
      "draws the weights anew: he xavier gluon pytorch uniform normal orthogonal zero_gamma",
      details: [
        "uniform takes its bound and normal its standard deviation: init uniform 0.07.",
        "With a path only the blocks that fit it are drawn anew. A run goes on with the new weights.",
      ],
      examples: ["init he", "init uniform 0.07", "init zero_gamma", "init xavier conv1"],
      slots: [.scheme, .path], words: 3,
      run: { try $0.initialize($1) }
    ),
    CommandRow(
      "seed", .train, usage: "seed N",
      "begins all random numbers anew: weights not drawn yet, order of examples, dropout",
      examples: ["seed 7"], words: 1,
      run: { try $0.seed($1) }),
    CommandRow(
      "threads", .train, usage: "threads N|auto", "sets how many threads large networks use",
      examples: ["threads 2", "threads auto"], words: 1,
      run: { try $0.threads($1) }),
    precisionRow,
    CommandRow(
      "train", .train,
      usage: "train [NETS] N [epochs|steps] [patience=N] [best=FIGURE] [until EXPR]",
      "trains the current network on the data, or several side by side",
      details: [
        "At a prompt training runs in the background; stop ends it. A file waits for it.",
        "until ends it early: train 100 until loss < 0.1.",
        "Networks with commas between them learn in lockstep, on the batches that the first would have alone.",
        "One that diverges stops alone. until loss(plain) < 0.1 asks about one network, loss about all.",
        "patience=N ends it where N epochs in a row were no better; best=FIGURE puts the best weights back at the end.",
        "FIGURE is a loss or accuracy, such as test.loss, or a metric that expect takes, such as test.f1 or test.iou.",
        "Without best= patience looks at the test loss, or at the training loss where there is no test part.",
      ],
      examples: [
        "train 2", "train 50 steps", "train 30 until accuracy(test) > 0.5",
        "train 100 patience=10 best=test.loss",
      ],
      slots: [.network, .words(["epochs", "steps", "until"])],
      keys: [
        .init("patience", default: "none", "epochs without a better one that end the run"),
        .init(
          "best", default: "none", among: Watch.Measure.all.map(\.rawValue),
          "the figure whose best epoch has its weights put back"),
      ],
      words: nil, traits: [.background],
      run: { try $0.train($1) }),
    CommandRow(
      "step", .train, usage: "step [N]", "takes N training steps, one if nothing is said",
      details: ["Where training is paused, it takes them and is paused again."],
      examples: ["step", "step 10"], words: 1, traits: [.background],
      run: { try $0.step($1) }),
    CommandRow(
      "pause", .train, usage: "pause", "has training wait before its next step; edits go on",
      details: ["In a command file without a run it waits for a key, where there is a terminal."],
      examples: ["pause"], words: 0, traits: [.directsRun],
      run: { try $0.pause($1) }),
    resumeRow,
    CommandRow(
      "stop", .train, usage: "stop",
      "ends training; a step in hand is given up, all learned is kept",
      examples: ["stop"], words: 0, traits: [.directsRun],
      run: { try $0.stop($1) }),
    CommandRow(
      "wait", .train, usage: "wait", "waits until training is over",
      examples: ["wait"], words: 0, traits: [.directsRun],
      run: { try $0.wait($1) }),
    evaluateRow,
    CommandRow(
      "predict", .train,
      usage: "predict [train|test|FILE] [first=N] [> FILE.csv|FILE.safetensors|FILE.json]",
      "computes the outputs for examples",
      details: [
        "FILE has examples of the network's inputs, with labels or without: a table, an array, series, an image,",
        "or a folder of images, which are stretched to the network's size. It is normalized as in training;",
        "classes have the names that the network learned. The data stays as it is.",
      ],
      examples: ["predict first=3", "predict test > outputs.csv"],
      slots: [.words(["train", "test"]), .file],
      keys: [
        .init("first", default: "10", "how many examples, all of them into a file"),
        .init("skip", default: "no", among: ["yes", "no"], "whether broken images are left out"),
      ],
      words: 1, traits: [.ownRedirect],
      endings: CommandScope.predictionWriters.endings + ["json"],
      run: { try $0.predict($1) }),
    confusionRow, mistakesRow,
  ]
}

extension CommandScope {
  /// Answers `seed N`.
  mutating func seed(_ invocation: Invocation) throws -> Report {
    guard let word = invocation.words.first else { return Report("seed \(state.recipe.seed)") }
    let seed = try word.integer("seed", in: 0...Int.max)
    state.recipe.seed = UInt64(seed)
    return Report("seed \(seed)")
  }

  /// Answers `threads N|auto`.
  mutating func threads(_ invocation: Invocation) throws -> Report {
    guard let word = invocation.words.first else {
      return Report("threads \(state.recipe.threads.map(String.init) ?? "auto")")
    }
    state.recipe.threads =
      word.text == "auto" ? nil : try word.integer("threads", in: 1...256)
    return Report("threads \(word.text)")
  }

  /// Answers `train [NETS] N [epochs|steps] [until EXPR]`.
  mutating func train(_ invocation: Invocation) throws -> Report {
    try begin(try wish(invocation))
  }

  /// What `train` or `step` asks for.
  ///
  /// - Parameter isResumed: Whether a run goes on, whose networks may have other names now.
  func wish(_ invocation: Invocation, isResumed: Bool = false) throws -> RunWish {
    if invocation.verb.text == "step" {
      let count = try invocation.words.first?.integer("step", in: 1...1_000_000_000) ?? 1
      return RunWish(
        length: .steps(count), names: [state.currentName], condition: invocation.condition,
        range: invocation.range, command: invocation.command)
    }
    let leading = invocation.words.prefix { $0.number == nil && !$0.text.isEmpty }
    let names =
      isResumed
      ? []
      : try networkNames(
        leading, length: invocation.words.dropFirst(leading.count).first?.text)
    let words = invocation.words.dropFirst(leading.count)
    if words.count > 2 {
      throw invocation.row.refusal(
        "train takes at most 2 words, found \(words.count) words",
        at: words[words.startIndex + 2].range)
    }
    let count = try words.first?.integer("train", in: 1...1_000_000_000)
    let unit =
      try words.dropFirst().first?.choice(
        "the unit", among: ["epochs", "epoch", "steps", "step"]) ?? "epochs"
    let number = count ?? (invocation.condition == nil ? 1 : Self.endless)
    let length: RunRequest.Length = unit.hasPrefix("epoch") ? .epochs(number) : .steps(number)
    return RunWish(
      length: length, names: names.isEmpty ? [state.currentName] : names,
      watch: try watch(invocation, length), condition: invocation.condition,
      range: invocation.range, command: invocation.command)
  }

  /// What `patience=` and `best=` ask for; nothing where neither is there.
  private func watch(_ invocation: Invocation, _ length: RunRequest.Length) throws -> Watch? {
    let (patience, best) = (invocation.option("patience"), invocation.option("best"))
    guard let option = patience ?? best else { return nil }
    if case .steps = length {
      throw Diagnostic(
        .argument, "\(option.name) looks at each epoch, and a run of steps has none",
        at: option.nameRange, offers: ["train 10 \(option.name)=\(option.value.text)"])
    }
    let hasTest = state.data.map { $0.test != nil } ?? true
    var watch = Watch(.loss(hasTest ? .test : .train))
    if let word = best?.value { watch = Watch(try measure(word, hasTest), restores: true) }
    watch.patience = try patience?.value.integer("patience", in: 1...1_000_000_000)
    return watch
  }

  /// The figure that `best=` names, of which the data has one.
  private func measure(_ word: Word, _ hasTest: Bool) throws(Diagnostic) -> Watch.Measure {
    let measure = try Watch.Measure(word, of: "best", for: "train")
    if measure.part == .test, !hasTest {
      throw Diagnostic(
        .state, "the data has no test part", at: word.range,
        offers: ["split 0.8", "train 10 best=train.loss"])
    }
    guard let data = state.data else { return measure }
    let loss = state.recipe.loss(for: data)
    if let metric = measure.metric, let lack = MetricLack(metric, of: data, loss: loss) {
      throw Diagnostic(
        .state, lack.message, at: word.range,
        replacement: "\(measure.part.rawValue).\(lack.instead)")
    }
    if case .accuracy(let part) = measure, !loss.hasAccuracy {
      throw Diagnostic(
        .state, "accuracy needs classes and a loss that compares them", at: word.range,
        offers: ["train 10 best=\(part.rawValue).loss"])
    }
    return measure
  }

  /// The networks of a list with commas, each once.
  private func networkNames(_ words: ArraySlice<Word>, length: String?) throws -> [String] {
    let names = try state.names(ofNetworks: words, offers: ["net", "train 1"])
    if words.count > 1, !words.dropLast().allSatisfy({ $0.text.hasSuffix(",") }) {
      throw Diagnostic(
        .argument, "networks are named with commas between them", at: words.first?.range,
        offers: ["train \(names.joined(separator: ",")) \(length ?? "1")"])
    }
    return names
  }

  /// Epochs of a run that only its condition ends.
  static let endless = 1_000_000

  /// Answers `step [N]`.
  mutating func step(_ invocation: Invocation) throws -> Report {
    let wish = try wish(invocation)
    if context.runs.isPaused, case .steps(let count) = wish.length {
      ask(for: .takeSteps(count))
      return Report()
    }
    return try begin(wish)
  }

  /// Answers `pause`.
  mutating func pause(_ invocation: Invocation) throws -> Report {
    let isInFile = !["", "-e"].contains(invocation.range.source.name)
    guard isInFile, !context.runs.isRunning, !context.isTrial, !context.checksOnly else {
      return direct(.pause)
    }
    ask(for: .awaitKey(context.runs.hasJustEnded ? "" : "nothing is training"))
    return Report()
  }

  /// Answers `stop`.
  mutating func stop(_ invocation: Invocation) throws -> Report { direct(.stop) }

  /// Answers `wait`.
  mutating func wait(_ invocation: Invocation) throws -> Report { direct(.wait) }

  /// Asks for something of the run that goes on, if there is one.
  private mutating func direct(_ effect: Effect) -> Report {
    if context.runs.isRunning {
      ask(for: effect)
    } else if !context.runs.hasJustEnded {
      return Report("nothing is training")
    }
    return Report()
  }
}
