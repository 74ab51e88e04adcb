import Kernels

/// Small memory that instructions read and write beside the arena: the step's number and the loss.
final class PlanCells {
  let step: UnsafeMutablePointer<UInt64>
  let loss: UnsafeMutablePointer<LossCell>

  /// The share that each example keeps where examples are mixed.
  let share: UnsafeMutablePointer<Float>

  /// A number that has no row in the table of an embedding, after an instruction that failed for it.
  let stray: UnsafeMutablePointer<Float>

  /// A weight for each class, or nothing where all count alike.
  private(set) var classWeights: UnsafeMutablePointer<Float>?

  init() {
    step = .allocate(capacity: 1)
    step.initialize(to: 0)
    loss = .allocate(capacity: 1)
    loss.initialize(to: LossCell())
    share = .allocate(capacity: 1)
    share.initialize(to: 1)
    stray = .allocate(capacity: 1)
    stray.initialize(to: 0)
  }

  /// Takes a weight for each class, 1 for those that have none; without weights all count alike.
  func setWeights(_ weights: [Double], classes: Int) {
    if weights.isEmpty || classWeights != nil { return }
    let memory = UnsafeMutablePointer<Float>.allocate(capacity: max(classes, 1))
    memory.initialize(repeating: 1, count: max(classes, 1))
    for (index, weight) in weights.prefix(classes).enumerated() { memory[index] = Float(weight) }
    classWeights = memory
  }

  deinit {
    step.deallocate()
    loss.deallocate()
    share.deallocate()
    stray.deallocate()
    classWeights?.deallocate()
  }
}
