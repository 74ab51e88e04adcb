import COneDNN
import Kernels

extension Instruction {
  /// Makes the call of the library for one part of what this is, if it is one, and returns its status.
  @inline(__always) func callLibrary(_ part: Part) -> Int32? {
    let index = Int32(truncatingIfNeeded: part.index)
    if case .libraryConvolution(let call) = work {
      return espalier_convolution_execute(call, index)
    }
    if case .libraryPack(let call) = work { return espalier_convolution_pack(call, index) }
    if case .libraryUnpack(let call) = work { return espalier_convolution_unpack(call, index) }
    if case .product(let work) = work, work.usesLibrary { return work.callLibrary(part) }
    return nil
  }
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

extension UnsafeMutablePointer<Instruction> {
  /// Does one part; the result is a status, 0 where all went well.
  @inline(__always) func run(_ part: Part) -> Int32 {
    pointee.callLibrary(part) ?? pointee.run(part)
  }
}
