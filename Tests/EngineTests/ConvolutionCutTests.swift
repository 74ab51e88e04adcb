import COneDNN
import Kernels
import Networks
import Testing

@testable import Engine

/// Convolutions of the library in pieces, which several threads share.
@Suite struct ConvolutionCutTests {
  /// A convolution over `size` by `size` positions, which it keeps unless it has a stride.
  private static func geometry(
    _ images: Int, _ inputs: Int, _ outputs: Int, size: Int, kernel: Int, stride: Int = 1,
    groups: Int = 1
  ) -> ConvolutionGeometry {
    let axis = ConvolutionGeometry.Axis(
      kernel: kernel, stride: stride, dilation: 1, before: (kernel - 1) / 2, after: kernel / 2)
    let side = (size + axis.before + axis.after - kernel) / stride + 1
    return ConvolutionGeometry(
      images: images, groups: groups,
      input: .init(channels: inputs, height: size, width: size),
      output: .init(channels: outputs, height: side, width: side), vertical: axis,
      horizontal: axis)
  }

  private static let geometries = [
    geometry(5, 3, 20, size: 9, kernel: 3), geometry(6, 32, 48, size: 8, kernel: 3),
    geometry(7, 64, 64, size: 12, kernel: 3, stride: 2, groups: 4),
    geometry(4, 64, 64, size: 10, kernel: 3, groups: 64),
    geometry(3, 96, 160, size: 4, kernel: 1), geometry(1, 80, 112, size: 6, kernel: 5),
  ]

  private static let passes: [LibraryConvolution.Pass] = [
    .forwardTraining, .backwardData, .backwardWeights,
  ]

  /// What a pass writes, in pieces: values or gradients, then the bias' gradient; of operands that the library rounds
  /// to bfloat16, or that are rounded already.
  private func result(
    _ geometry: ConvolutionGeometry, _ pass: LibraryConvolution.Pass, _ cut: ConvolutionCut,
    threads: Int, _ precision: Precision = .float32, isRounded: Bool = false
  ) -> [Float]? {
    guard
      let library = LibraryConvolution(
        geometry, pass, hasBias: pass != .backwardData,
        form: LibraryConvolution.Form(cut: cut, threads: threads, precision: precision))
    else { return nil }
    var dice = Dice(7)
    func drawn(_ count: Int) -> [Float] {
      (0..<count).map { _ in isRounded ? dice.signed().roundedToBfloat16 : dice.signed() }
    }
    var source = drawn(geometry.images * geometry.input.count)
    var target = drawn(geometry.images * geometry.output.count)
    var weights = drawn(geometry.weightCount)
    var bias = (0..<geometry.output.channels).map { _ in dice.signed() }
    let stride = (library.scratchCount + 15) / 16 * 16
    guard let arena = try? Arena(count: library.weightCount + threads * stride + 16) else {
      return nil
    }
    let packed = (library.weightCount + 15) / 16 * 16
    source.withUnsafeMutableBufferPointer { source in
      target.withUnsafeMutableBufferPointer { target in
        weights.withUnsafeMutableBufferPointer { weights in
          bias.withUnsafeMutableBufferPointer { bias in
            var operands = espalier_operands(
              source: source.baseAddress, weights: library.isPlain ? nil : arena.start,
              bias: bias.baseAddress, destination: target.baseAddress,
              plain: weights.baseAddress, scratch: arena.start + packed, scratch_stride: 4 * stride)
            #expect(espalier_convolution_bind(library.call, &operands) == 0)
            let (parts, slices) = (cut.images * cut.channels, cut.channels)
            var instructions: [Instruction] = []
            if pass != .backwardWeights, !library.isPlain {
              instructions.append(Instruction(.libraryPack(library.call), parts: slices))
            }
            instructions.append(Instruction(.libraryConvolution(library.call), parts: parts))
            if library.merges {
              instructions.append(Instruction(.libraryUnpack(library.call), parts: slices))
            }
            let executor = Executor(instructions, threads: ThreadStacks.usable(threads))
            #expect(executor.run(instructions.indices) == nil)
            executor.deallocate()
          }
        }
      }
    }
    switch pass {
    case .forwardTraining, .forwardInference: return target
    case .backwardData: return source
    case .backwardWeights: return weights + bias
    }
  }

  @Test(
    "pieces come to what the whole comes to, whoever computes them", .enabled(if: hasLibrary),
    arguments: geometries)
  func pieces(_ geometry: ConvolutionGeometry) throws {
    for pass in Self.passes {
      // Not every convolution is one of the library's.
      guard let whole = result(geometry, pass, .whole, threads: 1) else { continue }
      let scale = whole.reduce(Float(1e-3)) { max($0, abs($1)) }
      for (images, channels) in [(2, 1), (4, 1), (1, 2), (1, 3), (3, 2)] {
        let cut = ConvolutionCut(images: images, channels: channels)
        if images > geometry.images { continue }
        let cuts = pass == .backwardData ? geometry.input.channels : geometry.output.channels
        let canBeCut = geometry.groups == 1 && cuts % 16 == 0 && cuts / 16 >= channels
        if channels > 1, !canBeCut { continue }
        let parts = try #require(result(geometry, pass, cut, threads: 1))
        #expect(parts.count == whole.count)
        for (part, value) in zip(parts, whole) { #expect(abs(part - value) < 2e-5 * scale) }
        for threads in [2, 3] {
          #expect(result(geometry, pass, cut, threads: threads) == parts, "\(pass) \(cut)")
        }
      }
    }
  }

  @Test(
    "in bfloat16 a pass is that of rounded operands, to the rounding of sums, however it is cut",
    .enabled(if: Precision.support.isThere), arguments: geometries)
  func rounded(_ geometry: ConvolutionGeometry) throws {
    for pass in Self.passes {
      guard let plain = result(geometry, pass, .whole, threads: 1, isRounded: true),
        let whole = result(geometry, pass, .whole, threads: 1, .bfloat16)
      else { continue }
      let exact = try #require(result(geometry, pass, .whole, threads: 1))
      let scale = plain.reduce(Float(1e-3)) { max($0, abs($1)) }
      func distance(_ values: [Float]) -> Float {
        zip(values, plain).reduce(0) { max($0, abs($1.0 - $1.1)) } / scale
      }
      #expect(distance(whole) < 4e-6, "\(pass) \(geometry)")
      #expect(distance(exact) > 1e-4)
      for (images, channels) in [(2, 1), (1, 2), (3, 2)] {
        let cut = ConvolutionCut(images: images, channels: channels)
        let cuts = pass == .backwardData ? geometry.input.channels : geometry.output.channels
        let canBeCut = geometry.groups == 1 && cuts % 16 == 0 && cuts / 16 >= channels
        if images > geometry.images || channels > 1 && !canBeCut { continue }
        let parts = try #require(result(geometry, pass, cut, threads: 1, .bfloat16))
        for (part, value) in zip(parts, whole) { #expect(abs(part - value) < 2e-5 * scale) }
        #expect(result(geometry, pass, cut, threads: 2, .bfloat16) == parts, "\(pass) \(cut)")
      }
    }
  }

  @Test("channels that do not come in sixteens, and groups, are not cut", .enabled(if: hasLibrary))
  func refusals() {
    let cut = ConvolutionCut(images: 1, channels: 2)
    #expect(
      result(Self.geometry(2, 16, 40, size: 6, kernel: 3), .backwardWeights, cut, threads: 1) == nil
    )
    #expect(
      result(
        Self.geometry(2, 64, 64, size: 6, kernel: 3, groups: 2), .forwardTraining, cut, threads: 1)
        == nil)
  }

  @Test("images are cut; channels where weights are many, images few, or weights' gradients sought")
  func choice() {
    func cuts(_ geometry: ConvolutionGeometry, threads: Int = 2) -> [[Int]] {
      Self.passes.map { pass in
        let cut = ConvolutionCut(geometry, pass, threads: threads)
        return [cut.images, cut.channels]
      }
    }
    let few = Self.geometry(64, 16, 16, size: 32, kernel: 3)
    #expect(cuts(few) == [[8, 1], [8, 1], [4, 1]])
    #expect(cuts(few, threads: 1) == [[1, 1], [1, 1], [1, 1]])
    #expect(cuts(few, threads: 4) == [[16, 1], [16, 1], [8, 1]])
    let many = Self.geometry(8, 512, 512, size: 7, kernel: 3)
    #expect(cuts(many) == [[1, 8], [1, 8], [1, 8]])
    let middle = Self.geometry(8, 128, 128, size: 28, kernel: 3)
    #expect(cuts(middle) == [[8, 1], [8, 1], [1, 4]])
    let one = Self.geometry(1, 64, 128, size: 56, kernel: 3)
    #expect(cuts(one) == [[1, 4], [1, 2], [1, 4]])
    let tiny = Self.geometry(4, 8, 8, size: 8, kernel: 3)
    #expect(cuts(tiny) == [[1, 1], [1, 1], [1, 1]])
    let grouped = Self.geometry(8, 128, 128, size: 28, kernel: 3, groups: 4)
    #expect(cuts(grouped) == [[8, 1], [8, 1], [4, 1]])
  }

  private static var hasLibrary: Bool { espalier_onednn_is_available() != 0 }
}
