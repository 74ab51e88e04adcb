import COneDNN
import Kernels
import Networks
import Testing

@testable import Engine

/// Convolutions over rows of many positions, and what is known of the library's before it makes code.
@Suite struct LongRowTests {
  private static var hasLibrary: Bool { espalier_onednn_is_available() != 0 }

  /// The kernels of a step of a network of one convolution over so many positions.
  private func kernels(positions: Int, kernel: Int = 9) throws -> [String] {
    let net = try network([16, positions], [conv(16, Extents(kernel)), gap, dense(2)])
    guard let slabs = ParameterSlabs(onPaper: ParameterLayout(net.parameters)) else { return [] }
    let options = PlanOptions(mode: .training, batch: 2, loss: .crossEntropy, threads: 1)
    let draft = try PlanDraft(net, slabs: slabs, options: options, seed: 0, onPaper: true)
    return draft.builder.steps.map(\.kernel).filter { $0.hasPrefix("conv") }
  }

  @Test("from some positions on the library would prepare too long", .enabled(if: hasLibrary))
  func choice() throws {
    let long = ConvolutionChoice.longRow
    let usual = try kernels(positions: long / 16)
    #expect(!usual.isEmpty && !usual.contains { $0.hasPrefix("convolution direct") })
    let own = try kernels(positions: long)
    #expect(!own.isEmpty && own.allSatisfy { $0.hasPrefix("convolution direct") })
    let products = try kernels(positions: long, kernel: 1)
    #expect(!products.contains { $0.hasPrefix("convolution direct") })
  }

  @Test("a description tells what the call would take", .enabled(if: hasLibrary))
  func description() throws {
    let plane = ConvolutionGeometry.Plane(channels: 32, height: 12, width: 20)
    let axis = ConvolutionGeometry.Axis(kernel: 3, stride: 1, dilation: 1, before: 1, after: 1)
    let geometry = ConvolutionGeometry(
      images: 3, groups: 1, input: plane, output: plane, vertical: axis, horizontal: axis)
    for pass in [
      LibraryConvolution.Pass.forwardTraining, .forwardInference, .backwardData, .backwardWeights,
    ] {
      var form = LibraryConvolution.Form(cut: .whole, threads: 1)
      let call = try #require(LibraryConvolution(geometry, pass, hasBias: true, form: form))
      form.isDescription = true
      let paper = try #require(LibraryConvolution(geometry, pass, hasBias: true, form: form))
      #expect(paper.implementation == call.implementation)
      #expect(paper.scratchCount == call.scratchCount)
      #expect(paper.weightCount == call.weightCount && paper.isPlain == call.isPlain)
      #expect(espalier_convolution_execute(paper.call, 0) != 0)
    }
  }
}
