import COneDNN
import Kernels
import Networks

/// What this machine can do at best with some threads: measured, not looked up.
package struct MachinePeak: Hashable, Sendable {
  package let threads: Int

  /// Operations a second in a product of large matrices, a multiplication and an addition counted as two.
  package private(set) var operations: Double

  /// Bytes a second that the sum of two arrays into a third reads and writes.
  package let bandwidth: Double

  /// Bytes of the three arrays.
  package let footprint: Int
}

extension MachinePeak {
  /// The same with as many operations a second as a step was seen to do, where that is more: what is measured beside
  /// other programs may be too little.
  package func atLeast(operations seen: Double) -> MachinePeak {
    var peak = self
    peak.operations = max(operations, seen)
    return peak
  }

  /// The size of arrays by which the bandwidth is measured for a plan of so many bytes: a power of two, so that
  /// plans that live in a cache are held against the cache.
  package static func footprint(for bytes: Int) -> Int {
    var size = leastFootprint
    while size < min(bytes, mostFootprint) { size *= 2 }
    return size
  }

  private static let (leastFootprint, mostFootprint) = (1 << 16, 1 << 27)

  /// Measures both, which takes some tens of milliseconds; smaller arrays are taken where memory is short.
  ///
  /// - Parameter operations: Those a second, where they were measured with as many threads before.
  /// - Throws: `EngineError.memory` where there is none for small ones, either; `EngineError.interrupted`.
  package init(threads: Int, footprint: Int, operations: Double? = nil) throws(EngineError) {
    self.threads = threads
    let usable = ThreadStacks.usable(threads)
    let usesLibrary = espalier_onednn_is_available() != 0
    self.operations =
      if let operations { operations } else {
        try Self.bestProduct(parts: usable, usesLibrary: usesLibrary)
      }
    (bandwidth, self.footprint) = try Self.bestSum(bytes: footprint, parts: usable)
  }

  /// Rows and columns of the matrices.
  private static let width = 768

  private static func bestProduct(parts: Int, usesLibrary: Bool) throws(EngineError) -> Double {
    let count = width * width
    let arena = try Arena(count: 3 * count + parts * Matrix.scratchCount)
    arena.start.update(repeating: 0.5, count: 2 * count)
    let work = ProductWork(
      form: .plain, a: arena.start, b: arena.start + count, c: arena.start + 2 * count, m: width,
      n: width, k: width, accumulate: false, usesLibrary: usesLibrary,
      scratch: Scratch(start: arena.start + 3 * count, stride: Matrix.scratchCount))
    let instruction = Instruction(.product(work), parts: parts)
    let seconds = try best(of: instruction, repeats: 1)
    return withExtendedLifetime(arena) { 2 * Double(count) * Double(width) / seconds }
  }

  /// Bytes a second of a sum, and the bytes of its arrays.
  private static func bestSum(bytes: Int, parts: Int) throws(EngineError) -> (Double, Int) {
    let count = bytes / 12
    let arena: Arena
    do throws(EngineError) { arena = try Arena(count: 3 * count) } catch {
      guard case .memory = error, bytes > leastFootprint else { throw error }
      return try bestSum(bytes: bytes / 2, parts: parts)
    }
    arena.start.update(repeating: 0.5, count: 2 * count)
    let work = SumWork(
      a: arena.start, b: arena.start + count, factor: 0.5, relu: false,
      y: arena.start + 2 * count, count: count)
    let repeats = max(1, (1 << 24) / bytes)
    let seconds = try best(of: Instruction(.sum(work), parts: parts), repeats: repeats)
    return withExtendedLifetime(arena) { (12 * Double(count) / seconds, bytes) }
  }

  /// The least seconds of one run, of several after a first.
  private static func best(of instruction: Instruction, repeats: Int) throws(EngineError)
    -> Double
  {
    let executor = Executor([instruction])
    defer { executor.deallocate() }
    _ = executor.run(0)
    var best = Double.infinity
    for _ in 0..<trials {
      try EngineError.checkInterruption()
      let start = ContinuousClock.now
      for _ in 0..<repeats { _ = executor.run(0) }
      best = min(best, start.duration(to: .now) / .seconds(1) / Double(repeats))
    }
    return max(best, 1e-9)
  }

  private static let trials = 6
}
