import Interchange
import Language
import Networks
import Training

/// What lies beside exported code: weights, examples, data.
extension CommandScope {
  /// Asks for the weights and an example in a file, and says so.
  mutating func writeWeights(
    of file: CodeFile, _ framework: CodeFile.Framework, to word: Word, _ invocation: Invocation
  ) throws -> StyledText {
    let network = try currentNetwork(at: invocation.range)
    let learned = try exportedWeights(of: network)
    let inputs = try exampleInputs(for: network)
    let request = request(network, learned, Dataset.random(for: network))
    let (outputs, _) = try computing(at: invocation.range) {
      try context.calculator.predict(request, inputs: inputs)
    }
    var tensors = file.tensors { learned.parameters[$0] }
    let count = tensors.count
    tensors.append(NamedTensor(name: CodeFile.exampleNames.input, tensor: inputs))
    tensors.append(NamedTensor(name: CodeFile.exampleNames.output, tensor: outputs))
    ask(
      for: .write(to: word) { [tensors] path throws(FileError) in
        try framework.write(tensors, to: path)
      })
    return StyledText(
      "wrote \(word.text): \(Numbers.count(count, "tensor")) and "
        + Numbers.count(inputs.shape[0], "example"))
  }

  /// The weights as they are now, drawn where there are none.
  func exportedWeights(of network: Network) throws -> LearnedState {
    guard context.runs.isRunning, let current = state.current else {
      return try drawnWeights(of: network)
    }
    return try presentWeights(of: current)
  }

  /// The first examples of the data, those for testing where there are any; noise where there is no data that fits.
  private func exampleInputs(for network: Network) throws -> Tensor {
    var data = Dataset.random(for: network)
    if let known = state.data, known.shape == network.input { data = known }
    let examples = data.test ?? data.train
    let count = min(4, examples.count)
    return try computing(at: nil) { try examples.rows.gathered(at: 0..<count) }
  }

  /// A request under a name of its own, so that it is not taken for the network that learns.
  private func request(_ network: Network, _ learned: LearnedState, _ data: Dataset) -> RunRequest {
    var recipe = state.recipe
    recipe.loss = .l2
    // What is compared with another framework is computed as there.
    recipe.precision = .float32
    return RunRequest(
      name: "exported \(state.currentName)", network: network, learned: learned, data: data,
      recipe: recipe, length: .steps(0))
  }

  /// The gradients of ½ · the mean of the squared outputs for the stored example; none where dropout or noise makes them
  /// differ.
  func exampleGradients(of network: Network, at range: SourceRange?) throws -> ParameterStore {
    guard let request = try exampleRequest(of: network) else { return ParameterStore() }
    return try computing(at: range) {
      try context.calculator.parameterGradients(request)
    }
  }

  /// A request to learn zeros for the stored example; none where dropout or noise makes what is learned differ.
  func exampleRequest(of network: Network) throws -> RunRequest? {
    var hasDropout = false
    network.walk { block, _ in
      switch block.form {
      case .layer(.dropout), .layer(.noise): hasDropout = true
      case .layer, .sequential, .repeated, .shared, .residual, .parallel, .join: break
      }
    }
    if hasDropout { return nil }
    let inputs = try exampleInputs(for: network)
    let count = inputs.shape[0]
    let zeros = Tensor(
      shape: [count] + network.output.extents,
      values: Array(repeating: 0, count: count * network.output.count))
    let data = Dataset(
      name: "example", description: "", train: Examples(inputs: inputs, targets: .values(zeros)))
    return request(network, try exportedWeights(of: network), data)
  }

  /// The recipe of the session for a framework, and its data asked for in a file beside the code.
  ///
  /// - Throws: A diagnostic where there is no data, or no such optimizer there.
  mutating func writeRecipe(
    _ framework: CodeFile.Framework, beside code: Word, _ invocation: Invocation
  ) throws -> (recipe: CodeRecipe, leftOut: [String]) {
    let network = try currentNetwork(at: invocation.range)
    let data = try currentData(at: invocation.range)
    try checkTrainable(network, data: data, at: invocation.range)
    let training = TrainingCode(framework: framework, recipe: state.recipe, data: data)
    guard let optimizer = training.optimizerText else {
      throw Diagnostic(
        CodeProblem.unsupported(
          what: "this optimizer", framework: framework.title, instead: "optimizer adam"),
        framework, at: code.range)
    }
    let stem = Path.joining(Path.folder(of: code.text), Path.stem(of: code.text))
    let file = Word(
      atom: Atom(quoted: "\(stem).data.\(framework.weightsEnding)"), range: code.range)
    ask(
      for: .write(to: file) { path throws(FileError) in
        try framework.write(training.tensors(of: data, for: path), to: path)
      })
    var recipe = CodeRecipe(
      optimizer: optimizer, decay: training.decayText, loss: training.lossText,
      batchSize: state.recipe.batchSize,
      comparesClasses: training.loss.comparesClasses, data: Path.name(of: file.text))
    recipe.scheduler = training.schedulerText ?? ""
    recipe.schedulesBatches = state.recipe.schedule.unit == .steps
    recipe.clipping = training.clippingText ?? ""
    recipe.precision = training.precisionText
    return (recipe, training.leftOut)
  }
}
