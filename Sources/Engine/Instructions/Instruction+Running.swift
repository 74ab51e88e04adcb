import COneDNN
import Kernels

extension Instruction {
  /// The same, done by the library where it calls it, else by the kernels of a set of instructions.
  func bound(to set: InstructionSet) -> Instruction {
    var copy = self
    copy.function = callsLibrary ? callLibrary : set.function
    return copy
  }

  /// Runs it by itself, outside of a plan, and returns its status.
  @discardableResult func run() -> Int32 {
    let executor = Executor([self])
    defer { executor.deallocate() }
    return executor.run(0)
  }

  /// Whether it is a call of the library, which may share it out itself.
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
    pointee.function(self, part.index, part.count)
  }
}

/// Makes the call of the library that the instruction at an address is.
private let callLibrary: KernelFunction = { address, _, _ in
  let instruction = address.assumingMemoryBound(to: Instruction.self)
  if case .libraryConvolution(let call) = instruction.pointee.work {
    return espalier_convolution_execute(call)
  }
  if case .libraryPack(let call) = instruction.pointee.work {
    return espalier_convolution_pack(call)
  }
  if case .libraryUnpack(let call) = instruction.pointee.work {
    return espalier_convolution_unpack(call)
  }
  if case .product(let work) = instruction.pointee.work { return work.callLibrary() }
  return Instruction.isForLibrary
}

extension ProductWork {
  /// The product by the library, which shares it out itself.
  fileprivate func callLibrary() -> Int32 {
    let (lda, ldb) = (form == .transposedFirst ? m : k, form == .transposedSecond ? k : n)
    return espalier_sgemm(
      form == .transposedFirst ? 1 : 0, form == .transposedSecond ? 1 : 0, Int64(m), Int64(n),
      Int64(k), 1, a, Int64(lda), b, Int64(ldb), accumulate ? 1 : 0, c, Int64(n))
  }
}
