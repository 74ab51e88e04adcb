import Networks

extension Model {
  /// The gradient of the loss by each value of some inputs, `[rows, input…]`, in training mode; changes nothing but
  /// the gradients of parameters.
  ///
  /// - Parameter routes: The residual blocks whose body or shortcut alone gradients come back through; the forward
  ///   pass is whole.
  package func inputGradient(
    _ examples: Examples, rows: some RandomAccessCollection<Int>,
    routes: [BlockID: GradientRoute] = [:]
  ) throws(EngineError) -> (result: StepResult, gradient: Tensor) {
    var options = options(batch: rows.count, mode: .training, leavesStatistics: true)
    options.wantsInputGradient = true
    options.routes = routes
    let plan = try load(examples, rows: rows, options)
    try plan.forward(version: version, step: steps)
    try plan.backward()
    try Arena.check(bytes: AvailableMemory.bytes(rows.count, network.input.count, 4))
    var gradient = Tensor(shape: [rows.count] + network.input.extents)
    if let source = plan.inputGradient {
      gradient.values.withUnsafeMutableBufferPointer { values in
        guard let base = values.baseAddress else { return }
        Batch.copyPlain(source, plan.graph.input, to: base)
      }
    }
    return (result(of: plan), gradient)
  }
}
