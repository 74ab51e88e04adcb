import Engine
import Networks

/// Gradients of inputs, in training mode; nothing is learned.
extension Trainer {
  /// The gradient of the loss by each value of the training examples of a request, `[count, input…]`.
  ///
  /// - Throws: `EngineError` where network and data do not agree.
  package func inputGradients(_ request: RunRequest) throws -> Tensor {
    try perform { workbench in
      let model = try workbench.model(for: request)
      let examples = request.data.train
      return try model.inputGradient(examples, rows: 0..<examples.count).gradient
    }
  }

  /// The norm of the gradient of the loss by the training examples of a request that comes back by the routes of
  /// residual blocks alone.
  ///
  /// - Throws: `EngineError` where network and data do not agree.
  package func inputGradientNorm(_ request: RunRequest, by routes: [BlockID: GradientRoute]) throws
    -> Double
  {
    try perform { workbench in
      let model = try workbench.model(for: request)
      let examples = request.data.train
      let gradient = try model.inputGradient(
        examples, rows: 0..<examples.count, routes: routes
      ).gradient
      return gradient.values.reduce(0) { $0 + Double($1) * Double($1) }.squareRoot()
    }
  }
}

/// Which inputs reach an output.
extension Trainer {
  /// For each block the inputs, of several, with which one position of its output differs from that with the first.
  ///
  /// - Parameters:
  ///   - inputs: `[count, input…]`; the first is what the others are compared with.
  ///   - position: The place that is looked at in the output of a block, given its shape and counted without channels.
  /// - Returns: The places among the inputs, by block, of blocks whose output is kept apart.
  /// - Throws: `EngineError` where network and inputs do not agree.
  package func differences(
    _ request: RunRequest, inputs: Tensor, at position: @escaping @Sendable (Shape) -> Int
  ) throws -> [BlockID: Set<Int>] {
    try perform { workbench in
      let model = try workbench.model(for: request)
      let count = inputs.shape[0]
      let outputs = try model.outputs(inputs, rows: 0..<count)
      return outputs.mapValues { tensor in
        let shape = Shape(Array(tensor.shape.dropFirst()))
        let place = position(shape)
        let positions = shape.count / max(shape.channels, 1)
        var found: Set<Int> = []
        for row in 1..<max(count, 1) {
          for channel in 0..<shape.channels {
            let offset = channel * positions + place
            if tensor.values[offset] != tensor.values[row * shape.count + offset] {
              found.insert(row)
              break
            }
          }
        }
        return found
      }
    }
  }
}
