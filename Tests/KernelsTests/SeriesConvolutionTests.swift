import Kernels
import Testing

/// Convolutions of series whose channels come first, against plain loops in double precision.
@Suite struct SeriesConvolutionTests {
  /// A convolution and its operands.
  struct Case: Sendable, CustomTestStringConvertible {
    var inputs = 3
    var outputs = 5
    var width = 32
    var kernel = 3
    var stride = 1
    var dilation = 1
    var before = 1
    var after = 1
    var images = 3

    var outputWidth: Int {
      (width + before + after - dilation * (kernel - 1) - 1) / stride + 1
    }

    var geometry: ConvolutionGeometry {
      ConvolutionGeometry(
        images: images, groups: 1, input: .init(channels: inputs, height: 1, width: width),
        output: .init(channels: outputs, height: 1, width: outputWidth), vertical: .init(),
        horizontal: .init(
          kernel: kernel, stride: stride, dilation: dilation, before: before, after: after))
    }

    var testDescription: String {
      "\(inputs)x\(width) to \(outputs), kernel \(kernel), stride \(stride), dilation \(dilation), "
        + "padding \(before) and \(after)"
    }
  }

  static let cases: [Case] = [
    Case(), Case(inputs: 1, outputs: 1, width: 16, images: 1), Case(inputs: 10, outputs: 10),
    Case(inputs: 10, outputs: 10, width: 64, stride: 2),
    Case(inputs: 10, outputs: 10, width: 64, kernel: 1, stride: 2, before: 0, after: 0),
    Case(inputs: 4, outputs: 2, width: 48, kernel: 1, before: 0, after: 0),
    Case(inputs: 4, outputs: 7, width: 48, kernel: 5, dilation: 2, before: 4, after: 4),
    Case(inputs: 6, outputs: 3, width: 96, kernel: 4, stride: 2, before: 1, after: 2),
    Case(inputs: 1, outputs: 8, width: 144, kernel: 8, before: 3, after: 4),
    Case(inputs: 2, outputs: 13, width: 32, kernel: 17, before: 0, after: 0),
    Case(inputs: 2, outputs: 3, width: 16, kernel: 3, before: 17, after: 1),
    Case(inputs: 13, outputs: 12, width: 32, kernel: 2, before: 1, after: 0),
    Case(inputs: 2, outputs: 3, width: 32, kernel: 3, stride: 2, before: 33, after: 0),
  ]

  /// Operands, and what plain loops make of them.
  private struct Operands {
    let item: Case
    let x: Floats
    let dy: Floats
    let weights: Floats
    let bias: Floats

    init(_ item: Case) {
      self.item = item
      let g = item.geometry
      x = Floats(g.images * g.input.count, seed: 1)
      dy = Floats(g.images * g.output.count, seed: 2)
      weights = Floats(g.weightCount, seed: 3)
      bias = Floats(g.output.channels, seed: 4)
    }

    /// Calls `body` with the places of every product: of source, weight and output.
    func walk(_ body: (_ x: Int, _ weight: Int, _ y: Int) -> Void) {
      for image in 0..<item.images {
        for output in 0..<item.outputs {
          for position in 0..<item.outputWidth {
            let y = (image * item.outputs + output) * item.outputWidth + position
            for input in 0..<item.inputs {
              for tap in 0..<item.kernel {
                let place = position * item.stride - item.before + tap * item.dilation
                if place < 0 || place >= item.width { continue }
                body(
                  (image * item.inputs + input) * item.width + place,
                  (output * item.inputs + input) * item.kernel + tap, y)
              }
            }
          }
        }
      }
    }

    var y: [Double] {
      var result = (0..<dy.count).map { Double(bias[$0 / item.outputWidth % item.outputs]) }
      walk { result[$2] += Double(x[$0]) * Double(weights[$1]) }
      return result
    }

    var dx: [Double] {
      var result = Array(repeating: 0.0, count: x.count)
      walk { result[$0] += Double(dy[$2]) * Double(weights[$1]) }
      return result
    }

    var weightGradient: [Double] {
      var result = Array(repeating: 0.0, count: weights.count)
      walk { result[$1] += Double(dy[$2]) * Double(x[$0]) }
      return result
    }

    var biasGradient: [Double] {
      var result = Array(repeating: 0.0, count: bias.count)
      for place in 0..<dy.count {
        result[place / item.outputWidth % item.outputs] += Double(dy[place])
      }
      return result
    }
  }

  @Test(arguments: cases) func allPasses(_ item: Case) {
    #expect(SeriesConvolution.canDo(item.geometry))
    let operands = Operands(item)
    let convolution = SeriesConvolution(item.geometry)
    let scratch = Floats(convolution.scratchCount)
    let all = 0..<item.images

    let y = Floats(operands.dy.count)
    convolution.forward(
      operands.x.constant, weights: operands.weights.constant, bias: operands.bias.constant,
      into: y.pointer, images: all, scratch: scratch.pointer)
    expectClose(y, operands.y, tolerance: 2e-5, "outputs")

    let expected = operands.dx
    let dx = Floats(operands.x.count)
    convolution.backward(
      operands.dy.constant, weights: operands.weights.constant, into: dx.pointer, images: all,
      accumulate: false, scratch: scratch.pointer)
    expectClose(dx, expected, tolerance: 2e-5, "inputs' gradients")
    convolution.backward(
      operands.dy.constant, weights: operands.weights.constant, into: dx.pointer, images: all,
      accumulate: true, scratch: scratch.pointer)
    expectClose(dx, expected.map { 2 * $0 }, tolerance: 2e-5, "added inputs' gradients")

    let (gradient, bias) = (Floats(operands.weights.count), Floats(item.outputs))
    convolution.weightGradient(
      operands.x.constant, dy: operands.dy.constant, into: gradient.pointer, bias: bias.pointer,
      images: all, scratch: scratch.pointer)
    expectClose(gradient, operands.weightGradient, tolerance: 1e-4, "weights' gradients")
    expectClose(bias, operands.biasGradient, tolerance: 1e-4, "the bias' gradient")
    #expect(scratch.isIntact)
  }

  @Test("examples computed by parts come to the same bits")
  func parts() {
    let item = Case(inputs: 7, outputs: 9, width: 64, kernel: 5, stride: 2, before: 2, after: 2)
    let operands = Operands(item)
    let convolution = SeriesConvolution(item.geometry)
    let scratch = Floats(convolution.scratchCount)
    func outputs(_ ranges: [Range<Int>]) -> [UInt32] {
      let y = Floats(operands.dy.count)
      for images in ranges {
        convolution.forward(
          operands.x.constant, weights: operands.weights.constant, bias: nil, into: y.pointer,
          images: images, scratch: scratch.pointer)
      }
      return y.floats.map(\.bitPattern)
    }
    #expect(outputs([0..<3]) == outputs([1..<3, 0..<0, 0..<1]))
  }

  @Test("a value that is no number reaches the outputs that read it, and no other")
  func notANumber() {
    let item = Case(inputs: 2, outputs: 3)
    let operands = Operands(item)
    let convolution = SeriesConvolution(item.geometry)
    let scratch = Floats(convolution.scratchCount)
    operands.x[item.width + 31] = .nan
    let y = Floats(operands.dy.count)
    convolution.forward(
      operands.x.constant, weights: operands.weights.constant, bias: nil, into: y.pointer,
      images: 0..<3, scratch: scratch.pointer)
    let strays = y.floats.indices.filter { y[$0].isNaN }
    #expect(strays == [30, 31, 62, 63, 94, 95])
  }

  @Test("other convolutions are not for it")
  func refusals() {
    func canDo(_ change: (inout ConvolutionGeometry) -> Void) -> Bool {
      var geometry = Case(inputs: 4, outputs: 4, width: 96).geometry
      change(&geometry)
      return SeriesConvolution.canDo(geometry)
    }
    #expect(canDo { _ in })
    #expect(!canDo { $0.groups = 2 })
    #expect(!canDo { $0.input.width = 95 })
    #expect(!canDo { $0.output.width = 95 })
    #expect(!canDo { $0.horizontal.stride = 3 })
    #expect(!canDo { $0.horizontal.kernel = 65 })
    #expect(!canDo { $0.input.height = 2 })
    // Rows dealt into two must be whole vectors still.
    #expect(
      !canDo {
        $0.horizontal.stride = 2
        ($0.input.width, $0.output.width) = (48, 16)
      })
  }
}
