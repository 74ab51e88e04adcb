import COneDNN
import Kernels
import Synchronization

/// The instructions of the processor that kernels use, from the narrowest set to the widest.
package enum InstructionSet: String, CaseIterable, Sendable {
  /// What every processor of the architecture has: SSE2, or NEON on arm64.
  case baseline

  /// x86-64-v3: vectors of eight floats, products added with one rounding.
  case avx2

  /// x86-64-v4: vectors of sixteen floats.
  case avx512

  /// The sets that this program, the processor and its operating system have, widest first; one at least.
  package static let available: [InstructionSet] = {
    let found = allCases.reversed().filter(\.isAvailable)
    return found.isEmpty ? [.baseline] : found
  }()

  private var isAvailable: Bool {
    switch self {
    case .baseline: !Self.isBuiltForOne
    case .avx2: Self.avx2Function != nil && espalier_has_avx2() != 0
    case .avx512: Self.avx512Function != nil && espalier_has_avx512() != 0
    }
  }

  /// Whether the only kernels in this program are those of one set: so it is where `./dev run` built it for its machine.
  private static var isBuiltForOne: Bool {
    #if ESPALIER_ONLY_AVX2 || ESPALIER_ONLY_AVX512
      true
    #else
      false
    #endif
  }

  /// The set that plans are made for which are made within `$bound.withValue`, as tests do.
  @TaskLocal static var bound: InstructionSet?

  /// The set that was asked for, or the one that the environment names.
  private static let chosen = Mutex<InstructionSet?>(
    environment.flatMap { name in available.first { $0.rawValue == name } })

  /// The set in use: the widest, unless another was asked for.
  package static var current: InstructionSet {
    bound ?? chosen.withLock { $0 } ?? available[0]
  }

  /// What the environment variable `ESPALIER_INSTRUCTIONS` says.
  package static var environment: String? {
    espalier_instructions().map { String(cString: $0) }
  }

  /// Has plans, updates and oneDNN use a set; asked before the first of them.
  package static func use(_ set: InstructionSet) {
    chosen.withLock { $0 = set }
    espalier_set_instructions(set.rawValue)
  }

  /// What runs instructions with this set.
  var function: KernelFunction {
    switch self {
    case .baseline: Instruction.kernelFunction
    case .avx2: Self.avx2Function ?? Instruction.kernelFunction
    case .avx512: Self.avx512Function ?? Instruction.kernelFunction
    }
  }
}
