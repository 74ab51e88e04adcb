import Engine
import Interchange
import Networks
import Training

/// A session's recipe as expressions of a framework, and what of it has none.
struct TrainingCode {
  let framework: CodeFile.Framework
  let recipe: Recipe
  let loss: Loss
  let terms: LossTerms

  /// Whether there is a class at each position.
  let comparesMaps: Bool

  private var optimizer: Optimizer { recipe.optimizer }

  /// The recipe for some data.
  init(framework: CodeFile.Framework, recipe: Recipe, data: Dataset) {
    self.framework = framework
    self.recipe = recipe
    loss = recipe.loss(for: data)
    terms = recipe.terms(for: data)
    comparesMaps = data.train.maps != nil
  }

  /// What the code does not do of the recipe, as it was typed.
  var leftOut: [String] {
    var texts: [String] = []
    if !recipe.schedule.isConstant, schedulerText == nil {
      texts.append(ScheduleTable.text(of: recipe.rates))
    }
    if recipe.clipping != nil, clippingText == nil { texts.append(RecipeText.clip(recipe)) }
    if recipe.precision != .float32, precisionText == nil {
      texts.append(RecipeText.precision(recipe))
    }
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
  var optimizerText: String? { OptimizerCode(framework: framework, optimizer: optimizer).text }

  /// The weight decay that joins the gradients, where the framework's optimizer cannot be told it.
  var decayText: String? {
    OptimizerCode(framework: framework, optimizer: optimizer).decayText
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

  /// The type of the numbers that products have their operands in, or nothing where they are float32.
  var precisionText: String? {
    framework == .pytorch && recipe.precision == .bfloat16 ? "torch.bfloat16" : nil
  }

  private func number(_ value: Double) -> String { Formula.text(value) }

  /// A function of outputs and targets.
  var lossText: String {
    switch (framework, loss) {
    case (.gluon, .crossEntropy) where comparesMaps: "gluon.loss.SoftmaxCrossEntropyLoss(axis=1)"
    case (.pytorch, .binaryCrossEntropy) where comparesMaps:
      "lambda outputs, targets: "
        + "F.binary_cross_entropy_with_logits(outputs.flatten(), targets.flatten().float())"
    case (.jax, .binaryCrossEntropy) where comparesMaps:
      "optax.sigmoid_binary_cross_entropy(outputs.ravel(), targets.ravel())"
    case (.pytorch, .crossEntropy): "nn.CrossEntropyLoss(\(lossTerms))"
    case (.pytorch, .binaryCrossEntropy):
      "lambda outputs, targets: F.binary_cross_entropy_with_logits(outputs.flatten(), targets.float())"
    case (.pytorch, .multiLabel): "nn.BCEWithLogitsLoss()"
    case (.pytorch, .l2): "lambda outputs, targets: F.mse_loss(outputs, targets) / 2"
    case (.pytorch, .l1): "nn.L1Loss()"
    case (.pytorch, .huber): "nn.HuberLoss()"
    case (.gluon, .crossEntropy): "gluon.loss.SoftmaxCrossEntropyLoss()"
    case (.gluon, .binaryCrossEntropy), (.gluon, .multiLabel):
      "gluon.loss.SigmoidBinaryCrossEntropyLoss()"
    case (.gluon, .l2): "gluon.loss.L2Loss()"
    case (.gluon, .l1): "gluon.loss.L1Loss()"
    case (.gluon, .huber): "gluon.loss.HuberLoss()"
    case (.keras, .crossEntropy): "keras.losses.SparseCategoricalCrossentropy(from_logits=True)"
    case (.keras, .binaryCrossEntropy), (.keras, .multiLabel):
      "keras.losses.BinaryCrossentropy(from_logits=True)"
    case (.keras, .l2): "lambda targets, outputs: keras.ops.square(outputs - targets) / 2"
    case (.keras, .l1): "keras.losses.MeanAbsoluteError()"
    case (.keras, .huber): "keras.losses.Huber()"
    case (.jax, .crossEntropy):
      "optax.softmax_cross_entropy_with_integer_labels(outputs, targets)"
    case (.jax, .binaryCrossEntropy):
      "optax.sigmoid_binary_cross_entropy(outputs.ravel(), targets)"
    case (.jax, .multiLabel): "optax.sigmoid_binary_cross_entropy(outputs, targets)"
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

  /// A data set as tensors under the names that the code reads, to be written to a file.
  ///
  /// Throws where examples that are not in memory cannot be read, or there is no room for all of them.
  func tensors(of data: Dataset, for path: String) throws(FileError) -> [NamedTensor] {
    let names = CodeRecipe.names
    func targets(_ examples: Examples) -> Tensor? {
      switch examples.targets {
      case .classes(let labels, _): Tensor(shape: [labels.count], values: labels.map { Float($0) })
      case .maps(let maps):
        Tensor(shape: [maps.count] + maps.extents, values: maps.labels.map { Float($0) })
      case .values(let values): values
      case .none: nil
      }
    }
    func inputs(_ examples: Examples) throws(FileError) -> Tensor {
      try examples.rows.wholeTensor(for: path)
    }
    let unchanged = comparesMaps ? [names.trainTargets, names.testTargets] : []
    let parts = [
      (names.trainInputs, try inputs(data.train)), (names.trainTargets, targets(data.train)),
      (names.testInputs, try data.test.map(inputs)),
      (names.testTargets, data.test.flatMap(targets)),
    ]
    return parts.compactMap { name, tensor in
      tensor.map {
        NamedTensor(
          name: name,
          tensor: framework.hasChannelsLast && !unchanged.contains(name)
            ? $0.withChannelsLast : $0)
      }
    }
  }
}
