import Engine
import Networks
import Testing

@testable import Training

/// Directions in which each filter is as long as that of the network.
struct FilterDirectionTests {
  private func weights(_ network: Network) throws -> ParameterStore {
    try Model(network: network, seed: 3).copiedParameters()
  }

  private static func norms(_ tensor: Tensor) -> [Double] {
    let size = tensor.count / tensor.shape[0]
    return (0..<tensor.shape[0]).map { filter in
      tensor.values[filter * size..<(filter + 1) * size]
        .reduce(0) { $0 + Double($1) * Double($1) }.squareRoot()
    }
  }

  @Test("each filter is as long as that of the network; biases and normalizations stay")
  func norms() throws {
    let network = try seriesNetwork()
    let weights = try weights(network)
    let direction = try FilterDirection(of: network, at: weights, seed: 1, number: 0)
    let moved = network.parameters.filter { direction.steps[$0.key] != nil }.map(\.path)
    #expect(moved == ["conv1.weight", "dense1.weight"])
    for key in direction.keys {
      let (own, step) = (try #require(weights[key]), try #require(direction.steps[key]))
      #expect(own.shape == step.shape && own != step)
      for (norm, length) in zip(Self.norms(own), Self.norms(step)) {
        #expect(abs(norm - length) <= 1e-6 * norm)
      }
    }
  }

  @Test("seed and number decide, and a filter of zeros does not move")
  func seeds() throws {
    let network = try seriesNetwork()
    var weights = try weights(network)
    let first = try FilterDirection(of: network, at: weights, seed: 1, number: 0)
    let again = try FilterDirection(of: network, at: weights, seed: 1, number: 0)
    let second = try FilterDirection(of: network, at: weights, seed: 1, number: 1)
    let other = try FilterDirection(of: network, at: weights, seed: 2, number: 0)
    #expect(first.steps == again.steps)
    #expect(first.steps != second.steps && first.steps != other.steps)
    #expect(abs(try #require(first.cosine(to: again)) - 1) < 1e-9)
    #expect(abs(try #require(first.cosine(to: second))) < 0.5)
    for key in first.keys {
      weights[key] = weights[key].map { Tensor(shape: $0.shape, filledWith: 0) }
    }
    let none = try FilterDirection(of: network, at: weights, seed: 1, number: 0)
    for key in none.keys { #expect(none.steps[key] == weights[key]) }
    #expect(none.cosine(to: first) == nil)
  }

  @Test("the loss at 0 is that of the network; the survey ends when it is told to")
  func survey() throws {
    let trainer = Trainer()
    let request = request(.steps(4), network: try seriesNetwork())
    let learned = try trainer.run(request).learned
    var asked = request
    asked.learned = learned
    let examples = request.data.train
    let (evaluation, _) = try trainer.evaluate(asked, on: examples)
    var losses: [Double] = []
    let survey = LossSurvey(directions: 2, seed: 1, places: [[0, 0], [1, 0], [0, 1], [0, 0]])
    let (after, cosine) = try trainer.survey(asked, survey, on: examples) { _, loss in
      losses.append(loss)
      return true
    }
    #expect(losses.count == 4)
    #expect(losses[0] == evaluation.loss && losses[3] == evaluation.loss)
    #expect(losses[1] != losses[0] && losses[2] != losses[1])
    #expect(after.parameters == learned.parameters && after.version == learned.version)
    #expect(cosine != nil)
    losses = []
    _ = try trainer.survey(asked, survey, on: examples) { _, loss in
      losses.append(loss)
      return losses.count < 2
    }
    #expect(losses.count == 2)
  }
}
