import Networks

/// The memory of all parameters of one network: weights, gradients, running statistics, optimizer state.
final class ParameterSlabs {
  let layout: ParameterLayout
  let weights: UnsafeMutablePointer<Float>
  let gradients: UnsafeMutablePointer<Float>

  /// Floats before the gradients, which are sent to other processes with the first of those: how many processes failed.
  let failures: UnsafeMutablePointer<Float>

  /// How many floats these are, of which the first one counts.
  static let failureCount = BufferPlan.padded(1)
  let running: UnsafeMutablePointer<Float>

  /// `moments` slabs one after another, each as long as the weights.
  let state: UnsafeMutablePointer<Float>
  let stateSlabs: Int

  /// Running statistics as they were before the current step.
  private let earlierRunning: UnsafeMutablePointer<Float>

  /// The memory, or nothing on paper.
  private let arena: Arena?

  /// Memory for parameters and so many slabs of optimizer state, all zeros.
  ///
  /// - Throws: `EngineError.memory` where the machine does not have it.
  convenience init(_ layout: ParameterLayout, stateSlabs: Int) throws(EngineError) {
    let count = Self.floats(layout, stateSlabs: stateSlabs) + Self.failureCount
    let arena = try Arena(count: count)
    self.init(layout, stateSlabs: stateSlabs, at: arena.start, in: arena)
  }

  /// Slabs without memory, of which plans can be drafted but not run; nothing where no addresses would do.
  convenience init?(onPaper layout: ParameterLayout) {
    let floats = Self.floats(layout, stateSlabs: 0)
    guard floats < 1 << 44, let start = UnsafeMutablePointer<Float>(bitPattern: 1 << 16) else {
      return nil
    }
    self.init(layout, stateSlabs: 0, at: start, in: nil)
  }

  private init(
    _ layout: ParameterLayout, stateSlabs: Int, at start: UnsafeMutablePointer<Float>,
    in arena: Arena?
  ) {
    self.layout = layout
    self.stateSlabs = stateSlabs
    self.arena = arena
    let count = layout.learnableCount
    weights = start
    failures = weights + count
    gradients = failures + Self.failureCount
    state = gradients + count
    running = state + count * stateSlabs
    earlierRunning = running + layout.runningCount
  }

  /// Floats of all slabs.
  static func floats(_ layout: ParameterLayout, stateSlabs: Int) -> Int {
    layout.learnableCount * (2 + stateSlabs) + layout.runningCount * 2
  }

  /// Remembers the running statistics, for `restoreRunning`.
  func keepRunning() { earlierRunning.update(from: running, count: layout.runningCount) }

  /// Takes back what happened to the running statistics since `keepRunning`.
  func restoreRunning() { running.update(from: earlierRunning, count: layout.runningCount) }

  /// Puts a share of what has happened to the running statistics since `keepRunning` in their place.
  func takeRunningChange(share: Float) {
    for index in 0..<layout.runningCount {
      running[index] = (running[index] - earlierRunning[index]) * share
    }
  }

  /// Has running statistics that are a change be that change from those of `keepRunning`.
  func addRunningChange() {
    for index in 0..<layout.runningCount { running[index] += earlierRunning[index] }
  }

  /// Where a parameter's values are.
  func values(of key: ParameterKey) -> UnsafeMutableBufferPointer<Float>? {
    guard let entry = layout.entry(key) else { return nil }
    let slab = entry.specification.isLearnable ? weights : running
    return UnsafeMutableBufferPointer(
      start: slab + entry.offset, count: entry.specification.count)
  }

  /// Whether training changes a parameter by its gradient.
  func learns(_ key: ParameterKey) -> Bool {
    guard let specification = layout.entry(key)?.specification else { return false }
    return specification.isLearnable && !specification.isFrozen
  }

  /// Where the gradient of a learnable parameter is.
  func gradient(of key: ParameterKey) -> UnsafeMutableBufferPointer<Float>? {
    slice(of: key, in: gradients)
  }

  /// Where one moment of a learnable parameter is.
  func moment(_ index: Int, of key: ParameterKey) -> UnsafeMutableBufferPointer<Float>? {
    guard index < stateSlabs else { return nil }
    return slice(of: key, in: state + index * layout.learnableCount)
  }

  private func slice(of key: ParameterKey, in slab: UnsafeMutablePointer<Float>)
    -> UnsafeMutableBufferPointer<Float>?
  {
    guard let entry = layout.entry(key), entry.specification.isLearnable else { return nil }
    return UnsafeMutableBufferPointer(
      start: slab + entry.offset, count: entry.specification.count)
  }

  /// The addresses of the learnable slabs, without their owner.
  struct Pointers {
    let weights: UnsafeMutablePointer<Float>
    let gradients: UnsafeMutablePointer<Float>
    let state: UnsafeMutablePointer<Float>

    /// Floats of each slab.
    let count: Int
  }

  /// Where the slabs are, for as long as the owner lives.
  var pointers: Pointers {
    Pointers(weights: weights, gradients: gradients, state: state, count: layout.learnableCount)
  }

  /// Bytes of all slabs.
  var bytes: Int { (arena?.count ?? 0) * 4 }

  /// Gives a parameter values, as many as it has.
  func set(_ key: ParameterKey, _ tensor: Tensor) {
    guard let target = values(of: key), target.count == tensor.count else { return }
    _ = target.update(fromContentsOf: tensor.values)
  }

  /// A copy of a parameter's values.
  func tensor(_ key: ParameterKey) -> Tensor? {
    guard let entry = layout.entry(key), let values = values(of: key) else { return nil }
    return Tensor(shape: entry.specification.shape, values: Array(values))
  }

  /// Takes over values and moments of a parameter from other slabs of as many moments.
  func copy(_ key: ParameterKey, from other: ParameterSlabs) {
    if let from = other.values(of: key), let to = values(of: key), from.count == to.count {
      _ = to.update(fromContentsOf: from)
    }
    for index in 0..<stateSlabs {
      if let from = other.moment(index, of: key), let to = moment(index, of: key) {
        _ = to.update(fromContentsOf: from)
      }
    }
  }
}
