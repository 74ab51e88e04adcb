import Kernels
import Testing

/// Pooling against plain loops over every geometry a layer can ask for.
@Suite struct PoolingTests {
  static let windows: [PoolingWindow] = [
    window(1, 8, 4, kernel: (1, 2), stride: (1, 2)),
    window(6, 6, 10, kernel: (2, 2), stride: (2, 2)),
    window(7, 9, 3, kernel: (3, 3), stride: (2, 2), pad: (1, 1, 1, 1)),
    window(5, 5, 1, kernel: (3, 2), stride: (1, 1), pad: (0, 0, 1, 1)),
    window(7, 7, 16, kernel: (3, 3), stride: (2, 2), ceil: true),
    window(6, 5, 37, kernel: (3, 3), stride: (2, 3), pad: (1, 0, 1, 1), ceil: true),
    window(1, 11, 100, kernel: (1, 3), stride: (1, 2), pad: (0, 1, 0, 0)),
    window(4, 4, 20, kernel: (4, 4), stride: (4, 4)),
    window(5, 6, 17, kernel: (2, 2), stride: (3, 3)),
  ]

  static func window(
    _ height: Int, _ width: Int, _ channels: Int, kernel: (Int, Int), stride: (Int, Int),
    pad: (top: Int, left: Int, bottom: Int, right: Int) = (0, 0, 0, 0), ceil: Bool = false
  ) -> PoolingWindow {
    func extent(_ size: Int, _ kernel: Int, _ stride: Int) -> Int {
      (size - kernel + (ceil ? stride - 1 : 0)) / stride + 1
    }
    return PoolingWindow(
      images: 3, height: height, width: width, channels: channels, kernelHeight: kernel.0,
      kernelWidth: kernel.1, strideHeight: stride.0, strideWidth: stride.1, padTop: pad.top,
      padLeft: pad.left, padBottom: pad.bottom, padRight: pad.right,
      outputHeight: extent(height + pad.top + pad.bottom, kernel.0, stride.0),
      outputWidth: extent(width + pad.left + pad.right, kernel.1, stride.1))
  }

  /// For each output float, the input floats under its window with their taps, and the padded area.
  static func taps(_ w: PoolingWindow) -> [(inputs: [(index: Int, tap: Int)], area: Int)] {
    var result: [(inputs: [(index: Int, tap: Int)], area: Int)] = []
    for image in 0..<w.images {
      for y in 0..<w.outputHeight {
        for x in 0..<w.outputWidth {
          for channel in 0..<w.channels {
            var inputs: [(index: Int, tap: Int)] = []
            var area = 0
            for i in 0..<w.kernelHeight {
              for j in 0..<w.kernelWidth {
                let row = y * w.strideHeight - w.padTop + i
                let column = x * w.strideWidth - w.padLeft + j
                guard row < w.height + w.padBottom, column < w.width + w.padRight else { continue }
                area += 1
                guard (0..<w.height).contains(row), (0..<w.width).contains(column) else { continue }
                let position = (image * w.height + row) * w.width + column
                inputs.append((position * w.channels + channel, i * w.kernelWidth + j))
              }
            }
            result.append((inputs, area))
          }
        }
      }
    }
    return result
  }

  @Test(arguments: windows)
  func maximum(_ w: PoolingWindow) {
    let taps = Self.taps(w)
    let x = Floats(w.images * w.height * w.width * w.channels, seed: 41)
    let dy = Floats(taps.count, seed: 42)
    var y: [Double] = []
    var winners: [Int32] = []
    var dx = [Double](repeating: 0, count: x.count)
    for (output, tap) in taps.enumerated() {
      var best = tap.inputs[0]
      for input in tap.inputs where x[input.index] > x[best.index] { best = input }
      y.append(Double(x[best.index]))
      winners.append(Int32(best.tap))
      dx[best.index] += Double(dy[output])
    }
    let found = Floats(taps.count)
    let marks = UnsafeMutablePointer<Int32>.allocate(capacity: taps.count + 1)
    defer { marks.deallocate() }
    marks[taps.count] = 99
    MaxPooling.forward(x.constant, w, into: found.pointer, winners: marks)
    expectClose(found, y, tolerance: 0, "forward")
    #expect((0..<taps.count).map { marks[$0] } == winners)
    #expect(marks[taps.count] == 99)
    MaxPooling.forward(x.constant, w, into: found.pointer, winners: nil)
    expectClose(found, y, tolerance: 0, "forward alone")
    let gradient = Floats(x.count)
    MaxPooling.backward(dy.constant, winners: marks, w, into: gradient.pointer)
    expectClose(gradient, dx, tolerance: 1e-6, "backward")
    MaxPooling.backward(dy.constant, winners: marks, w, into: gradient.pointer, accumulate: true)
    expectClose(gradient, dx.map { 2 * $0 }, tolerance: 1e-6, "added")
  }

  @Test func notANumberWinsAndTheFirstOfEquals() {
    let w = Self.window(1, 6, 1, kernel: (1, 3), stride: (1, 3))
    let x = Floats([1, .nan, 2, 5, 5, -.infinity, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0])
    let y = Floats(6)
    var winners = [Int32](repeating: 7, count: 6)
    MaxPooling.forward(x.constant, w, into: y.pointer, winners: &winners)
    #expect(y[0].isNaN && y[1] == 5)
    #expect(winners == [1, 0, 0, 0, 0, 0])
  }

  @Test func windowsOfMinusInfinityStillHaveAWinner() {
    let w = Self.window(1, 2, 1, kernel: (1, 2), stride: (1, 2))
    let x = Floats([Float](repeating: -.infinity, count: 6))
    let y = Floats(3)
    var winners = [Int32](repeating: 7, count: 3)
    MaxPooling.forward(x.constant, w, into: y.pointer, winners: &winners)
    #expect(y.floats == [-.infinity, -.infinity, -.infinity])
    #expect(winners == [0, 0, 0])
  }

  @Test func windowsWhollyInPaddingGiveZero() {
    let w = Self.window(1, 2, 1, kernel: (1, 2), stride: (1, 2), pad: (0, 2, 0, 0))
    let x = Floats([-1, -2, -3, -4, -5, -6])
    let y = Floats(6)
    var winners = [Int32](repeating: 7, count: 6)
    MaxPooling.forward(x.constant, w, into: y.pointer, winners: &winners)
    #expect(y.floats == [0, -1, 0, -3, 0, -5])
    #expect(winners == [-1, 0, -1, 0, -1, 0])
    let dx = Floats(6)
    MaxPooling.backward(
      Floats([9, 1, 9, 2, 9, 3]).constant, winners: winners, w, into: dx.pointer)
    #expect(dx.floats == [1, 0, 2, 0, 3, 0])
    AveragePooling.forward(x.constant, w, countPadding: false, into: y.pointer)
    #expect(y.floats == [0, -1.5, 0, -3.5, 0, -5.5])
  }

  @Test(arguments: windows, [true, false])
  func average(_ w: PoolingWindow, countPadding: Bool) {
    let taps = Self.taps(w)
    let x = Floats(w.images * w.height * w.width * w.channels, seed: 43)
    let dy = Floats(taps.count, seed: 44)
    var y: [Double] = []
    var dx = [Double](repeating: 0, count: x.count)
    for (output, tap) in taps.enumerated() {
      let size = Double(countPadding ? tap.area : tap.inputs.count)
      y.append(tap.inputs.reduce(0) { $0 + Double(x[$1.index]) } / size)
      for input in tap.inputs { dx[input.index] += Double(dy[output]) / size }
    }
    let found = Floats(taps.count)
    AveragePooling.forward(x.constant, w, countPadding: countPadding, into: found.pointer)
    expectClose(found, y, tolerance: 1e-6, "forward")
    let gradient = Floats(x.count)
    AveragePooling.backward(dy.constant, w, countPadding: countPadding, into: gradient.pointer)
    expectClose(gradient, dx, tolerance: 1e-6, "backward")
    AveragePooling.backward(
      dy.constant, w, countPadding: countPadding, into: gradient.pointer, accumulate: true)
    expectClose(gradient, dx.map { 2 * $0 }, tolerance: 2e-6, "added")
  }

  @Test(arguments: [(1, 1), (7, 3), (64, 10), (49, 16), (30, 100), (5, 37)])
  func global(positions: Int, channels: Int) {
    let images = 3
    let x = Floats(images * positions * channels, seed: 45)
    let dy = Floats(images * channels, seed: 46)
    let scratch = Floats(GlobalPoolingKernel.scratchCount(channels: channels))
    var mean = [Double](repeating: 0, count: images * channels)
    var best = [Double](repeating: -.infinity, count: images * channels)
    var places = [Int32](repeating: -1, count: images * channels)
    for index in 0..<x.count {
      let position = index / channels
      let output = position / positions * channels + index % channels
      mean[output] += Double(x[index]) / Double(positions)
      if Double(x[index]) > best[output] {
        best[output] = Double(x[index])
        places[output] = Int32(position % positions)
      }
    }
    let spread = (0..<x.count).map { index in
      let output = index / channels / positions * channels + index % channels
      return Double(dy[output])
    }
    let y = Floats(images * channels)
    GlobalPoolingKernel.average(
      x.constant, images: images, positions: positions, channels: channels, into: y.pointer,
      scratch: scratch.pointer)
    expectClose(y, mean, tolerance: 2e-6, "average")
    let dx = Floats(x.count)
    GlobalPoolingKernel.averageBackward(
      dy.constant, images: images, positions: positions, channels: channels, into: dx.pointer,
      scratch: scratch.pointer)
    let share = 1 / Double(positions)
    expectClose(dx, spread.map { $0 * share }, tolerance: 1e-6, "average gradient")
    GlobalPoolingKernel.averageBackward(
      dy.constant, images: images, positions: positions, channels: channels, into: dx.pointer,
      accumulate: true, scratch: scratch.pointer)
    expectClose(dx, spread.map { 2 * $0 * share }, tolerance: 1e-6, "added")
    var winners = [Int32](repeating: 7, count: images * channels)
    GlobalPoolingKernel.maximum(
      x.constant, images: images, positions: positions, channels: channels, into: y.pointer,
      winners: &winners)
    expectClose(y, best, tolerance: 0, "maximum")
    #expect(winners == places)
    GlobalPoolingKernel.maximumBackward(
      dy.constant, winners: winners, images: images, positions: positions, channels: channels,
      into: dx.pointer)
    let expected = (0..<x.count).map { index in
      let output = index / channels / positions * channels + index % channels
      return Int(places[output]) == index / channels % positions ? spread[index] : 0
    }
    expectClose(dx, expected, tolerance: 0, "maximum gradient")
    for place in [0, positions - 1] {
      GlobalPoolingKernel.pick(
        place, of: x.constant, images: images, positions: positions, channels: channels,
        into: y.pointer)
      let picked = (0..<images * channels).map { index in
        Double(x[(index / channels * positions + place) * channels + index % channels])
      }
      expectClose(y, picked, tolerance: 0, "position \(place)")
      GlobalPoolingKernel.pickBackward(
        place, dy.constant, images: images, positions: positions, channels: channels,
        into: dx.pointer)
      let slopes = (0..<x.count).map { index in
        index / channels % positions == place ? spread[index] : 0
      }
      expectClose(dx, slopes, tolerance: 0, "gradient of position \(place)")
      GlobalPoolingKernel.pickBackward(
        place, dy.constant, images: images, positions: positions, channels: channels,
        into: dx.pointer, accumulate: true)
      expectClose(dx, slopes.map { 2 * $0 }, tolerance: 0, "added gradient of position \(place)")
    }
    #expect(scratch.isIntact)
  }

  @Test("means of rows of channels, and their gradients", arguments: [(1, 16), (30, 32), (7, 144)])
  func rows(count: Int, span: Int) {
    let x = Floats(count * span, seed: 1)
    let dy = Floats(count, seed: 2)
    let share = 1 / Double(span)
    let y = Floats(count)
    GlobalPoolingKernel.average(rows: x.constant, count: count, span: span, into: y.pointer)
    let means = (0..<count).map { row in
      x.doubles[(row * span)..<(row + 1) * span].reduce(0, +) * share
    }
    expectClose(y, means, tolerance: 2e-6, "average")
    let dx = Floats(x.count)
    let slopes = (0..<x.count).map { Double(dy[$0 / span]) * share }
    GlobalPoolingKernel.averageBackward(
      dy.constant, rows: count, span: span, into: dx.pointer, accumulate: false)
    expectClose(dx, slopes, tolerance: 1e-6, "gradient")
    GlobalPoolingKernel.averageBackward(
      dy.constant, rows: count, span: span, into: dx.pointer, accumulate: true)
    expectClose(dx, slopes.map { 2 * $0 }, tolerance: 1e-6, "added gradient")
  }
}
