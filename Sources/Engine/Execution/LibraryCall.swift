import COneDNN
import Kernels

extension Instruction {
  /// Makes the call of the library that this is, if it is one, and returns its status.
  @inline(__always) func callLibrary() -> Int32? {
    if case .libraryConvolution(let call) = work { return espalier_convolution_execute(call) }
    if case .libraryPack(let call) = work { return espalier_convolution_pack(call) }
    if case .libraryUnpack(let call) = work { return espalier_convolution_unpack(call) }
    if case .product(let work) = work, work.usesLibrary { return work.callLibrary() }
    return nil
  }
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

extension UnsafeMutablePointer<Instruction> {
  /// Does one part; the result is a status, 0 where all went well.
  @inline(__always) func run(_ part: Part) -> Int32 {
    pointee.callLibrary() ?? pointee.run(part)
  }
}
