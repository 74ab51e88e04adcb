import COneDNN
import Kernels
import Networks

/// How long a convolution takes here in bfloat16, beside one in float32: measured, not looked up.
package struct PrecisionSpeed: Hashable, Sendable {
  /// Seconds in bfloat16 by seconds in float32.
  package let duration: Double

  /// So many times the duration in float32.
  package init(duration: Double) { self.duration = duration }

  /// Measures both, which takes some milliseconds; nothing where the library has no such convolution.
  ///
  /// - Throws: `EngineError.memory` where there is none for it; `EngineError.interrupted`.
  package static func measured() throws(EngineError) -> PrecisionSpeed? {
    guard Precision.support.isThere, let exact = try seconds(in: .float32),
      let rounded = try seconds(in: .bfloat16)
    else { return nil }
    return PrecisionSpeed(duration: rounded / max(exact, 1e-9))
  }

  /// A convolution as they are in the middle of residual networks.
  private static let geometry = ConvolutionGeometry(
    images: 1, groups: 1, input: .init(channels: 64, height: 28, width: 28),
    output: .init(channels: 64, height: 28, width: 28),
    vertical: .init(kernel: 3, before: 1, after: 1),
    horizontal: .init(kernel: 3, before: 1, after: 1))

  private static let trials = 12

  /// The least seconds of one convolution on one thread.
  private static func seconds(in precision: Precision) throws(EngineError) -> Double? {
    let form = LibraryConvolution.Form(cut: .whole, threads: 1, precision: precision)
    guard let library = LibraryConvolution(geometry, .forwardTraining, hasBias: false, form: form)
    else { return nil }
    let source = BufferPlan.padded(geometry.input.count)
    let destination = BufferPlan.padded(geometry.output.count)
    let plain = BufferPlan.padded(geometry.weightCount)
    let packed = BufferPlan.padded(library.weightCount)
    let arena = try Arena(
      count: source + destination + plain + packed + BufferPlan.padded(library.scratchCount))
    arena.start.update(repeating: 0.5, count: arena.count)
    let weights = arena.start + source + destination
    var operands = espalier_operands(
      source: arena.start, weights: weights + plain, bias: nil,
      destination: arena.start + source, plain: weights, scratch: weights + plain + packed,
      scratch_stride: 0)
    guard espalier_convolution_bind(library.call, &operands) == 0 else { return nil }
    if !library.isPlain, espalier_convolution_pack(library.call, 0) != 0 { return nil }
    var best = Double.infinity
    for _ in 0..<trials {
      try EngineError.checkInterruption()
      let start = ContinuousClock.now
      if espalier_convolution_execute(library.call, 0) != 0 { return nil }
      best = min(best, start.duration(to: .now) / .seconds(1))
    }
    return withExtendedLifetime(arena) { best }
  }
}
