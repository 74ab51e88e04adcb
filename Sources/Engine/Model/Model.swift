import Kernels
import Networks

/// A network with its parameters in memory, ready to learn and to answer.
///
/// Owns the slabs of parameters and the plans compiled for them, one for each batch size and purpose. Belongs
/// to one thread.
package final class Model {
  package private(set) var network: Network

  /// May change between two steps; another rule starts with fresh state.
  package private(set) var optimizer: Optimizer
  package private(set) var loss: Loss
  package let seed: UInt64

  /// The most threads that plans use.
  package let threads: Int

  /// Steps done so far, which number the masks of dropout.
  package private(set) var steps: Int
  private(set) var slabs: ParameterSlabs
  private(set) var groups: UpdateGroups
  private var plans: [PlanOptions: Plan] = [:]

  /// The plans by last use, latest last.
  private var recent: [PlanOptions] = []

  /// Counts changes of parameters, so that plans know when to prepare anew.
  private(set) var version = 0
  let allowsLibrary: Bool
  let prefersDirect: Bool

  /// The plan of the last training step, which still holds its batch.
  private var lastTraining: Plan?

  /// Plans that are kept for when their batch size comes again.
  private static let planLimit = 6

  /// Puts a network's parameters in memory; those without values are initialised.
  ///
  /// Optimizer state that means something else to the optimizer is left aside. `steps` is how many were done
  /// before.
  ///
  /// - Throws: `EngineError` where the loss does not fit the output, or memory is short.
  package init(
    network: Network, parameters: ParameterStore = ParameterStore(), optimizer: Optimizer = .sgd,
    optimizerState: OptimizerState? = nil, loss: Loss = .crossEntropy,
    initializer: Initializer = .he, seed: UInt64 = 0, steps: Int = 0, threads: Int = 1,
    usesLibrary: Bool = true, prefersDirect: Bool = true
  ) throws(EngineError) {
    self.network = network
    self.optimizer = optimizer
    self.loss = loss
    self.seed = seed
    self.steps = steps
    self.threads = max(threads, 1)
    allowsLibrary = usesLibrary
    self.prefersDirect = prefersDirect
    let layout = ParameterLayout(network.parameters)
    let optimizerState = optimizerState.flatMap { $0.isUnderstood(by: optimizer) ? $0 : nil }
    // What is learned is copied out in the end, so there must be room for that too.
    let stateSlabs = optimizer.kernel.stateSlabs
    try Arena.check(
      bytes: AvailableMemory.bytes(
        ParameterSlabs.floats(layout, stateSlabs: stateSlabs)
          + layout.floatsCopied(stateSlabs: stateSlabs), 4))
    slabs = try ParameterSlabs(layout, stateSlabs: stateSlabs)
    groups = UpdateGroups(layout) { optimizerState?.updates[$0.specification.key] ?? 0 }
    for entry in layout.entries {
      let key = entry.specification.key
      if let tensor = parameters[key], tensor.shape == entry.specification.shape {
        slabs.set(key, tensor)
      } else {
        slabs.set(key, try initializer.values(for: entry.specification, seed: seed))
      }
    }
    if let optimizerState { restore(optimizerState) }
  }

  /// Trains on some examples: forward, backward, update.
  ///
  /// A loss that is no number is reported and nothing is updated, so that `firstNonFinite` can say where it
  /// came from.
  ///
  /// - Throws: `EngineError` where examples or loss do not fit the network, or memory is short.
  package func step(
    _ examples: Examples, rows: some RandomAccessCollection<Int>, learningRate: Double? = nil
  ) throws(EngineError) -> StepResult {
    if let learningRate { optimizer.learningRate = learningRate }
    let plan = try load(examples, rows: rows, mode: .training)
    slabs.keepRunning()
    try plan.forward(version: version, step: steps)
    lastTraining = plan
    let result = result(of: plan)
    guard result.isFinite else {
      slabs.restoreRunning()
      return result
    }
    try plan.backward()
    groups.update(slabs, optimizer, threads: plan.threads)
    steps += 1
    version += 1
    return result
  }

  /// Trains on all examples at once.
  package func step(_ examples: Examples, learningRate: Double? = nil) throws(EngineError)
    -> StepResult
  {
    try step(examples, rows: 0..<examples.count, learningRate: learningRate)
  }

  /// Computes the loss of some examples in training mode and the gradients of all learnable parameters, and
  /// changes nothing else.
  package func differentiate(_ examples: Examples, rows: some RandomAccessCollection<Int>)
    throws(EngineError) -> StepResult
  {
    let plan = try load(examples, rows: rows, mode: .training, leavesStatistics: true)
    try plan.forward(version: version, step: steps)
    try plan.backward()
    return result(of: plan)
  }

  /// Computes the loss of some examples as a training step does, with the batch's statistics, and changes
  /// nothing.
  package func trainingLoss(_ examples: Examples, rows: some RandomAccessCollection<Int>)
    throws(EngineError) -> StepResult
  {
    let plan = try load(examples, rows: rows, mode: .training, leavesStatistics: true)
    try plan.forward(version: version, step: steps)
    return result(of: plan)
  }

  /// Computes the loss of some examples with running statistics and without dropout.
  package func evaluate(_ examples: Examples, rows: some RandomAccessCollection<Int>)
    throws(EngineError) -> StepResult
  {
    let plan = try load(examples, rows: rows, mode: .inference)
    try plan.forward(version: version, step: steps)
    return result(of: plan)
  }

  /// The network's outputs for some inputs, `[count, output…]`, in batches of at most `batch`, or of fewer
  /// examples where memory is short.
  package func predict(_ inputs: Tensor, batch: Int = 256) throws(EngineError) -> Tensor {
    let count = inputs.shape.first ?? 0
    try Arena.check(bytes: AvailableMemory.bytes(count, network.output.count, 4))
    var output = Tensor(shape: [count] + network.output.extents)
    var first = 0
    var batch = max(batch, 1)
    while first < count {
      let rows = first..<min(first + batch, count)
      let made = try EngineError.shrinking(&batch) { () throws(EngineError) -> Plan in
        try self.plan(batch: rows.count, mode: .inference)
      }
      guard let plan = made else { continue }
      try Batch(plan: plan).setInputs(inputs, rows: rows)
      // Targets are unknown; the loss that is computed along is not looked at.
      plan.clearTargets()
      try plan.forward(version: version, step: steps)
      let offset = first * network.output.count
      output.values.withUnsafeMutableBufferPointer { values in
        guard let base = values.baseAddress else { return }
        Batch(plan: plan).copyOutputs(to: base + offset)
      }
      first = rows.upperBound
    }
    return output
  }

  /// The steps of the training plan for a batch size, with the least times of several runs.
  ///
  /// Parameters and statistics stay as they are; the gradients are those of a batch of zeros.
  package func report(batch: Int, runs: Int = 20) throws(EngineError) -> PlanReport {
    let plan = try plan(batch: batch, mode: .training, leavesStatistics: true)
    plan.clearTargets()
    return PlanReport(
      lines: try plan.report(runs: runs), threads: plan.threads, arenaBytes: plan.arenaBytes,
      parameterBytes: slabs.bytes)
  }

  /// Takes over an edited network between two steps.
  ///
  /// Parameters whose key and shape are unchanged keep values and optimizer state; `given` values go before
  /// them; others are initialised.
  ///
  /// - Throws: `EngineError` where memory is short; then nothing has changed.
  package func adopt(
    _ network: Network, given: ParameterStore = ParameterStore(),
    givenState: OptimizerState? = nil, initializer: Initializer = .he
  ) throws(EngineError) -> Adoption {
    let layout = ParameterLayout(network.parameters)
    try Arena.check(bytes: AvailableMemory.bytes(layout.largest, 4))
    let givenState = givenState.flatMap { $0.isUnderstood(by: optimizer) ? $0 : nil }
    let old = slabs
    let oldGroups = groups
    let fresh = try ParameterSlabs(layout, stateSlabs: old.stateSlabs)
    var kept: [ParameterSpecification] = []
    var taken: [ParameterSpecification] = []
    var new: [ParameterSpecification] = []
    var updates: [ParameterKey: Int] = [:]
    for entry in layout.entries {
      let specification = entry.specification
      let key = specification.key
      if let tensor = given[key], tensor.shape == specification.shape {
        fresh.set(key, tensor)
        taken.append(specification)
      } else if let known = old.layout.entry(key), known.specification.shape == specification.shape
      {
        fresh.copy(key, from: old)
        updates[key] = oldGroups.updates(at: known.offset)
        kept.append(specification)
      } else {
        fresh.set(key, try initializer.values(for: specification, seed: seed))
        new.append(specification)
      }
    }
    self.network = network
    slabs = fresh
    groups = UpdateGroups(layout) {
      givenState?.updates[$0.specification.key] ?? updates[$0.specification.key] ?? 0
    }
    if let givenState { restore(givenState) }
    forgetPlans()
    return Adoption(kept: kept, given: taken, new: new)
  }

  /// Goes on with another optimizer; state is kept where it means the same, else `givenState` is taken if it
  /// does.
  package func use(_ optimizer: Optimizer, givenState: OptimizerState? = nil) throws(EngineError) {
    if !optimizer.understandsState(of: self.optimizer) {
      let state = givenState.flatMap { $0.isUnderstood(by: optimizer) ? $0 : nil }
      let parameters = try copiedParameters()
      let fresh = try ParameterSlabs(slabs.layout, stateSlabs: optimizer.kernel.stateSlabs)
      for key in parameters.keys { if let tensor = parameters[key] { fresh.set(key, tensor) } }
      slabs = fresh
      groups = UpdateGroups(slabs.layout) { state?.updates[$0.specification.key] ?? 0 }
      forgetPlans()
      if let state { restore(state) }
    }
    self.optimizer = optimizer
  }

  /// Goes on with another loss.
  package func use(_ loss: Loss) {
    self.loss = loss
    forgetPlans()
  }

  /// Replaces the values of some parameters, such as those an `init` command drew anew.
  package func set(_ parameters: ParameterStore) {
    for key in parameters.keys {
      guard let tensor = parameters[key],
        slabs.layout.entry(key)?.specification.shape == tensor.shape
      else { continue }
      slabs.set(key, tensor)
    }
    version += 1
  }

  /// The gradients of the last step, of all parameters that are not frozen.
  package var gradients: ParameterStore {
    var store = ParameterStore()
    for entry in slabs.layout.entries where slabs.learns(entry.specification.key) {
      let key = entry.specification.key
      if let values = slabs.gradient(of: key) {
        store[key] = Tensor(shape: entry.specification.shape, values: Array(values))
      }
    }
    return store
  }

  private func restore(_ state: OptimizerState) {
    for (index, store) in state.moments.enumerated() where index < slabs.stateSlabs {
      for entry in slabs.layout.entries where entry.specification.isLearnable {
        let key = entry.specification.key
        guard let tensor = store[key], tensor.shape == entry.specification.shape,
          let target = slabs.moment(index, of: key)
        else { continue }
        _ = target.update(fromContentsOf: tensor.values)
      }
    }
  }

  /// A plan with some examples in its memory.
  func load(
    _ examples: Examples, rows: some RandomAccessCollection<Int>, mode: PlanOptions.Mode,
    leavesStatistics: Bool = false
  ) throws(EngineError) -> Plan {
    if loss.comparesClasses, network.output.spatialRank > 0 {
      throw .outputHasPositions(loss: loss, output: network.output)
    }
    if loss == .binaryCrossEntropy, network.output.count != 1 {
      throw .severalOutputs(network.output.count)
    }
    if examples.shape != network.input {
      throw .inputShape(expected: network.input, found: examples.shape)
    }
    let plan = try plan(batch: rows.count, mode: mode, leavesStatistics: leavesStatistics)
    let batch = Batch(plan: plan)
    try batch.setTargets(examples.targets, rows: rows)
    try batch.setInputs(examples.inputs, rows: rows)
    return plan
  }

  func result(of plan: Plan) -> StepResult {
    let cell = plan.loss
    let count = plan.options.batch
    return StepResult(loss: cell.loss / Double(count), correct: cell.correct, count: count)
  }

  private func plan(
    batch: Int, mode: PlanOptions.Mode, leavesStatistics: Bool = false
  ) throws(EngineError) -> Plan {
    try plan(
      PlanOptions(
        mode: mode, batch: batch, loss: loss, threads: threads, leavesStatistics: leavesStatistics,
        allowsLibrary: allowsLibrary, prefersDirect: prefersDirect))
  }

  /// The plan for some options, compiled now or earlier.
  func plan(_ options: PlanOptions) throws(EngineError) -> Plan {
    let (count, overflows) = network.input.count.multipliedReportingOverflow(by: options.batch)
    if options.batch < 1 || overflows || count > Int(Int32.max) {
      throw .batchSize(options.batch)
    }
    if let known = plans[options] {
      if recent.last != options {
        recent.removeAll { $0 == options }
        recent.append(options)
      }
      return known
    }
    if recent.count >= Self.planLimit { plans[recent.removeFirst()] = nil }
    let plan = try compile(options)
    plans[options] = plan
    recent.append(options)
    return plan
  }

  /// The plan that holds the last training batch.
  var lastTrainingPlan: Plan? { lastTraining }

  /// Compiles a plan; where memory is short, those of other purposes and sizes give way.
  ///
  /// - Throws: `EngineError`; where memory is short, with a batch that would do.
  private func compile(_ options: PlanOptions) throws(EngineError) -> Plan {
    do throws(EngineError) {
      return try Plan(network, slabs: slabs, options: options, seed: seed)
    } catch {
      guard case .memory = error else { throw error }
      if !plans.isEmpty {
        forgetPlans()
        return try compile(options)
      }
      throw error.offering(PlanSize.fittingBatch(network, slabs, options))
    }
  }

  /// Frees the memory of all plans; they are compiled anew when they are needed.
  func forgetPlans() {
    plans = [:]
    recent = []
    lastTraining = nil
    version += 1
  }

  /// A network as it is computed, to return to; the memory of its parameters is kept with it.
  package struct Form {
    fileprivate let network: Network
    fileprivate let slabs: ParameterSlabs
    fileprivate let groups: UpdateGroups
  }

  /// The form of now.
  package var form: Form { Form(network: network, slabs: slabs, groups: groups) }

  /// Goes back to a form from before an edit, without asking for memory: parameters, statistics and the
  /// optimizer's memory are those of then.
  package func restore(_ form: Form) {
    (network, slabs, groups) = (form.network, form.slabs, form.groups)
    forgetPlans()
  }
}
