import COneDNN
import Kernels

/// Runs instructions one after another: one loop, without allocation or reference counting.
struct Executor {
  let instructions: UnsafeMutableBufferPointer<Instruction>

  /// Copies instructions to memory of its own, which `deallocate` gives back, for the set of instructions in use.
  init(_ instructions: [Instruction]) {
    let set = InstructionSet.current
    self.instructions = .allocate(capacity: instructions.count)
    _ = self.instructions.initialize(from: instructions.lazy.map { $0.bound(to: set) })
  }

  func deallocate() {
    instructions.deinitialize()
    instructions.deallocate()
  }

  /// Runs a range of instructions.
  ///
  /// - Returns: The first instruction that failed and its status, or nothing.
  func run(_ range: Range<Int>) -> (index: Int, status: Int32)? {
    for index in range {
      let status = run(index)
      if status != 0 { return (index, status) }
    }
    return nil
  }

  /// Runs one instruction in its parts and returns its status.
  @inline(__always) func run(_ index: Int) -> Int32 {
    guard let base = instructions.baseAddress else { return 0 }
    let instruction = base + index
    let parts = instruction.pointee.parts
    if parts == 1 { return instruction.run(Part(index: 0, count: 1)) }
    espalier_parallel(Int32(truncatingIfNeeded: parts), runPart, instruction)
    return 0
  }
}

/// Runs one part of the instruction at `context`, as a function that C can call.
private func runPart(_ context: UnsafeMutableRawPointer?, _ part: Int32) {
  guard let instruction = context?.assumingMemoryBound(to: Instruction.self) else { return }
  let parts = instruction.pointee.parts
  _ = instruction.run(Part(index: Int(part), count: parts))
}
