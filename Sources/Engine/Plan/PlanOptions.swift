import Networks

/// The one way that a gradient takes back through the sum of a residual block.
package enum GradientRoute: Hashable, Sendable {
  /// Through the body alone.
  case body

  /// Through the shortcut alone.
  case shortcut
}

/// What a plan is compiled for.
struct PlanOptions: Hashable {
  /// What the plan computes.
  enum Mode: Hashable {
    /// Forward with batch statistics and dropout, loss, backward.
    case training

    /// Forward with running statistics; loss where targets are known.
    case inference
  }

  var mode: Mode
  var batch: Int
  var loss: Loss

  /// Threads that the plan may use.
  var threads: Int

  /// In which numbers operands of products are.
  var precision = Precision.float32

  /// Keeps every block's output apart, for looking at them: no fusion, no shared memory.
  var keepsValues = false

  /// Leaves running statistics as they are.
  var leavesStatistics = false

  /// Stops after the forward pass.
  var isLook = false

  /// Stops at the loss.
  var isTrial = false

  /// Computes the gradient of the input, too.
  var wantsInputGradient = false

  /// Which way gradients take back through residual blocks, where not both; their sums are not fused then.
  var routes: [BlockID: GradientRoute] = [:]

  /// What the loss has besides its kind, if anything.
  var terms: LossTerms?

  /// Whether examples of a batch are mixed.
  var mixes = false

  /// Who computes convolutions where that was measured; nothing where all follow the rule.
  var choices: ConvolutionChoices?

  /// Whether batch normalizations that ask for it take their statistics over all processes.
  var sharesStatistics = false

  /// Whether oneDNN may be used.
  var allowsLibrary = true

  /// Whether our own convolutions are used wherever they are thought faster.
  var prefersDirect = true

  /// Whether a backward pass follows.
  var isDifferentiated: Bool { mode == .training && !isLook && !isTrial }

  /// Whether the plan is that of a step that learns, of which there is one at a time.
  var isStep: Bool { isDifferentiated && !leavesStatistics }
}
