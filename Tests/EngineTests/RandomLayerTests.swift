import Kernels
import Networks
import Testing

@testable import Engine
@testable import Kernels

/// What is drawn while training: what is zeroed together, means, bits, and nothing of it in inference.
@Suite struct RandomLayerTests {
  /// What training makes of ones in the layer's place, as rows of channels in the order of memory.
  private func outcome(
    _ unit: DropoutWork.Unit, _ extent: Extent, step: UInt64 = 0, parts: Int = 1
  ) -> [Float] {
    let ones = [Float](repeating: 1, count: extent.count)
    var result = [Float](repeating: -1, count: extent.count)
    let floats = DropoutWork.scratchCount(channels: extent.channels)
    var scratch = [Float](repeating: 0, count: parts * floats)
    withUnsafePointer(to: step) { step in
      ones.withUnsafeBufferPointer { ones in
        result.withUnsafeMutableBufferPointer { result in
          scratch.withUnsafeMutableBufferPointer { scratch in
            guard let x = ones.baseAddress, let y = result.baseAddress,
              let start = scratch.baseAddress
            else { return }
            let work = DropoutWork(
              rate: 0.25, unit: unit, seed: 3, stream: 5, step: step, x: x, y: y, extent: extent,
              accumulate: false, scratch: Scratch(start: start, stride: floats))
            Instruction(.dropout(work), parts: parts).run()
          }
        }
      }
    }
    return result
  }

  @Test func dropPathZeroesExamplesWhole() {
    let extent = Extent(images: 4000, height: 1, width: 3, channels: 5)
    let values = outcome(.example, extent)
    let examples = (0..<extent.images).map { Set(values[$0 * 15..<($0 + 1) * 15]) }
    #expect(examples.allSatisfy { $0 == [0] || $0 == [Float(1) / 0.75] })
    let zeroed = examples.count { $0 == [0] }
    #expect(abs(Double(zeroed) / 4000 - 0.25) < 0.02)
    let mean = Double(values.reduce(0, +)) / Double(values.count)
    #expect(abs(mean - 1) < 0.03)
    #expect(outcome(.example, extent, parts: 3) == values)
    #expect(outcome(.example, extent, step: 1) != values)
  }

  @Test func spatialDropoutZeroesChannelsOfExamples() {
    let extent = Extent(images: 800, height: 2, width: 3, channels: 5)
    let values = outcome(.channel, extent)
    var zeroed = 0
    var alike: Set<[Bool]> = []
    for image in 0..<extent.images {
      var mask: [Bool] = []
      for channel in 0..<5 {
        let own = Set((0..<6).map { values[(image * 6 + $0) * 5 + channel] })
        #expect(own == [0] || own == [Float(1) / 0.75])
        mask.append(own == [0])
      }
      zeroed += mask.count { $0 }
      alike.insert(mask)
    }
    #expect(abs(Double(zeroed) / 4000 - 0.25) < 0.03)
    #expect(alike.count > 20)
    #expect(outcome(.channel, extent, parts: 3) == values)
  }

  @Test func noiseHasItsDeviation() throws {
    let net = try network([4, 50], [leaf(.noise(Noise(deviation: 0.5)))])
    let model = try Model(network: net, loss: .l2, seed: 3, usesLibrary: false)
    let ones = Examples(inputs: Tensor(shape: [64, 4, 50], filledWith: 1), targets: .none)
    let trace = try model.trace(ones, rows: 0..<64, training: true)
    #expect(abs(trace[0].mean - 1) < 0.03)
    #expect(abs(trace[0].deviation - 0.5) < 0.02)
    #expect(try model.predict(ones.inputs) == ones.inputs)
  }

  private static let layers: [Layer] = [
    .dropout(Dropout(rate: 0.4, of: .example)), .dropout(Dropout(rate: 0.4, of: .channel)),
    .noise(Noise(deviation: 0.3)),
  ]

  @Test("inference passes them by; the same seed gives the same bits", arguments: layers)
  func bits(layer: Layer) throws {
    let net = try network(
      [3, 9], [conv(5, Extents(3)), residual([conv(5, Extents(3)), leaf(layer)]), gap])
    let plain = try network([3, 9], [conv(5, Extents(3)), residual([conv(5, Extents(3))]), gap])
    let batch = examples(net, count: 6)
    var stores: [ParameterStore] = []
    for seed: UInt64 in [1, 1, 2] {
      let model = try Model(
        network: net, parameters: randomParameters(net), optimizer: .adam, seed: seed,
        usesLibrary: false)
      for _ in 0..<5 { _ = try model.step(batch) }
      stores.append(model.parameters)
    }
    #expect(stores[0] == stores[1])
    #expect(stores[0] != stores[2])
    let values = randomParameters(net)
    let model = try Model(network: net, parameters: values, usesLibrary: false)
    var others = ParameterStore()
    for (own, other) in zip(net.parameters, plain.parameters) {
      others[other.key] = values[own.key]
    }
    let reference = try Model(network: plain, parameters: others, usesLibrary: false)
    #expect(try model.predict(batch.inputs) == reference.predict(batch.inputs))
  }
}
