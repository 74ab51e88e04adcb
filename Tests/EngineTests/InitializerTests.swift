import Networks
import Synchronization
import Testing

@testable import Engine

/// First values: their distribution, their bounds, and that they depend on seed, path and role alone.
@Suite struct InitializerTests {
  /// A kernel of 64 outputs, 32 inputs and 3 taps, unless said otherwise.
  private func kernel(_ path: String = "conv1.weight", _ shape: [Int] = [64, 32, 3])
    -> ParameterSpecification
  {
    ParameterSpecification(
      key: ParameterKey(block: BlockID(), role: .weight), path: path, shape: shape,
      purpose: .kernel(fanIn: 96, fanOut: 192))
  }

  private func moments(_ tensor: Tensor) -> (mean: Double, deviation: Double, bound: Double) {
    let values = tensor.values.map(Double.init)
    let mean = values.reduce(0, +) / Double(values.count)
    let square = values.map { ($0 - mean) * ($0 - mean) }.reduce(0, +) / Double(values.count)
    return (mean, square.squareRoot(), values.map(abs).max() ?? 0)
  }

  @Test(arguments: [
    (Initializer.he, (2.0 / 96).squareRoot()), (.zeroGamma, (2.0 / 96).squareRoot()),
    (.normal(deviation: 0.3), 0.3),
  ])
  func normalSchemes(_ scheme: Initializer, _ deviation: Double) throws {
    let found = moments(try scheme.values(for: kernel(), seed: 1))
    #expect(abs(found.mean) < deviation * 0.05)
    #expect(abs(found.deviation / deviation - 1) < 0.03)
    #expect(found.bound > 2.5 * deviation)
  }

  @Test(arguments: [
    (Initializer.xavier, (6.0 / 288).squareRoot()), (.gluon, 0.07),
    (.pytorch, (1.0 / 96).squareRoot()), (.uniform(scale: 0.5), 0.5),
  ])
  func uniformSchemes(_ scheme: Initializer, _ bound: Double) throws {
    let found = moments(try scheme.values(for: kernel(), seed: 1))
    #expect(found.bound <= bound * 1.000_001)
    #expect(found.bound > bound * 0.99)
    #expect(abs(found.deviation / (bound / 3.0.squareRoot()) - 1) < 0.03)
  }

  @Test(arguments: [
    Initializer.he, .xavier, .gluon, .pytorch, .uniform(scale: 0.5), .normal(deviation: 0.3),
    .orthogonal, .zeroGamma,
  ])
  func whatHasAStartOfItsOwnHasItInEveryScheme(_ scheme: Initializer) throws {
    for start in [0, -2, 0.25] {
      let specification = ParameterSpecification(
        key: ParameterKey(block: BlockID(), role: .bias), path: "b", shape: [5],
        purpose: .given(start: start))
      let values = try scheme.values(for: specification, seed: 4).values
      #expect(values == Array(repeating: Float(start), count: 5))
    }
  }

  @Test(arguments: [[8, 5, 3], [40, 3, 2], [6, 6]])
  func orthogonal(_ shape: [Int]) throws {
    let specification = ParameterSpecification(
      key: ParameterKey(block: BlockID(), role: .weight), path: "w", shape: shape,
      purpose: .kernel(fanIn: 1, fanOut: 1))
    let values = try Initializer.orthogonal.values(for: specification, seed: 4).values
      .map(Double.init)
    let (rows, columns) = (shape[0], values.count / shape[0])
    let isWide = rows <= columns
    for first in 0..<min(rows, columns) {
      for second in 0...first {
        var sum = 0.0
        for index in 0..<max(rows, columns) {
          sum +=
            isWide
            ? values[first * columns + index] * values[second * columns + index]
            : values[index * columns + first] * values[index * columns + second]
        }
        #expect(abs(sum - (first == second ? 1 : 0)) < 1e-5)
      }
    }
  }

  @Test func everythingElse() throws {
    func one(_ purpose: ParameterSpecification.Purpose, _ scheme: Initializer) throws -> [Float] {
      let specification = ParameterSpecification(
        key: ParameterKey(block: BlockID(), role: .weight), path: "b", shape: [3], purpose: purpose)
      return try scheme.values(for: specification, seed: 1).values
    }
    for scheme: Initializer in [.he, .xavier, .gluon, .orthogonal, .uniform(scale: 1)] {
      #expect(try one(.bias(fanIn: 4), scheme) == [0, 0, 0])
      #expect(try one(.gamma(closesResidual: true), scheme) == [1, 1, 1])
      #expect(try one(.beta, scheme) == [0, 0, 0])
      #expect(try one(.runningMean, scheme) == [0, 0, 0])
      #expect(try one(.runningVariance, scheme) == [1, 1, 1])
    }
    #expect(try one(.gamma(closesResidual: true), .zeroGamma) == [0, 0, 0])
    #expect(try one(.gamma(closesResidual: false), .zeroGamma) == [1, 1, 1])
    let biases = try one(.bias(fanIn: 4), .pytorch)
    #expect(biases.allSatisfy { abs($0) <= 0.5 } && biases != [0, 0, 0])
  }

  @Test func dependsOnSeedAndPathAlone() throws {
    let values = try Initializer.he.values(for: kernel(), seed: 9)
    #expect(try Initializer.he.values(for: kernel(), seed: 9) == values)
    #expect(try Initializer.he.values(for: kernel(), seed: 10) != values)
    #expect(try Initializer.he.values(for: kernel("conv2.weight"), seed: 9) != values)
  }

  @Test func zeroGammaMakesResidualBlocksIdentities() throws {
    let net = try network(
      [4, 6], [residual([conv(4, Extents(3)), relu, conv(4, Extents(3)), bn()])])
    let model = try Model(
      network: net, loss: .l2, initializer: .zeroGamma, seed: 2, usesLibrary: false)
    let batch = inputs(net, count: 3)
    #expect(try model.predict(batch) == batch)
  }

  @Test func fillsOnlyWhatIsMissing() throws {
    let net = try network([3], [dense(4), dense(2)])
    var store = ParameterStore()
    let first = net.parameters[0]
    store[first.key] = Tensor(shape: first.shape, filledWith: 7)
    let drawn = try store.initialize(missingFor: net, .he, seed: 1)
    #expect(drawn.map(\.path) == ["dense1.bias", "dense2.weight", "dense2.bias"])
    #expect(store[first.key] == Tensor(shape: first.shape, filledWith: 7))
    #expect(store.count == 4)
  }

  @Test(
    "drawing ends where the user asks for it", arguments: [Initializer.he, .xavier, .orthogonal])
  func stops(_ scheme: Initializer) {
    let asked = Mutex(0)
    #expect(throws: EngineError.interrupted) {
      try Interruption.with({
        asked.withLock { count in
          count += 1
          return count > 1
        }
      }) { try scheme.values(for: kernel("w", [64, 1 << 15, 1]), seed: 1) }
    }
    #expect(asked.withLock { $0 } == 2)
  }
}
