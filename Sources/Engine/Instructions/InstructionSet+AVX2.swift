#if ESPALIER_AVX2
  import KernelsAVX2
#elseif ESPALIER_ONLY_AVX2
  import Kernels
#endif

extension InstructionSet {
  /// The function of the kernels for AVX2, where this program has them.
  static var avx2Function:
    (@convention(c) (UnsafeRawPointer, Int, Int, UnsafeRawPointer?) -> Int32)?
  {
    #if ESPALIER_AVX2 || ESPALIER_ONLY_AVX2
      Instruction.kernelFunction
    #else
      nil
    #endif
  }

  /// How those lay out instructions.
  static var avx2Layout: [Int] {
    #if ESPALIER_AVX2 || ESPALIER_ONLY_AVX2
      Instruction.layout
    #else
      []
    #endif
  }
}
