import Engine
import Interchange
import Networks
import Training

/// A session's optimizer and loss as expressions of a framework.
struct TrainingCode {
  let framework: CodeFile.Framework
  let recipe: Recipe
  let loss: Loss
  let terms: LossTerms

  private var optimizer: Optimizer { recipe.optimizer }

  /// The recipe for some data.
  init(framework: CodeFile.Framework, recipe: Recipe, data: Dataset) {
    self.framework = framework
    self.recipe = recipe
    loss = recipe.loss ?? data.naturalLoss
    terms = recipe.terms(for: data)
  }

  /// What the code does not do of the recipe, as it was typed.
  var leftOut: [String] {
    var texts: [String] = []
    if !recipe.schedule.isConstant, schedulerText == nil {
      texts.append(ScheduleTable.text(of: recipe.rates))
    }
    if recipe.clipping != nil, clippingText == nil { texts.append(RecipeText.clip(recipe)) }
    let batching = recipe.batching
    if batching.accumulation != 1 { texts.append("batch accumulate=\(batching.accumulation)") }
    if batching.mixup != 0 { texts.append("batch mixup=\(Numbers.typed(batching.mixup))") }
    if optimizer.averaging != 0 {
      texts.append("optimizer ema=\(Numbers.typed(optimizer.averaging))")
    }
    if !recipe.augmentation.isNone {
      texts.append(CommandScope.text(of: recipe.augmentation))
    }
    switch framework {
    case .pytorch: break
    case .gluon, .keras, .jax:
      if optimizer.decayed != .all, optimizer.weightDecay != 0 {
        texts.append("optimizer on=\(optimizer.decayed.rawValue)")
      }
      if terms != LossTerms() {
        if recipe.smoothing != 0 { texts.append(RecipeText.loss(recipe)) }
        if recipe.classWeights != .even { texts.append(RecipeText.classWeights(recipe)) }
      }
    }
    return texts
  }

  /// Makes the optimizer, or nothing where the framework has none that does the same.
  var optimizerText: String? {
    switch framework {
    case .pytorch: pytorch
    case .gluon: gluon
    case .keras: keras
    case .jax: jax
    }
  }

  /// The weight decay that joins the gradients, where the framework's optimizer cannot be told it.
  var decayText: String? {
    switch (framework, optimizer.rule) {
    case (.keras, .sgd), (.keras, .adam), (.keras, .rmsProp):
      optimizer.weightDecay == 0 ? nil : number(optimizer.weightDecay)
    case (.keras, _), (.pytorch, _), (.gluon, _), (.jax, _): nil
    }
  }

  /// Makes the scheduler, or nothing where the framework has none that does the same.
  var schedulerText: String? {
    if recipe.schedule.isConstant { return nil }
    switch framework {
    case .pytorch: return ScheduleCode(plan: recipe.rates).text
    case .gluon, .keras, .jax: return nil
    }
  }

  /// Clips the gradients, or nothing where they stay as they are.
  var clippingText: String? {
    guard framework == .pytorch, let clipping = recipe.clipping else { return nil }
    switch clipping {
    case .norm(let limit):
      return "torch.nn.utils.clip_grad_norm_(model.parameters(), \(number(limit)))"
    case .value(let limit):
      return "torch.nn.utils.clip_grad_value_(model.parameters(), \(number(limit)))"
    }
  }

  private var pytorch: String? {
    var words = [parameters, "lr=\(number(optimizer.learningRate))"]
    let name: String
    switch optimizer.rule {
    case .sgd(let momentum, let nesterov):
      name = "SGD"
      if momentum != 0 { words.append("momentum=\(number(momentum))") }
      if nesterov { words.append("nesterov=True") }
    case .adam(let beta1, let beta2, let epsilon):
      name = "Adam"
      words += betas(beta1, beta2, epsilon)
    case .adamW(let beta1, let beta2, let epsilon):
      name = "AdamW"
      words += betas(beta1, beta2, epsilon)
    case .adamax(let beta1, let beta2, let epsilon):
      name = "Adamax"
      words += betas(beta1, beta2, epsilon)
    case .nadam(let beta1, let beta2, let epsilon):
      name = "NAdam"
      words += betas(beta1, beta2, epsilon)
    case .adagrad(let epsilon):
      name = "Adagrad"
      words.append("eps=\(number(epsilon))")
    case .adadelta(let rho, let epsilon):
      name = "Adadelta"
      words += ["rho=\(number(rho))", "eps=\(number(epsilon))"]
    case .lamb: return nil
    case .rmsProp(let rho, let momentum, let epsilon):
      name = "RMSprop"
      words += ["alpha=\(number(rho))", "momentum=\(number(momentum))", "eps=\(number(epsilon))"]
    }
    words.append("weight_decay=\(number(optimizer.weightDecay))")
    return "torch.optim.\(name)(\(words.joined(separator: ", ")))"
  }

  private func betas(_ beta1: Double, _ beta2: Double, _ epsilon: Double) -> [String] {
    ["betas=(\(number(beta1)), \(number(beta2)))", "eps=\(number(epsilon))"]
  }

  /// The parameters, in two groups where only kernels decay.
  private var parameters: String {
    if optimizer.decayed == .all || optimizer.weightDecay == 0 { return "model.parameters()" }
    func group(_ condition: String, _ more: String) -> String {
      "{\"params\": [p for p in model.parameters() if p.dim() \(condition) 1]\(more)}"
    }
    return "[\(group(">", "")), \(group("<=", ", \"weight_decay\": 0"))]"
  }

  private var gluon: String? {
    var words = ["learning_rate": optimizer.learningRate, "wd": optimizer.weightDecay]
    let name: String
    switch optimizer.rule {
    case .sgd(let momentum, let nesterov):
      name = nesterov ? "nag" : "sgd"
      words["momentum"] = momentum
    case .adam(let beta1, let beta2, let epsilon):
      name = "adam"
      (words["beta1"], words["beta2"], words["epsilon"]) = (beta1, beta2, epsilon)
    case .rmsProp(let rho, let momentum, let epsilon):
      if momentum != 0 { return nil }
      name = "rmsprop"
      (words["gamma1"], words["epsilon"]) = (rho, epsilon)
    case .lamb(let beta1, let beta2, let epsilon):
      name = "lamb"
      (words["beta1"], words["beta2"], words["epsilon"]) = (beta1, beta2, epsilon)
    case .adamW, .adagrad, .adadelta, .adamax, .nadam: return nil
    }
    let settings = words.sorted { $0.key < $1.key }.map { "\"\($0.key)\": \(number($0.value))" }
    return
      "gluon.Trainer(model.collect_params(), \"\(name)\", {\(settings.joined(separator: ", "))})"
  }

  private var keras: String? {
    var words = ["learning_rate=\(number(optimizer.learningRate))"]
    let name: String
    switch optimizer.rule {
    case .sgd(let momentum, let nesterov):
      name = "SGD"
      if momentum != 0 { words.append("momentum=\(number(momentum))") }
      if nesterov { words.append("nesterov=True") }
    case .adam(let beta1, let beta2, let epsilon), .adamW(let beta1, let beta2, let epsilon):
      words += ["beta_1=\(number(beta1))", "beta_2=\(number(beta2))", "epsilon=\(number(epsilon))"]
      if case .adam = optimizer.rule {
        name = "Adam"
      } else {
        name = "AdamW"
        words.append("weight_decay=\(number(optimizer.weightDecay))")
      }
    case .rmsProp(let rho, let momentum, let epsilon):
      name = "RMSprop"
      words += ["rho=\(number(rho))", "momentum=\(number(momentum))", "epsilon=\(number(epsilon))"]
    case .adagrad, .adadelta, .adamax, .nadam, .lamb: return nil
    }
    return "keras.optimizers.\(name)(\(words.joined(separator: ", ")))"
  }

  private var jax: String? {
    var words = ["\(number(optimizer.learningRate))"]
    let name: String
    var joinsGradients = optimizer.weightDecay != 0
    switch optimizer.rule {
    case .sgd(let momentum, let nesterov):
      name = "sgd"
      if momentum != 0 { words.append("momentum=\(number(momentum))") }
      if nesterov { words.append("nesterov=True") }
    case .adam(let beta1, let beta2, let epsilon), .adamW(let beta1, let beta2, let epsilon):
      words += ["b1=\(number(beta1))", "b2=\(number(beta2))", "eps=\(number(epsilon))"]
      if case .adam = optimizer.rule {
        name = "adam"
      } else {
        name = "adamw"
        joinsGradients = false
        words.append("weight_decay=\(number(optimizer.weightDecay))")
      }
    case .rmsProp(let rho, let momentum, let epsilon):
      name = "rmsprop"
      words += [
        "decay=\(number(rho))", "eps=\(number(epsilon))", "momentum=\(number(momentum))",
        "eps_in_sqrt=False",
      ]
    case .adagrad, .adadelta, .adamax, .nadam, .lamb: return nil
    }
    let text = "optax.\(name)(\(words.joined(separator: ", ")))"
    return joinsGradients
      ? "optax.chain(optax.add_decayed_weights(\(number(optimizer.weightDecay))), \(text))" : text
  }

  private func number(_ value: Double) -> String { Formula.text(value) }

  /// A function of outputs and targets.
  var lossText: String {
    switch (framework, loss) {
    case (.pytorch, .crossEntropy): "nn.CrossEntropyLoss(\(lossTerms))"
    case (.pytorch, .binaryCrossEntropy):
      "lambda outputs, targets: F.binary_cross_entropy_with_logits(outputs.flatten(), targets.float())"
    case (.pytorch, .l2): "lambda outputs, targets: F.mse_loss(outputs, targets) / 2"
    case (.pytorch, .l1): "nn.L1Loss()"
    case (.pytorch, .huber): "nn.HuberLoss()"
    case (.gluon, .crossEntropy): "gluon.loss.SoftmaxCrossEntropyLoss()"
    case (.gluon, .binaryCrossEntropy): "gluon.loss.SigmoidBinaryCrossEntropyLoss()"
    case (.gluon, .l2): "gluon.loss.L2Loss()"
    case (.gluon, .l1): "gluon.loss.L1Loss()"
    case (.gluon, .huber): "gluon.loss.HuberLoss()"
    case (.keras, .crossEntropy): "keras.losses.SparseCategoricalCrossentropy(from_logits=True)"
    case (.keras, .binaryCrossEntropy): "keras.losses.BinaryCrossentropy(from_logits=True)"
    case (.keras, .l2): "lambda targets, outputs: keras.ops.square(outputs - targets) / 2"
    case (.keras, .l1): "keras.losses.MeanAbsoluteError()"
    case (.keras, .huber): "keras.losses.Huber()"
    case (.jax, .crossEntropy):
      "optax.softmax_cross_entropy_with_integer_labels(outputs, targets)"
    case (.jax, .binaryCrossEntropy):
      "optax.sigmoid_binary_cross_entropy(outputs.ravel(), targets)"
    case (.jax, .l2): "optax.l2_loss(outputs, targets)"
    case (.jax, .l1): "jnp.abs(outputs - targets)"
    case (.jax, .huber): "optax.huber_loss(outputs, targets)"
    }
  }

  private var lossTerms: String {
    var words: [String] = []
    if !terms.weights.isEmpty {
      words.append("weight=torch.tensor([\(terms.weights.map(number).joined(separator: ", "))])")
    }
    if terms.smoothing != 0 { words.append("label_smoothing=\(number(terms.smoothing))") }
    return words.joined(separator: ", ")
  }

  /// A data set as tensors under the names that the code reads.
  func tensors(of data: Dataset) -> [NamedTensor] {
    let names = CodeRecipe.names
    func targets(_ examples: Examples) -> Tensor? {
      switch examples.targets {
      case .classes(let labels, _): Tensor(shape: [labels.count], values: labels.map { Float($0) })
      case .values(let values): values
      case .none: nil
      }
    }
    let parts = [
      (names.trainInputs, data.train.inputs), (names.trainTargets, targets(data.train)),
      (names.testInputs, data.test?.inputs), (names.testTargets, data.test.flatMap(targets)),
    ]
    return parts.compactMap { name, tensor in
      tensor.map {
        NamedTensor(
          name: name, tensor: framework.hasChannelsLast ? $0.withChannelsLast : $0)
      }
    }
  }
}
