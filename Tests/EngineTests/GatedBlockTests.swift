import Networks
import Testing

@testable import Engine

/// Blocks that are silent at first: what leaves them is what went in, to the bit.
@Suite struct GatedBlockTests {
  private static func outputs(_ input: [Int], _ blocks: [Block]) throws -> (Tensor, Tensor) {
    let net = try network(input, blocks)
    let batch = inputs(net, count: 3)
    return (batch, try Model(network: net, seed: 2).predict(batch))
  }

  @Test(arguments: [[5], [5, 9], [5, 4, 6]]) func rezeroIsItsShortcut(_ input: [Int]) throws {
    let layer = input.count == 1 ? dense(5) : conv(5, Extents(3))
    let block = residual([layer, relu, leaf(.scale(Scale(start: 0)))])
    let (x, y) = try Self.outputs(input, [block, block.copied(), block.copied()])
    #expect(zip(x.values, y.values).map { abs($0 - $1) }.max() == 0)
  }

  @Test(arguments: [[5], [5, 9], [5, 4, 6]]) func closedHighwaysAreTheirInput(_ input: [Int])
    throws
  {
    let layer = input.count == 1 ? dense(5) : conv(5, Extents(3))
    let parallel = Parallel(gate: .highway(bias: -1000), body: numbered([layer, relu]))
    let (x, y) = try Self.outputs(input, [Block(name: "highway", form: .parallel(parallel))])
    #expect(x.values == y.values)
  }

  /// σ(−2) = 0.119 of the transform passes at first, where the gate's weights are small.
  @Test func highwaysCarryAtFirst() throws {
    let parallel = Parallel(
      gate: .highway(bias: -2), body: numbered([leaf(.scale(Scale(start: 0)))]))
    let net = try network([4, 8], [Block(name: "highway", form: .parallel(parallel))])
    let batch = inputs(net, count: 2)
    let model = try Model(network: net, initializer: .uniform(scale: 1e-6), seed: 2)
    for (x, y) in zip(batch.values, try model.predict(batch).values) {
      #expect(abs(y - (1 - 0.119_202_9) * x) <= 1e-5)
    }
  }

  /// While a rezero body is silent, its scale alone learns.
  @Test func silentBodiesLearnByTheirScale() throws {
    let body = [dense(5), relu, leaf(.scale(Scale(start: 0)))]
    let net = try network([5], [residual(body), dense(3)])
    let model = try Model(network: net, seed: 2)
    _ = try model.differentiate(examples(net, count: 8), rows: 0..<8)
    let gradients = model.gradients
    for specification in net.parameters {
      let values = gradients[specification.key]?.values ?? []
      let isSilent = specification.path.contains("body.dense")
      #expect(values.allSatisfy { ($0 == 0) == isSilent }, "\(specification.path)")
    }
  }
}
