/// How training goes on in a framework, as expressions in its language.
package struct CodeRecipe: Sendable {
  /// Makes the optimizer of `model`.
  package let optimizer: String

  /// A function of outputs and targets.
  package let loss: String
  package let batchSize: Int

  /// The weight decay that joins the gradients, where the optimizer cannot be told it.
  package let decay: String?

  /// Whether targets are classes.
  package let comparesClasses: Bool

  /// The name of the file beside the code that holds the data.
  package let data: String

  /// Makes the scheduler of `optimizer`, for a run of `epochs` over `loader`; empty for a rate that stays.
  package var scheduler = ""

  /// Whether the scheduler goes on after each batch, not after each epoch.
  package var schedulesBatches = false

  /// Clips the gradients of `model`; empty where they stay as they are.
  package var clipping = ""

  /// The type of the numbers that products have their operands in; nothing for float32.
  package var precision: String?

  /// The settings of a session.
  package init(
    optimizer: String, decay: String? = nil, loss: String, batchSize: Int,
    comparesClasses: Bool, data: String
  ) {
    self.decay = decay
    self.optimizer = optimizer
    self.loss = loss
    self.batchSize = batchSize
    self.comparesClasses = comparesClasses
    self.data = data
  }

  /// The names under which inputs and targets lie in that file.
  package static let names = (
    trainInputs: "train.inputs", trainTargets: "train.targets", testInputs: "test.inputs",
    testTargets: "test.targets"
  )
}
