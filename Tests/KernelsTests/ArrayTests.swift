import Kernels
import Testing

/// Elementwise arithmetic, per-channel sums, moves and the parameterless shortcut.
@Suite struct ArrayTests {
  @Test(arguments: [0, 1, 7, 16, 31, 32, 33, 100])
  func elementwise(count: Int) {
    let a = Floats(count, seed: 31)
    let b = Floats(count, seed: 32)
    let old = Floats(count, seed: 33)
    let pairs = zip(a.doubles, b.doubles)
    let y = Floats(count)
    Elementwise.add(a.constant, b.constant, into: y.pointer, count: count)
    expectClose(y, pairs.map { $0 + $1 }, "add")
    Elementwise.addRelu(a.constant, b.constant, into: y.pointer, count: count)
    expectClose(y, pairs.map { max($0 + $1, 0) }, "add relu")
    Elementwise.addScaled(a.constant, b.constant, factor: -0.5, into: y.pointer, count: count)
    expectClose(y, pairs.map { $0 - 0.5 * $1 }, "add scaled")
    Elementwise.multiply(a.constant, b.constant, into: y.pointer, count: count)
    expectClose(y, pairs.map { $0 * $1 }, "multiply")
    Elementwise.scale(a.constant, by: 3, into: y.pointer, count: count)
    expectClose(y, a.doubles.map { 3 * $0 }, "scale")
    Elementwise.copy(a.constant, into: y.pointer, count: count)
    expectClose(y, a.doubles, tolerance: 0, "copy")
    Elementwise.fill(y.pointer, count: count, with: 1.5)
    expectClose(y, a.doubles.map { _ in 1.5 }, tolerance: 0, "fill")
    var sum = old.copy()
    Elementwise.accumulate(a.constant, into: sum.pointer, count: count)
    expectClose(sum, zip(old.doubles, a.doubles).map { $0 + $1 }, "accumulate")
    sum = old.copy()
    Elementwise.accumulate(a.constant, factor: 2, into: sum.pointer, count: count)
    expectClose(sum, zip(old.doubles, a.doubles).map { $0 + 2 * $1 }, "accumulate scaled")
    sum = old.copy()
    Elementwise.accumulateProduct(a.constant, b.constant, into: sum.pointer, count: count)
    expectClose(sum, zip(old.doubles, pairs).map { $0 + $1.0 * $1.1 }, "accumulate product")
    let dot = Elementwise.dot(a.constant, b.constant, count: count)
    #expect(abs(dot - pairs.reduce(0) { $0 + $1.0 * $1.1 }) < 1e-12)
  }

  @Test(arguments: [1, 2, 4, 5, 10, 16, 17, 40], [1, 3, 7, 8, 15, 16, 31, 64])
  func transposition(rows: Int, columns: Int) {
    let x = Floats(rows * columns, seed: 35)
    let old = Floats(rows * columns, seed: 36)
    for accumulate in [false, true] {
      let y = old.copy()
      Transposition.transpose(
        x.constant, rows: rows, columns: columns, into: y.pointer, accumulate: accumulate)
      let expected = (0..<rows * columns).map { place in
        let value = x[place % rows * columns + place / rows]
        return Double(accumulate ? old[place] + value : value)
      }
      expectClose(y, expected, tolerance: 0, "\(rows) rows of \(columns)")
    }
  }

  @Test func firstNonFinite() {
    for count in [1, 16, 40] {
      for index in 0..<count {
        for bad in [Float.nan, .infinity, -.infinity] {
          let x = Floats(count, seed: 34)
          #expect(Elementwise.firstNonFinite(x.constant, count: count) == nil)
          x[count - 1] = .nan
          x[index] = bad
          #expect(Elementwise.firstNonFinite(x.constant, count: count) == index)
        }
      }
    }
  }

  @Test func firstNonFiniteOfMany() {
    let x = Floats(5000, seed: 34)
    #expect(Elementwise.firstNonFinite(x.constant, count: 5000) == nil)
    x[4999] = -.infinity
    #expect(Elementwise.firstNonFinite(x.constant, count: 5000) == 4999)
    x[1024] = .nan
    #expect(Elementwise.firstNonFinite(x.constant, count: 5000) == 1024)
    #expect(Elementwise.firstNonFinite(x.constant, count: 1024) == nil)
  }

  @Test(arguments: shapes)
  func biasAndItsGradient(rows: Int, channels: Int) {
    let x = Floats(rows * channels, seed: 35)
    let bias = Floats(channels, seed: 36)
    let scratch = Floats(Channels.scratchCount(channels: channels))
    let y = Floats(rows * channels)
    for relu in [false, true] {
      Channels.addBias(
        x.constant, bias: bias.constant, rows: rows, channels: channels, relu: relu,
        into: y.pointer, scratch: scratch.pointer)
      let sums = (0..<rows * channels).map { Double(x[$0]) + Double(bias[$0 % channels]) }
      expectClose(y, relu ? sums.map { max($0, 0) } : sums, "bias")
    }
    var sums = [Double](repeating: 0, count: channels)
    for index in 0..<rows * channels { sums[index % channels] += Double(x[index]) }
    let gradient = Floats(channels)
    Channels.sums(
      x.constant, rows: rows, channels: channels, into: gradient.pointer, scratch: scratch.pointer)
    expectClose(gradient, sums, tolerance: 3e-5, "sums")
    Channels.sums(
      x.constant, rows: rows, channels: channels, accumulate: true, into: gradient.pointer,
      scratch: scratch.pointer)
    expectClose(gradient, sums.map { 2 * $0 }, tolerance: 3e-5, "added sums")
    #expect(scratch.isIntact)
  }

  @Test func concatenationAndItsSplit() {
    let a = Floats([1, 2, 3, 4, 5, 6])
    let b = Floats([10, 20])
    let y = Floats(8)
    Channels.copy(
      a.constant, xStride: 3, into: y.pointer, yStride: 4, rows: 2, channels: 3)
    Channels.copy(
      b.constant, xStride: 1, into: y.pointer + 3, yStride: 4, rows: 2, channels: 1)
    #expect(y.floats == [1, 2, 3, 10, 4, 5, 6, 20])
    let back = Floats([100, 200, 300, 400, 500, 600])
    Channels.copy(
      y.constant, xStride: 4, into: back.pointer, yStride: 3, rows: 2, channels: 3,
      accumulate: true)
    #expect(back.floats == [101, 202, 303, 404, 505, 606])
    #expect(y.isIntact && back.isIntact)
  }

  @Test(arguments: [(5, 7, 3, 2, 3), (1, 9, 10, 1, 2), (4, 4, 16, 2, 2), (3, 3, 1, 3, 1)])
  func subsample(height: Int, width: Int, channels: Int, down: Int, across: Int) {
    for leading in [0, 2] {
      let outputChannels = channels + leading + 3
      let form = SubsampleKernel(
        images: 2, height: height, width: width, channels: channels, strideHeight: down,
        strideWidth: across, outputChannels: outputChannels, leadingZeros: leading)
      let (h, w) = (form.outputHeight, form.outputWidth)
      #expect(h == (height - 1) / down + 1 && w == (width - 1) / across + 1)
      let x = Floats(2 * height * width * channels, seed: 37)
      let dy = Floats(2 * h * w * outputChannels, seed: 38)
      var y = [Double](repeating: 0, count: dy.count)
      var dx = [Double](repeating: 0, count: x.count)
      for image in 0..<2 {
        for row in 0..<h {
          for column in 0..<w {
            for channel in 0..<channels {
              let from =
                ((image * height + row * down) * width + column * across) * channels + channel
              let to =
                ((image * h + row) * w + column) * outputChannels + leading + channel
              y[to] = Double(x[from])
              dx[from] = Double(dy[to])
            }
          }
        }
      }
      let output = Floats(dy.count)
      form.forward(x.constant, into: output.pointer)
      expectClose(output, y, tolerance: 0, "forward")
      let gradient = Floats(x.count)
      form.backward(dy.constant, into: gradient.pointer, accumulate: false)
      expectClose(gradient, dx, tolerance: 0, "backward")
      form.backward(dy.constant, into: gradient.pointer, accumulate: true)
      expectClose(gradient, dx.map { 2 * $0 }, tolerance: 0, "added")
    }
  }
}
