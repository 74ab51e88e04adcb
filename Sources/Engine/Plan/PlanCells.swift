import Kernels

/// Small memory that instructions read and write beside the arena: the step's number and the loss.
final class PlanCells {
  let step: UnsafeMutablePointer<UInt64>
  let loss: UnsafeMutablePointer<LossCell>

  init() {
    step = .allocate(capacity: 1)
    step.initialize(to: 0)
    loss = .allocate(capacity: 1)
    loss.initialize(to: LossCell())
  }

  deinit {
    step.deallocate()
    loss.deallocate()
  }
}
