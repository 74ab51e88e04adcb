import COneDNN

/// In which numbers products have their operands; weights, sums, activations and all else are float32 always.
package enum Precision: String, CaseIterable, Hashable, Sendable {
  case float32

  /// bfloat16: the exponents of float32 with 8 bits of mantissa, rounded to the nearest, ties to even
  /// (Kalamkar et al. 2019, A Study of BFLOAT16 for Deep Learning Training).
  ///
  /// Operands of the library's convolutions and dense layers are rounded when they are read, in the backward pass
  /// too; the products are exact and summed in float32. Our own kernels compute in float32.
  case bfloat16 = "bf16"

  /// What computes products of bfloat16 here, or why nothing does.
  package enum Support: Hashable, Sendable {
    /// The processor's tiles of matrices: AMX.
    case amx

    /// Its vectors: AVX512_BF16.
    case vectors

    /// The processor has no AVX512_BF16, so that oneDNN would emulate it, slowly.
    case missing

    /// The processor has it, and the set of instructions that was asked for leaves it out.
    case leftOut(by: String)

    /// The processor has it, and oneDNN does not use it, as DNNL_MAX_CPU_ISA tells it.
    case limited

    /// There is no oneDNN.
    case noLibrary

    /// Whether products of bfloat16 can be computed.
    package var isThere: Bool {
      switch self {
      case .amx, .vectors: true
      case .missing, .leftOut, .limited, .noLibrary: false
      }
    }
  }

  /// What is taken for found within `$assumed.withValue`, as tests do.
  @TaskLocal package static var assumed: Support?

  /// What computes products of bfloat16 here; opens oneDNN.
  package static var support: Support { assumed ?? found }

  private static var found: Support {
    switch espalier_onednn_bfloat16() {
    case ESPALIER_AMX: .amx
    case ESPALIER_AVX512_BF16: .vectors
    default: lack
    }
  }

  private static var lack: Support {
    if espalier_onednn_is_available() == 0 { return .noLibrary }
    if espalier_has_bfloat16() == 0 { return .missing }
    if let name = InstructionSet.environment, name != InstructionSet.avx512.rawValue {
      return .leftOut(by: name)
    }
    return .limited
  }

  /// The precisions in which a product may be computed, the wanted one first.
  var alternatives: [Precision] { self == .float32 ? [.float32] : [.bfloat16, .float32] }
}
