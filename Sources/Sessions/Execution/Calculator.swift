import Engine
import Networks
import Training

/// What a command may have computed, on the thread that owns the plans; nothing of it trains but copies.
///
/// A network that learns is computed as it is between two steps. Weights that had no values are drawn, and given
/// back with the answer. All throw `EngineError` where network and examples do not agree, or memory is short.
protocol Calculator: AnyObject, Sendable {
  /// Loss and accuracy on examples, and what else is asked for.
  func evaluate(_ request: RunRequest, on examples: Examples, measuring measures: Measures) throws
    -> (Evaluation, LearnedState)

  /// The outputs for inputs `[examples, …]`.
  func predict(_ request: RunRequest, inputs: Tensor) throws -> (Tensor, LearnedState)

  /// The outputs for rows of inputs `[examples, …]`.
  func predict(_ request: RunRequest, inputs: InputRows) throws -> (Tensor, LearnedState)

  /// What a network writes behind a text.
  func write(_ request: RunRequest, _ task: WritingTask) throws -> (WrittenText, LearnedState)

  /// What leaves each block for one batch.
  func trace(_ request: RunRequest, on examples: Examples, training: Bool) throws -> Examination

  /// The norm of each block's gradient on the next batch.
  func gradients(_ request: RunRequest) throws -> Examination

  /// The gradients of all parameters on all training examples of a request.
  func parameterGradients(_ request: RunRequest) throws -> ParameterStore

  /// The gradient of the loss by each value of the training examples of a request, `[count, input…]`.
  func inputGradients(_ request: RunRequest) throws -> Tensor

  /// The norm of that gradient, as far as it comes back by the routes of residual blocks.
  func inputGradientNorm(_ request: RunRequest, by routes: [BlockID: GradientRoute]) throws
    -> Double

  /// For each block the inputs of several with which one position of its output differs from that with the first.
  func differences(
    _ request: RunRequest, inputs: Tensor, at position: @escaping @Sendable (Shape) -> Int
  ) throws -> [BlockID: Set<Int>]

  /// Outputs and parameters of networks, between the same two steps.
  func answers(of requests: [(request: RunRequest, inputs: Tensor)]) throws -> [(
    outputs: Tensor, parameters: ParameterStore
  )]

  /// Does work on a copy of what a request would train.
  func withCopy<Result: Sendable>(
    of request: RunRequest, _ work: @escaping @Sendable (NetworkCopy) throws -> Result
  ) throws -> Result

  /// Where the time of a training step goes, found out on a copy.
  func profile(_ request: RunRequest, limit: TimingLimit) throws -> StepProfile

  /// How long a convolution takes in bfloat16, beside one in float32; nothing where it cannot be had.
  func precisionSpeed() throws -> PrecisionSpeed?

  /// What a network has learned so far, and where its run may go on if there is one.
  func copy(of request: RunRequest) throws -> LearnedNetwork

  /// The loss on examples at places around a network's weights, one after another; false from `each` ends it.
  func survey(
    _ request: RunRequest, _ survey: LossSurvey, on examples: Examples,
    each: (Int, Double) -> Bool
  ) throws -> (LearnedState, cosine: Double?)

  /// What a network takes for steps on so many examples and for answering at most so many.
  func memory(_ question: MemoryQuestion, batch: Int, answering count: Int) throws
    -> MemoryForecast

  /// How long the ways to compute the convolutions of a training step take.
  func tune(_ wish: TuningWish, each: (Int, Int) -> Void) throws -> TuningFindings

  /// Whether the user wants to stop.
  var isInterrupted: Bool { get }
}

extension Trainer: Calculator {}
