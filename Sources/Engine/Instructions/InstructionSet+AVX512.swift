#if ESPALIER_AVX512
  import KernelsAVX512
#elseif ESPALIER_ONLY_AVX512
  import Kernels
#endif

extension InstructionSet {
  /// The function of the kernels for AVX-512, where this program has them.
  static var avx512Function:
    (@convention(c) (UnsafeRawPointer, Int, Int, UnsafeRawPointer?) -> Int32)?
  {
    #if ESPALIER_AVX512 || ESPALIER_ONLY_AVX512
      Instruction.kernelFunction
    #else
      nil
    #endif
  }

  /// How those lay out instructions.
  static var avx512Layout: [Int] {
    #if ESPALIER_AVX512 || ESPALIER_ONLY_AVX512
      Instruction.layout
    #else
      []
    #endif
  }
}
