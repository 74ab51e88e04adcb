/// Something that is wrong with a network, its data or its recipe, with the number that shows it.
struct Finding: Sendable {
  let symptom: Symptom

  /// The block that it is about, if it is about one.
  var path: String?

  /// What is wrong, with its number.
  let text: String

  /// What that means, in one line.
  let meaning: String

  /// The numbers for programs.
  let figures: JSON

  /// Commands that may help; only one that did on a copy is shown.
  var remedies: [String] = []

  /// By what it is judged whether one helped.
  var measure = TrialMeasure.training

  /// One helped where it leaves at most this share of the figure.
  var share = 0.9

  /// Whether it is said only where a remedy helped, since nothing else shows it.
  var needsProof = false
}

/// The figure that a trial is judged by.
enum TrialMeasure: String, Sendable {
  /// The mean loss of the last steps.
  case training = "loss"

  /// The loss on training examples after the steps, with running statistics and without dropout.
  case evaluated = "evaluated loss"

  /// The loss on test examples after as many steps as the network has taken.
  case test = "test loss"
}

/// A command that was tried on a copy, with what came of it.
struct Treatment: Sendable {
  let command: String
  let measure: TrialMeasure
  let steps: Int

  /// The figure as things are and with the command; nothing where the loss became no number.
  let before: Double?
  let after: Double?
}

/// What is looked for, the most telling first: what explains others comes before them.
enum Symptom: String, CaseIterable, Sendable {
  case diverged
  case softmax
  case outputs
  case frozen
  case dead
  case chance
  case vanishing
  case exploding
  case statistics
  case rateTooHigh = "rate_too_high"
  case rateTooLow = "rate_too_low"
  case overfitting
  case inputs
  case labels

  /// What is wrong of this kind in what was seen; nothing where nothing is.
  func finding(in seen: Observation) -> Finding? {
    switch self {
    case .diverged: seen.divergence
    case .softmax: seen.needlessSoftmax
    case .outputs: seen.idleOutputs
    case .frozen: seen.frozenStandstill
    case .dead: seen.deadLayer
    case .chance: seen.chanceLoss
    case .vanishing: seen.vanishingGradient
    case .exploding: seen.explosion
    case .statistics: seen.smallBatch
    case .rateTooHigh: seen.highRate
    case .rateTooLow: seen.lowRate
    case .overfitting: seen.overfitting
    case .inputs: seen.unscaledInputs
    case .labels: seen.missingClasses
    }
  }
}
