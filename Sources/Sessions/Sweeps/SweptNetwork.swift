import Engine
import Networks
import Training

/// The best network of a sweep on its way from the process that has it to the others.
///
/// Blocks have other identities on each, so the network goes as text, and what it has learned in the order of its
/// parameters.
enum SweptNetwork {
  /// The network as bytes.
  static func bytes(_ known: NetworkState) -> [UInt8] {
    var letter = LetterWriter()
    letter.put(NetworkFile.text(of: known.network))
    letter.put(known.weights.optimizerState.optimizer.flatMap { command(for: $0) })
    let (weights, state) = (known.weights, known.weights.optimizerState)
    letter.put(weights.steps)
    letter.put(weights.epochs)
    letter.put(known.stepsPerSecond)
    letter.put(known.lastEpoch != nil)
    if let epoch = known.lastEpoch { letter.put(epoch) }
    letter.put(known.classNames)
    let texts = known.normalization.map { NormalizationText.metadata(of: $0) } ?? [:]
    letter.put(texts.map(\.key))
    letter.put(texts.map(\.value))
    letter.put(state.moments.count)
    for parameter in known.network.parameters {
      letter.put(state.updates[parameter.key])
      for store in [weights.parameters] + state.moments {
        letter.put(store[parameter.key]?.values ?? [])
      }
    }
    return letter.bytes
  }

  /// About how many bytes these are, most of which are numbers that it has learned.
  static func size(_ known: NetworkState) -> Int {
    let values = known.network.parameters.reduce(0) { $0 + $1.count }
    let copies = 1 + known.weights.optimizerState.moments.count
    return AvailableMemory.bytes(values, copies, MemoryLayout<Float>.stride)
  }

  /// The command that sets an optimizer.
  private static func command(for optimizer: Optimizer) -> String? {
    var recipe = Recipe()
    recipe.optimizer = optimizer
    return RecipeText.lines(of: recipe).first { $0.hasPrefix("optimizer ") }
  }

  /// The state of a network that such bytes tell of.
  ///
  /// - Parameters:
  ///   - build: Makes a network of its text.
  ///   - recipe: The settings after a command.
  /// - Throws: `LetterReader.Malformed`, and what `build` and `recipe` throw.
  static func state(
    _ bytes: [UInt8], build: (String) throws -> Network, recipe: (String) throws -> Recipe
  ) throws -> NetworkState {
    var letter = LetterReader(bytes)
    let network = try build(try letter.text())
    let optimizer = try letter.optionalText().map { try recipe($0).optimizer }
    var weights = LearnedState()
    (weights.steps, weights.epochs) = (try letter.number(), try letter.number())
    let rate = try letter.optionalReal()
    let epoch = try letter.flag() ? letter.epoch() : nil
    let classNames = try letter.texts()
    let (keys, texts) = (try letter.texts(), try letter.texts())
    if keys.count != texts.count { throw LetterReader.Malformed() }
    let metadata = Dictionary(zip(keys, texts), uniquingKeysWith: { first, _ in first })
    let normalization = try NormalizationText.read(metadata, for: network.input).get()
    let moments = try letter.count()
    var stores = Array(repeating: ParameterStore(), count: moments + 1)
    for parameter in network.parameters {
      weights.optimizerState.updates[parameter.key] = try letter.optionalNumber()
      for index in stores.indices {
        let values = try letter.floats()
        if values.isEmpty { continue }
        guard values.count == parameter.count else { throw LetterReader.Malformed() }
        stores[index][parameter.key] = Tensor(shape: parameter.shape, values: values)
      }
    }
    weights.parameters = stores[0]
    weights.optimizerState.moments = Array(stores.dropFirst())
    weights.optimizerState.optimizer = optimizer
    var known = NetworkState(network: network, weights: weights)
    (known.stepsPerSecond, known.lastEpoch) = (rate, epoch)
    (known.classNames, known.normalization) = (classNames, normalization)
    return known
  }
}

extension LetterWriter {
  fileprivate mutating func put(_ epoch: EpochSummary) {
    put(epoch.network)
    put(epoch.epoch)
    put(epoch.epochs)
    put(epoch.step)
    put(epoch.loss)
    for number in [epoch.accuracy, epoch.testLoss, epoch.testAccuracy] { put(number) }
    put(epoch.samplesPerSecond)
  }
}

extension LetterReader {
  fileprivate mutating func epoch() throws(Malformed) -> EpochSummary {
    EpochSummary(
      network: try text(), epoch: try number(), epochs: try optionalNumber(), step: try number(),
      loss: try real(), accuracy: try optionalReal(), testLoss: try optionalReal(),
      testAccuracy: try optionalReal(), samplesPerSecond: try real())
  }
}
