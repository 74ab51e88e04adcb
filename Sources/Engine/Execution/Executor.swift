import COneDNN
import Kernels
import Networks

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
  /// - Parameter stop: Asked before each part of each instruction, and by kernels that may last in their midst.
  /// - Returns: The first instruction that failed and its status, which is `Instruction.isStopped` for one that was
  ///   stopped, or nothing.
  func run(_ range: Range<Int>, until stop: StopSignal? = nil) -> (index: Int, status: Int32)? {
    guard let base = instructions.baseAddress else { return nil }
    let pass = Pass(instructions: base, stop: stop?.cell)
    return withExtendedLifetime(stop) {
      if threads > 1 { return share(range, pass) }
      for index in range {
        let parts = base[index].parts
        for part in 0..<parts {
          let status = pass.run(index, part, of: parts)
          if status != 0 { return (index, status) }
        }
      }
      return nil
    }
  }

  /// Runs one instruction and returns its status.
  @inline(__always) func run(_ index: Int, until stop: StopSignal? = nil) -> Int32 {
    run(index..<index + 1, until: stop)?.status ?? 0
  }

  private func share(_ range: Range<Int>, _ pass: Pass) -> (index: Int, status: Int32)? {
    var pass = pass
    var failed: Int32 = 0
    let status = withUnsafeMutablePointer(to: &pass) { pass in
      var job = espalier_job(
        threads: threads, first: Int32(truncatingIfNeeded: range.lowerBound),
        end: Int32(truncatingIfNeeded: range.upperBound), parts: parts.baseAddress, body: runPart,
        context: UnsafeMutableRawPointer(pass))
      return espalier_run(&job, &failed)
    }
    return status == 0 ? nil : (Int(failed), status)
  }

  /// Instructions that are being run, and where it is asked whether to go on.
  fileprivate struct Pass {
    let instructions: UnsafeMutablePointer<Instruction>
    let stop: StopSignal.Cell?

    /// Runs one part of an instruction, unless all shall stop.
    @inline(__always) func run(_ index: Int, _ part: Int, of parts: Int) -> Int32 {
      if let stop, StopSignal.ask(stop) { return Instruction.isStopped }
      return (instructions + index).run(
        Part(index: part, count: parts, stop: StopCell(UnsafeRawPointer(stop))))
    }
  }
}

/// Runs one part of an instruction of the pass at `context`, as a function that C can call.
private func runPart(_ context: UnsafeMutableRawPointer?, _ index: Int32, _ part: Int32) -> Int32 {
  guard let pass = context?.assumingMemoryBound(to: Executor.Pass.self).pointee else { return 0 }
  let index = Int(index)
  return pass.run(index, Int(part), of: pass.instructions[index].parts)
}
