import Kernels
import Networks

/// A network with its parameters in memory, ready to learn and to answer.
///
/// Owns the slabs of parameters and the plans compiled for them, one for each batch size and purpose. Belongs
/// to one thread.
package final class Model {
  package private(set) var network: Network

  /// May change between two steps; another rule starts with fresh state.
  package internal(set) var optimizer: Optimizer
  package private(set) var loss: Loss

  /// What training has besides the loss.
  package private(set) var terms: LossTerms

  /// How gradients are clipped before an update.
  package var clipping: Clipping?

  /// The moving average of the weights, while one is kept.
  var average: ParameterCopies?

  /// The sum of gradients that wait for an update.
  var gathered: ParameterCopies?
  package let seed: UInt64

  /// The most threads that plans use.
  package let threads: Int

  /// Who computes convolutions where that was measured; nothing where all follow the rule.
  package private(set) var choices: ConvolutionChoices?

  /// In which numbers operands of products are; may change between two steps.
  package var precision: Precision { didSet { if precision != oldValue { forgetPlans() } } }

  /// Steps done so far, which number the masks of dropout.
  package internal(set) var steps: Int
  private(set) var slabs: ParameterSlabs
  private(set) var groups: UpdateGroups
  private var plans: [PlanOptions: Plan] = [:]

  /// The plans by last use, latest last.
  private var recent: [PlanOptions] = []

  /// Counts changes of parameters, so that plans know when to prepare anew.
  private(set) var version = 0
  let allowsLibrary: Bool
  let prefersDirect: Bool

  /// Channels of the statistics that a step sums over all processes, forward and backward, once they were found.
  var knownExchanges: (forward: [Int], backward: [Int])?

  /// The plan of the last training step, which still holds its batch.
  var lastTraining: Plan?

  /// Whether a step was stopped in its midst, so that the memory of gradients holds those of no batch.
  var gradientsAreCut = false

  /// The memory of the step before an edit, for the plan of the step after it.
  private var spare: Arena?

  /// Bytes that the plan of a batch may take which is only answered.
  package var answerBound = Model.usualAnswerBound { didSet { knownAnswerBatch = nil } }

  /// The batch in which examples are answered, once it was found.
  var knownAnswerBatch: Int?

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
    terms: LossTerms = LossTerms(), initializer: Initializer = .he, seed: UInt64 = 0,
    steps: Int = 0, threads: Int = 1, precision: Precision = .float32,
    choices: ConvolutionChoices? = nil,
    usesLibrary: Bool = true, prefersDirect: Bool = true
  ) throws(EngineError) {
    self.network = network
    self.optimizer = optimizer
    self.loss = loss
    self.terms = terms
    self.seed = seed
    self.steps = steps
    self.threads = max(threads, 1)
    self.choices = choices
    self.precision = precision
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
    groups = UpdateGroups(layout, for: optimizer) {
      optimizerState?.updates(of: $0.specification) ?? 0
    }
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

  /// Computes the loss of some examples in training mode and the gradients of all learnable parameters, and
  /// changes nothing else.
  package func differentiate(_ examples: Examples, rows: some RandomAccessCollection<Int>)
    throws(EngineError) -> StepResult
  {
    let plan = try load(examples, rows: rows, mode: .training, leavesStatistics: true)
    gradientsAreCut = true
    try plan.forward(version: version, step: steps)
    try plan.backward()
    gradientsAreCut = false
    return result(of: plan)
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
    try finishGathering()
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
    if let known = average {
      average = try fresh.copiedWeights(keeping: kept, from: known, under: old.layout)
    }
    self.network = network
    slabs = fresh
    groups = UpdateGroups(layout, for: optimizer) {
      givenState?.updates(of: $0.specification) ?? updates[$0.specification.key] ?? 0
    }
    if let givenState { restore(givenState) }
    replacePlans()
    return Adoption(kept: kept, given: taken, new: new)
  }

  /// Goes on with another optimizer; state is kept where it means the same, else `givenState` is taken if it
  /// does.
  package func use(_ optimizer: Optimizer, givenState: OptimizerState? = nil) throws(EngineError) {
    try finishGathering()
    if !optimizer.understandsState(of: self.optimizer) {
      let state = givenState.flatMap { $0.isUnderstood(by: optimizer) ? $0 : nil }
      let parameters = try copiedParameters()
      let fresh = try ParameterSlabs(slabs.layout, stateSlabs: optimizer.kernel.stateSlabs)
      for key in parameters.keys { if let tensor = parameters[key] { fresh.set(key, tensor) } }
      slabs = fresh
      groups = UpdateGroups(slabs.layout, for: optimizer) {
        state?.updates(of: $0.specification) ?? 0
      }
      replacePlans()
      if let state { restore(state) }
    } else if optimizer.needsOtherGroups(than: self.optimizer) {
      groups = UpdateGroups(slabs.layout, for: optimizer) { [groups] in
        groups.updates(at: $0.offset)
      }
    }
    if optimizer.averaging == 0 { average = nil }
    self.optimizer = optimizer
  }

  /// Goes on with another loss.
  package func use(_ loss: Loss, _ terms: LossTerms = LossTerms()) {
    self.loss = loss
    self.terms = terms
    replacePlans()
  }

  /// Goes on with other choices of who computes convolutions.
  package func use(_ choices: ConvolutionChoices?) {
    if choices == self.choices { return }
    self.choices = choices
    forgetPlans()
  }

  /// Notes that parameters have changed.
  func noteUpdate() { version += 1 }

  /// Has weights follow their gradients.
  func updateWeights(threads: Int) { groups.update(slabs, optimizer, threads: threads) }

  /// Replaces the values of some parameters, such as those an `init` command drew anew.
  package func set(_ parameters: ParameterStore) {
    for key in parameters.keys {
      guard let tensor = parameters[key],
        slabs.layout.entry(key)?.specification.shape == tensor.shape
      else { continue }
      slabs.set(key, tensor)
    }
    average = nil
    version += 1
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

  func plan(
    batch: Int, mode: PlanOptions.Mode, leavesStatistics: Bool = false
  ) throws(EngineError) -> Plan {
    try plan(options(batch: batch, mode: mode, leavesStatistics: leavesStatistics))
  }

  func options(batch: Int, mode: PlanOptions.Mode, leavesStatistics: Bool) -> PlanOptions {
    var options = PlanOptions(
      mode: mode, batch: batch, loss: loss, threads: threads, precision: precision,
      leavesStatistics: leavesStatistics, choices: choices, allowsLibrary: allowsLibrary,
      prefersDirect: prefersDirect)
    if mode == .training, !terms.isPlain { options.terms = terms }
    return options
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

  /// Whether a plan for some options is there already.
  func hasPlan(_ options: PlanOptions) -> Bool { plans[options] != nil }

  /// The plan that holds the last training batch.
  var lastTrainingPlan: Plan? { lastTraining }

  /// Compiles a plan; where memory is short, those of other purposes and sizes give way.
  ///
  /// - Throws: `EngineError`; where memory is short, with a batch that would do.
  private func compile(_ options: PlanOptions) throws(EngineError) -> Plan {
    let givesWay = !plans.isEmpty || spare != nil
    do throws(EngineError) {
      return try Plan(
        network, slabs: slabs, options: options, seed: seed,
        inPlaceOf: options.isStep ? takeSpare() : nil)
    } catch {
      guard case .memory = error else { throw error }
      if givesWay {
        forgetPlans()
        return try compile(options)
      }
      throw error.offering(
        PlanSize.fittingBatch(network, slabs, options),
        ofWhole: PlanSize.bytes(network, slabs, options))
    }
  }

  /// Frees the memory of all plans; they are compiled anew when they are needed.
  func forgetPlans() {
    plans = [:]
    recent = []
    lastTraining = nil
    spare = nil
    knownAnswerBatch = nil
    knownExchanges = nil
    version += 1
  }

  /// Frees the memory of all plans but that of the last step, which the next one takes over.
  private func replacePlans() {
    let kept = lastTraining?.arena ?? spare
    forgetPlans()
    spare = kept
  }

  /// The memory of an earlier step, where there is some that nobody reads any more.
  private func takeSpare() -> Arena? {
    defer { spare = nil }
    return isKnownUniquelyReferenced(&spare) ? spare : nil
  }

  /// Frees memory that waits for the next step.
  package func freeSpare() { spare = nil }

  /// A network as it is computed, to return to; the memory of its parameters is kept with it.
  package struct Form {
    fileprivate let network: Network
    fileprivate let slabs: ParameterSlabs
    fileprivate let groups: UpdateGroups
    fileprivate let average: ParameterCopies?
    fileprivate let optimizer: Optimizer
  }

  /// The form of now.
  package var form: Form {
    Form(network: network, slabs: slabs, groups: groups, average: average, optimizer: optimizer)
  }

  /// Goes back to a form from before an edit, without asking for memory: parameters, statistics and the
  /// optimizer's memory are those of then.
  package func restore(_ form: Form) {
    (network, slabs, groups) = (form.network, form.slabs, form.groups)
    (average, optimizer) = (form.average, form.optimizer)
    forgetPlans()
  }
}
