import Kernels
import Testing

@Suite struct GatingTests {
  static let sizes = [
    (1, 1, 1), (2, 2, 2), (3, 5, 7), (2, 9, 16), (1, 33, 3), (2, 4, 67), (3, 1, 8),
  ]

  @Test(arguments: sizes)
  func productsWithFactorsOfImages(images: Int, positions: Int, channels: Int) {
    let (count, small) = (images * positions * channels, images * channels)
    let x = Floats(count, seed: 3)
    let dy = Floats(count, seed: 5)
    let factors = Floats(small, seed: 4)
    let scratch = Floats(Gating.scratchCount(channels: channels))
    func factor(_ index: Int) -> Int {
      index / (positions * channels) * channels + index % channels
    }
    let expected = (0..<count).map { Double(x[$0]) * Double(factors[factor($0)]) }
    let y = Floats(count)
    for (accumulate, times) in [(false, 1.0), (true, 2)] {
      Gating.multiply(
        x.constant, factors: factors.constant, images: images, positions: positions,
        channels: channels, into: y.pointer, accumulate: accumulate, scratch: scratch.pointer)
      expectClose(y, expected.map { $0 * times }, "product")
    }
    let inPlace = x.copy()
    Gating.multiply(
      inPlace.constant, factors: factors.constant, images: images, positions: positions,
      channels: channels, into: inPlace.pointer, scratch: scratch.pointer)
    expectClose(inPlace, expected, "in place")
    var sums = [Double](repeating: 0, count: small)
    for index in 0..<count { sums[factor(index)] += Double(x[index]) * Double(dy[index]) }
    let target = Floats(small)
    for (accumulate, times) in [(false, 1.0), (true, 2)] {
      Gating.productSums(
        x.constant, dy.constant, images: images, positions: positions, channels: channels,
        into: target.pointer, accumulate: accumulate, scratch: scratch.pointer)
      expectClose(target, sums.map { $0 * times }, tolerance: 1e-4, "sums")
    }
    #expect(y.isIntact && inPlace.isIntact && target.isIntact && scratch.isIntact)
  }

  @Test(arguments: sizes)
  func highwayWithGatesOfImages(images: Int, positions: Int, channels: Int) {
    let (count, small) = (images * positions * channels, images * channels)
    let (h, x, dy) = (Floats(count, seed: 6), Floats(count, seed: 7), Floats(count, seed: 8))
    let gates = Floats(small, seed: 9, low: 0, high: 1)
    let scratch = Floats(Gating.scratchCount(channels: channels))
    func gate(_ index: Int) -> Int { index / (positions * channels) * channels + index % channels }
    var y = [Double](repeating: 0, count: count)
    var dx = y
    var dt = [Double](repeating: 0, count: small)
    for i in 0..<count {
      let t = Double(gates[gate(i)])
      y[i] = t * Double(h[i]) + (1 - t) * Double(x[i])
      dx[i] = (1 - t) * Double(dy[i])
      dt[gate(i)] += (Double(h[i]) - Double(x[i])) * Double(dy[i])
    }
    let output = Floats(count)
    Gating.mix(
      h.constant, x.constant, gates: gates.constant, images: images, positions: positions,
      channels: channels, into: output.pointer, scratch: scratch.pointer)
    expectClose(output, y, "mixture")
    let (carried, summed) = (Floats(count), Floats(small))
    for (accumulate, times) in [(false, 1.0), (true, 2)] {
      Gating.carry(
        dy.constant, gates: gates.constant, images: images, positions: positions,
        channels: channels, into: carried.pointer, accumulate: accumulate,
        scratch: scratch.pointer)
      expectClose(carried, dx.map { $0 * times }, "carried")
      Gating.mixtureSums(
        h.constant, x.constant, dy.constant, images: images, positions: positions,
        channels: channels, into: summed.pointer, accumulate: accumulate,
        scratch: scratch.pointer)
      expectClose(summed, dt.map { $0 * times }, tolerance: 1e-4, "gates")
    }
    #expect(output.isIntact && carried.isIntact && summed.isIntact && scratch.isIntact)
  }

  @Test(arguments: [1, 15, 16, 17, 100])
  func highwayWithAGateForEveryValue(count: Int) {
    let (h, x, dy) = (Floats(count, seed: 1), Floats(count, seed: 2), Floats(count, seed: 3))
    let t = Floats(count, seed: 4, low: 0, high: 1)
    let (y, dt, dx) = (Floats(count), Floats(count), Floats(count))
    Highway.forward(
      h: h.constant, t: t.constant, x: x.constant, into: y.pointer, count: count)
    let gates = t.doubles
    expectClose(
      y, (0..<count).map { gates[$0] * Double(h[$0]) + (1 - gates[$0]) * Double(x[$0]) }, "forward")
    for (accumulate, times) in [(false, 1.0), (true, 2)] {
      Highway.gateGradient(
        h: h.constant, x: x.constant, dy: dy.constant, into: dt.pointer, count: count,
        accumulate: accumulate)
      expectClose(
        dt, (0..<count).map { times * (Double(h[$0]) - Double(x[$0])) * Double(dy[$0]) }, "gate")
      Highway.carryGradient(
        t: t.constant, dy: dy.constant, into: dx.pointer, count: count, accumulate: accumulate)
      expectClose(dx, (0..<count).map { times * (1 - gates[$0]) * Double(dy[$0]) }, "carry")
    }
    #expect(y.isIntact && dt.isIntact && dx.isIntact)
  }
}
