import COneDNN
import Kernels

extension Instruction {
  /// The same, done by the library where it calls it, else by the kernels of a set of instructions.
  func bound(to set: InstructionSet) -> Instruction {
    var copy = self
    copy.function = callsLibrary ? callLibrary : set.function
    return copy
  }

  /// Runs it by itself, outside of a plan, on so many threads at most, and returns its status.
  @discardableResult func run(threads: Int = 1) -> Int32 {
    if parts == 1 {
      var bound = bound(to: .current)
      return withUnsafeMutablePointer(to: &bound) { $0.run(Part(index: 0, count: 1)) }
    }
    let executor = Executor([self], threads: threads)
    defer { executor.deallocate() }
    return executor.run(0)
  }

  /// Whether it is a call of the library.
  var callsLibrary: Bool {
    if case .libraryConvolution = work { return true }
    if case .libraryPack = work { return true }
    if case .libraryUnpack = work { return true }
    if case .product(let work) = work { return work.usesLibrary }
    return false
  }
}

extension UnsafeMutablePointer<Instruction> {
  /// Does one part; the result is a status, 0 where all went well.
  @inline(__always) func run(_ part: Part) -> Int32 {
    pointee.function(self, part.index, part.count, part.stop.address)
  }
}

/// Makes the call of the library for one part of what the instruction at an address is.
private let callLibrary: KernelFunction = { address, index, count, _ in
  let instruction = address.assumingMemoryBound(to: Instruction.self)
  let part = Int32(truncatingIfNeeded: index)
  if case .libraryConvolution(let call) = instruction.pointee.work {
    return espalier_convolution_execute(call, part)
  }
  if case .libraryPack(let call) = instruction.pointee.work {
    return espalier_convolution_pack(call, part)
  }
  if case .libraryUnpack(let call) = instruction.pointee.work {
    return espalier_convolution_unpack(call, part)
  }
  if case .product(let work) = instruction.pointee.work {
    return work.callLibrary(Part(index: index, count: count))
  }
  return Instruction.isForLibrary
}

extension ProductWork {
  /// One part of the product by the library: some of the rows, or of the columns where those are more.
  fileprivate func callLibrary(_ part: Part) -> Int32 {
    let (lda, ldb) = (form == .transposedFirst ? m : k, form == .transposedSecond ? k : n)
    var rows = 0..<m
    var columns = 0..<n
    if m >= n { rows = part.range(of: m, unit: 16) } else { columns = part.range(of: n, unit: 16) }
    if rows.isEmpty || columns.isEmpty { return 0 }
    let first = a + rows.lowerBound &* (form == .transposedFirst ? 1 : k)
    let second = b + columns.lowerBound &* (form == .transposedSecond ? k : 1)
    return espalier_sgemm(
      form == .transposedFirst ? 1 : 0, form == .transposedSecond ? 1 : 0, Int64(rows.count),
      Int64(columns.count), Int64(k), 1, first, Int64(lda), second, Int64(ldb), accumulate ? 1 : 0,
      c + rows.lowerBound &* n + columns.lowerBound, Int64(n))
  }
}
