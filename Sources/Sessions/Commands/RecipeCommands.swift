import Engine
import Language
import Networks
import Training

extension CommandTable {
  static let lossRow = CommandRow(
    "loss", .train, usage: "loss cross_entropy|bce|l2|l1|huber|auto [smoothing=SHARE]",
    "sets what training makes small",
    details: [
      "auto is cross_entropy where targets are classes and l2 where they are numbers.",
      "cross_entropy and bce take scores: softmax and sigmoid are part of them. bce is for one output and",
      "two classes: log(1 + exp(x)) − t · x, t 1 for the second class; a score above 0 predicts it.",
      "Where targets are numbers from 0 to 1 (data FILE targets=a,b) bce takes each for a label: the mean over the outputs.",
      "smoothing gives all classes a share of each label, as label_smoothing= of PyTorch's CrossEntropyLoss.",
      "The training loss has it; evaluate, the test loss and until loss(test) do without.",
    ],
    examples: ["loss huber", "loss auto", "loss cross_entropy smoothing=0.1"], slots: [.loss],
    keys: [.init("smoothing", default: "0", "cross_entropy: the share that all classes divide")],
    words: 1, run: { try $0.loss($1) })

  static let classWeightsRow = CommandRow(
    "classweights", .train, usage: "classweights balanced|off|N N …",
    "sets how much the examples of each class count in training",
    details: [
      "balanced: n / (classes · n of the class), so that all classes count alike; else a number for each class,",
      "as weight= of PyTorch's CrossEntropyLoss. The training loss has them; evaluate and the test loss do without.",
    ],
    examples: ["classweights balanced", "classweights off"],
    slots: [.words(["balanced", "off"])], repeats: .anything, words: nil,
    run: { try $0.classWeights($1) })

  static let optimizerRow = CommandRow(
    "optimizer", .train,
    usage: "optimizer \(OptimizerTable.names.joined(separator: "|")) [LR] [key=value …]",
    "sets how weights follow their gradients",
    details: [
      "Rules and defaults are PyTorch's, those of lamb Gluon's; nag is sgd with momentum=0.9 nesterov=yes.",
      "lr is 0.1 for sgd and nag, 0.01 adagrad, 1 adadelta, 0.002 adamax and nadam, 0.001 others;",
      "eps is 1e-8, 1e-6 for adamw, adadelta and lamb, 1e-10 for adagrad.",
      "ema=0.999 keeps a moving average of the weights, closer to them in the first updates: (1 + n)/(10 + n).",
      "The average is what evaluate, predict and save see during the run, and what the network has after it.",
    ],
    examples: [
      "optimizer sgd lr=0.1 momentum=0.9 wd=0.0001", "optimizer adam 0.003", "optimizer lr=0.01",
      "optimizer adamw wd=0.01 on=weights ema=0.999",
    ], slots: [.optimizer], keys: OptimizerTable.keys,
    words: 2, traits: [.anyKeys],
    run: { try $0.optimizer($1) })

  static let clipRow = CommandRow(
    "clip", .train, usage: "clip norm=N|value=N|off",
    "sets how long gradients may be, also while training runs",
    details: [
      "norm is that of all gradients together (clip_grad_norm_), value bounds each (clip_grad_value_).",
      "Frozen parameters do not count.",
    ],
    examples: ["clip norm=1", "clip value=0.5", "clip off"], slots: [.words(["off"])],
    keys: [
      .init("norm", default: "none", "the greatest norm of all gradients together"),
      .init("value", default: "none", "the greatest magnitude of each"),
    ], words: 1, run: { try $0.clip($1) })

  static let batchRow = CommandRow(
    "batch", .data, usage: "batch [N] [accumulate=N] [mixup=ALPHA]",
    "sets how many examples one step takes, and what becomes of them",
    details: [
      "accumulate=4 updates the weights after every fourth step by the mean gradient of four;",
      "the last step of an epoch or run updates, too. Steps, progress and unit=steps count batches.",
      "mixup=0.2 mixes each example of a batch with another, inputs and labels, by a share of Beta(0.2, 0.2)",
      "that seed and step decide (Zhang et al. 2018).",
    ],
    examples: ["batch 64", "batch 32 accumulate=4", "batch mixup=0.2"],
    keys: [
      .init("accumulate", default: "1", "steps in one update"),
      .init("mixup", default: "0", "how much examples are mixed"),
    ], words: 1, run: { try $0.batch($1) })

  static let recipeRow = CommandRow(
    "recipe", .train, usage: "recipe [> FILE]",
    "prints how training learns, as commands that say it again",
    details: [
      "recipe > FILE and source FILE carry it to another session. What init draws belongs to the weights."
    ],
    examples: ["recipe"], words: 0, traits: [.redirect], endings: ["esp", "txt", "json"],
    run: { try $0.recipe($1) })
}

extension CommandScope {
  /// What to say of a change that a run going on does not see.
  var fromNextRun: String {
    context.runs.isRunning ? " from the next run on" : ""
  }

  /// Answers `loss KIND smoothing=SHARE`.
  mutating func loss(_ invocation: Invocation) throws -> Report {
    var recipe = state.recipe
    if let word = invocation.words.first {
      recipe.smoothing = 0
      if let loss = LossTable.loss(word.text) {
        recipe.loss = loss
      } else {
        _ = try word.choice("loss", among: LossTable.names)
        recipe.loss = nil
      }
    }
    if let option = invocation.option("smoothing") {
      recipe.smoothing = try option.value.number("smoothing", in: 0...1)
      if recipe.smoothing > 0, let loss = recipe.loss, loss != .crossEntropy {
        throw Diagnostic(
          .argument, "smoothing is for cross_entropy, the loss is \(loss.name)",
          at: option.nameRange, offers: ["loss cross_entropy smoothing=\(option.value.text)"])
      }
    }
    let isOther = recipe != state.recipe
    state.recipe = recipe
    return Report(RecipeText.loss(recipe) + (isOther ? fromNextRun : ""))
  }

  /// Answers `classweights balanced|off|N N …`.
  mutating func classWeights(_ invocation: Invocation) throws -> Report {
    guard let word = invocation.words.first else {
      return Report(RecipeText.classWeights(state.recipe))
    }
    let before = state.recipe
    if word.number == nil {
      let name = try word.choice("classweights", among: ["balanced", "off"])
      if let more = invocation.words.dropFirst().first {
        throw invocation.row.refusal(
          "classweights \(name) takes no more words, found \(more.text)", at: more.range)
      }
      state.recipe.classWeights = name == "balanced" ? .balanced : .even
    } else {
      var weights: [Double] = []
      for word in invocation.words {
        weights.append(try word.number("classweights", in: 0...1_000_000))
      }
      state.recipe.classWeights = .given(weights)
      if let names = state.data?.train.classNames, names.count != weights.count {
        throw Self.countOfWeights(
          weights.count, classes: names.count, at: invocation.words[0].range)
      }
    }
    var line = RecipeText.classWeights(state.recipe)
    if state.recipe.classWeights == .balanced, let train = state.data?.train {
      let values = state.recipe.classWeights.values(for: train).prefix(10)
      if !values.isEmpty {
        line += ": " + values.map { Numbers.significant($0, digits: 3) }.joined(separator: " ")
        if (train.classNames?.count ?? 0) > 10 { line += " …" }
      }
    }
    return Report(line + (before != state.recipe ? fromNextRun : ""))
  }

  private static func countOfWeights(_ count: Int, classes: Int, at range: SourceRange?)
    -> Diagnostic
  {
    Diagnostic(
      .argument,
      "classweights has \(Numbers.count(count, "number")), the data "
        + Numbers.count(classes, "class", "classes"), at: range, offers: ["classweights balanced"])
  }

  /// Refuses what the loss of a run does not take.
  func checkTerms(of request: RunRequest, at range: SourceRange) throws(Diagnostic) {
    let recipe = request.recipe
    let loss = recipe.loss(for: request.data)
    if recipe.smoothing > 0, loss != .crossEntropy {
      throw Diagnostic(
        .state, "smoothing is for cross_entropy, the loss is \(loss.name)", at: range,
        offers: ["loss \(recipe.loss?.name ?? "auto")"])
    }
    if recipe.classWeights != .even, loss != .crossEntropy {
      throw Diagnostic(
        .state, "classweights are for cross_entropy, the loss is \(loss.name)", at: range,
        offers: ["classweights off"])
    }
    if case .given(let weights) = recipe.classWeights,
      let classes = request.data.train.classNames?.count, weights.count != classes
    {
      throw Self.countOfWeights(weights.count, classes: classes, at: range)
    }
    if recipe.batching.mixup > 0, request.data.train.vocabulary != nil {
      throw Diagnostic(
        .state, "mixup mixes inputs, and the numbers of characters cannot be mixed", at: range,
        offers: ["batch mixup=0"])
    }
    if recipe.batching.mixup > 0, let path = request.network.embeddingPath {
      throw Diagnostic(
        .state, "mixup mixes inputs, and the whole numbers that \(path) takes cannot be mixed",
        at: range, offers: ["batch mixup=0"])
    }
    if recipe.batching.mixup > 0, loss == .binaryCrossEntropy {
      throw Diagnostic(
        .state, "mixup needs labels that can be mixed, and bce has none", at: range,
        offers: ["batch mixup=0", "loss cross_entropy"])
    }
  }

  /// Answers `optimizer KIND key=value…`.
  mutating func optimizer(_ invocation: Invocation) throws -> Report {
    let before = state.recipe.optimizer
    if !invocation.words.isEmpty || !invocation.options.isEmpty {
      state.recipe.optimizer = try OptimizerTable.optimizer(invocation, present: before)
    }
    let rate = state.recipe.optimizer.learningRate
    var lines = [StyledText(OptimizerTable.text(of: state.recipe.optimizer))]
    if invocation.option("lr") == nil, invocation.words.count < 2, rate != before.learningRate,
      before.learningRate != OptimizerTable.preset(of: before.rule)
    {
      let old = Numbers.typed(before.learningRate)
      lines.append(
        StyledText("  lr was \(old) and is \(Numbers.typed(rate)), the rule's own; ", .warning))
      lines[lines.count - 1].append("optimizer lr=\(old)", .typable)
      lines[lines.count - 1].append(" takes it back", .warning)
    }
    if !state.recipe.schedule.isConstant {
      lines.append(StyledText(ScheduleTable.text(of: state.recipe.rates)))
    }
    return Report(lines)
  }

  /// Answers `clip norm=N|value=N|off`.
  mutating func clip(_ invocation: Invocation) throws -> Report {
    let (norm, value) = (invocation.option("norm"), invocation.option("value"))
    if let word = invocation.words.first {
      if word.text != "off" {
        throw Diagnostic(
          .argument, "clip expects norm=N, value=N or off, found \(word.text)", at: word.range,
          guessing: nil, offers: word.number == nil ? [] : ["clip norm=\(word.text)"])
      }
      if let option = norm ?? value {
        throw invocation.row.refusal(
          "clip is off or has \(option.name)=, not both", at: option.nameRange)
      }
      state.recipe.clipping = nil
    } else if norm != nil, let value {
      throw invocation.row.refusal("clip takes norm= or value=, not both", at: value.nameRange)
    } else if let option = norm ?? value {
      let limit = try option.value.number(option.name, in: 1e-12...1e12)
      state.recipe.clipping = norm == nil ? .value(limit) : .norm(limit)
    }
    return Report(RecipeText.clip(state.recipe))
  }

  /// Answers `batch N accumulate=N mixup=ALPHA`.
  mutating func batch(_ invocation: Invocation) throws -> Report {
    var batching = state.recipe.batching
    if let word = invocation.words.first {
      batching.size = try word.integer("batch", in: 1...1_000_000)
    }
    if let word = invocation.option("accumulate")?.value {
      batching.accumulation = try word.integer("accumulate", in: 1...1_000_000)
    }
    if let word = invocation.option("mixup")?.value {
      batching.mixup = try word.number("mixup", in: 0...1000)
    }
    let isTyped = !invocation.words.isEmpty || !invocation.options.isEmpty
    state.recipe.batching = batching
    return Report(
      RecipeText.batch(state.recipe)
        + (context.runs.isRunning && isTyped ? " from the next epoch on" : ""))
  }

  /// Answers `recipe`.
  mutating func recipe(_ invocation: Invocation) throws -> Report {
    let lines = RecipeText.lines(of: state.recipe)
    return Report(lines.map { StyledText($0) }) { ["recipe": .texts(lines)] }
  }
}

/// How training learns, as commands that say it again.
enum RecipeText {
  /// All commands; on any recipe they make this one, but for the scheme of first weights.
  static func lines(of recipe: Recipe) -> [String] {
    let batching = recipe.batching
    return [
      OptimizerTable.text(of: recipe.optimizer), ScheduleTable.text(of: recipe.rates), clip(recipe),
      loss(recipe), classWeights(recipe),
      "batch \(batching.size) accumulate=\(batching.accumulation) mixup=\(Numbers.typed(batching.mixup))",
      augment(recipe),
      "seed \(recipe.seed)", "threads \(recipe.threads.map(String.init) ?? "auto")",
      precision(recipe),
      recipe.choices == nil ? "tune off" : "tune on",
    ]
  }

  static func loss(_ recipe: Recipe) -> String {
    let smoothing = recipe.smoothing == 0 ? "" : " smoothing=\(Numbers.typed(recipe.smoothing))"
    return "loss \(recipe.loss?.name ?? "auto")\(smoothing)"
  }

  static func classWeights(_ recipe: Recipe) -> String {
    switch recipe.classWeights {
    case .even: "classweights off"
    case .balanced: "classweights balanced"
    case .given(let weights):
      "classweights " + weights.map(Numbers.typed).joined(separator: " ")
    }
  }

  /// `off` first, so that keys of another recipe do not stay.
  static func augment(_ recipe: Recipe) -> String {
    let text = CommandScope.text(of: recipe.augmentation)
    return recipe.augmentation.isNone ? text : text.replacing("augment ", with: "augment off ")
  }

  static func precision(_ recipe: Recipe) -> String { "precision \(recipe.precision.rawValue)" }

  static func clip(_ recipe: Recipe) -> String {
    switch recipe.clipping {
    case .norm(let limit): "clip norm=\(Numbers.typed(limit))"
    case .value(let limit): "clip value=\(Numbers.typed(limit))"
    case nil: "clip off"
    }
  }

  /// The batch size, and what else is not as usual.
  static func batch(_ recipe: Recipe) -> String {
    let batching = recipe.batching
    var text = "batch \(batching.size)"
    if batching.accumulation != 1 { text += " accumulate=\(batching.accumulation)" }
    if batching.mixup != 0 { text += " mixup=\(Numbers.typed(batching.mixup))" }
    return text
  }
}
