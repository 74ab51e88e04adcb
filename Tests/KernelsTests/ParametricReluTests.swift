import Kernels
import Testing

@Suite struct ParametricReluTests {
  @Test(arguments: [(1, 1), (37, 1), (7, 5), (9, 16), (33, 3), (4, 67), (40, 40)])
  func bendsBelowZero(rows: Int, channels: Int) {
    let count = rows * channels
    let (x, dy) = (Floats(count, seed: 3), Floats(count, seed: 5))
    let slopes = Floats(channels, seed: 4)
    x.pointer[count / 2] = 0
    let scratch = Floats(ParametricRelu.scratchCount(channels: channels))
    func slope(_ index: Int) -> Double { Double(slopes[index % channels]) }
    let expected = (0..<count).map { Double(x[$0]) * (x[$0] < 0 ? slope($0) : 1) }
    let y = Floats(count)
    ParametricRelu.forward(
      x.constant, slopes: slopes.constant, rows: rows, channels: channels, into: y.pointer,
      scratch: scratch.pointer)
    expectClose(y, expected, "forward")
    let inPlace = x.copy()
    ParametricRelu.forward(
      inPlace.constant, slopes: slopes.constant, rows: rows, channels: channels,
      into: inPlace.pointer, scratch: scratch.pointer)
    expectClose(inPlace, expected, "in place")

    let gradient = (0..<count).map { Double(dy[$0]) * (x[$0] > 0 ? 1 : slope($0)) }
    let dx = Floats(count)
    for (accumulate, times) in [(false, 1.0), (true, 2)] {
      ParametricRelu.backward(
        x.constant, dy: dy.constant, slopes: slopes.constant, rows: rows, channels: channels,
        into: dx.pointer, accumulate: accumulate, scratch: scratch.pointer)
      expectClose(dx, gradient.map { $0 * times }, "gradient")
    }

    var sums = [Double](repeating: 0, count: channels)
    for index in 0..<count where x[index] < 0 {
      sums[index % channels] += Double(x[index]) * Double(dy[index])
    }
    let target = Floats(channels)
    ParametricRelu.slopeSums(
      x.constant, dy: dy.constant, rows: rows, channels: channels, into: target.pointer,
      scratch: scratch.pointer)
    expectClose(target, sums, tolerance: 1e-4, "sums")
  }
}
