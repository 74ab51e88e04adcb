import COneDNN
import Networks
import Testing

@testable import Engine

/// Convolutions of single positions, which are products of matrices where those are faster.
@Suite struct PointwiseTests {
  /// Enough channels and few enough positions that all passes are products; that of the block's
  /// input is added to the shortcut's.
  private func net() throws -> Network {
    try network(
      [256, 6],
      [
        conv(256, Extents(1)), residual([conv(256, Extents(1))]), relu, conv(320, Extents(1)), gap,
        dense(3),
      ])
  }

  @Test("loss and gradients are those of our own convolutions")
  func agreesWithDirect() throws {
    let net = try net()
    let batch = examples(net, count: 8)
    let models = try [true, false].map { usesLibrary in
      try Model(network: net, parameters: randomParameters(net), usesLibrary: usesLibrary)
    }
    let losses = try models.map { try $0.differentiate(batch, rows: 0..<8).loss }
    #expect(abs(losses[0] - losses[1]) < 1e-5 * max(1, abs(losses[1])))
    for specification in net.parameters {
      let values = models.map { $0.gradients[specification.key]?.values ?? [] }
      #expect(values[0].count == specification.count && values[1].count == specification.count)
      let scale = values[1].reduce(Float(1e-3)) { max($0, abs($1)) }
      for (left, right) in zip(values[0], values[1]) {
        #expect(abs(left - right) < 1e-4 * scale, "\(specification.path)")
      }
    }
  }

  @Test("training takes products, answers the library's convolution", .enabled(if: hasLibrary))
  func choice() throws {
    let net = try net()
    let slabs = try ParameterSlabs(ParameterLayout(net.parameters), stateSlabs: 0)
    let kernels = try [PlanOptions.Mode.training, .inference].map { mode in
      let options = PlanOptions(mode: mode, batch: 8, loss: .crossEntropy, threads: 1)
      return try PlanDraft(net, slabs: slabs, options: options, seed: 0).builder.steps.map(\.kernel)
    }
    #expect(kernels[0].filter { $0.hasPrefix("conv 1 ") }.count == 11)
    #expect(kernels[0].filter { $0.hasPrefix("convolution") }.isEmpty)
    #expect(kernels[1].filter { $0.hasPrefix("conv 1 ") }.isEmpty)
  }

  private static var hasLibrary: Bool { espalier_onednn_is_available() != 0 }
}
