import COneDNN
import Kernels

/// Runs instructions one after another, without allocation or reference counting: by itself, or with other threads,
/// which take parts of them as they are free.
struct Executor {
  let instructions: UnsafeMutableBufferPointer<Instruction>

  /// The parts of each, where several threads run them.
  private let parts: UnsafeMutableBufferPointer<Int32>
  private let threads: Int32

  /// How many threads run them at most.
  var threadCount: Int { Int(threads) }

  /// Copies instructions to memory of its own, which `deallocate` gives back, for the set of instructions in use.
  ///
  /// - Parameter threads: How many may run them; as many as the parts that there are at most, where nothing is said.
  init(_ instructions: [Instruction], threads: Int? = nil) {
    let most = instructions.map(\.parts).max() ?? 1
    self.threads = Int32(truncatingIfNeeded: min(threads ?? most, most))
    self.instructions = .allocate(capacity: instructions.count)
    let set = InstructionSet.current
    _ = self.instructions.initialize(from: instructions.lazy.map { $0.bound(to: set) })
    parts = .allocate(capacity: instructions.count)
    _ = parts.initialize(from: instructions.map { Int32(truncatingIfNeeded: $0.parts) })
  }

  func deallocate() {
    instructions.deinitialize()
    instructions.deallocate()
    parts.deallocate()
  }

  /// Runs a range of instructions.
  ///
  /// - Returns: The first instruction that failed and its status, or nothing.
  func run(_ range: Range<Int>) -> (index: Int, status: Int32)? {
    if threads > 1 { return share(range) }
    for index in range {
      let status = runAlone(index)
      if status != 0 { return (index, status) }
    }
    return nil
  }

  /// Runs one instruction and returns its status.
  @inline(__always) func run(_ index: Int) -> Int32 {
    if threads > 1 { return share(index..<index + 1)?.status ?? 0 }
    return runAlone(index)
  }

  @inline(__always) private func runAlone(_ index: Int) -> Int32 {
    guard let base = instructions.baseAddress else { return 0 }
    let instruction = base + index
    let parts = instruction.pointee.parts
    for part in 0..<parts {
      let status = instruction.run(Part(index: part, count: parts))
      if status != 0 { return status }
    }
    return 0
  }

  private func share(_ range: Range<Int>) -> (index: Int, status: Int32)? {
    var job = espalier_job(
      threads: threads, first: Int32(truncatingIfNeeded: range.lowerBound),
      end: Int32(truncatingIfNeeded: range.upperBound), parts: parts.baseAddress, body: runPart,
      context: UnsafeMutableRawPointer(instructions.baseAddress))
    var failed: Int32 = 0
    let status = espalier_run(&job, &failed)
    return status == 0 ? nil : (Int(failed), status)
  }
}

/// Runs one part of an instruction of those at `context`, as a function that C can call.
private func runPart(_ context: UnsafeMutableRawPointer?, _ index: Int32, _ part: Int32) -> Int32 {
  guard let base = context?.assumingMemoryBound(to: Instruction.self) else { return 0 }
  let instruction = base + Int(index)
  return instruction.run(Part(index: Int(part), count: instruction.pointee.parts))
}
