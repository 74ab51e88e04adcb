import Networks
import Testing

@testable import Engine

/// Gradients of inputs, whole and by single paths.
@Suite struct InputGradientTests {
  private static func blocks() -> [Block] {
    [
      conv(4, Extents(3)), residual([conv(4, Extents(3)), bn()]), act(.tanh),
      residual([conv(4, Extents(3)), act(.tanh), conv(4, Extents(3))]), gap, dense(3),
    ]
  }

  @Test("the gradient of the input is that of central differences")
  func differences() throws {
    let network = try network([2, 7], Self.blocks())
    let model = try Model(network: network, parameters: randomParameters(network))
    let examples = examples(network, count: 3)
    let gradient = try model.inputGradient(examples, rows: 0..<3).gradient
    #expect(gradient.shape == [3, 2, 7])
    let inputs = examples.inputs
    for index in stride(from: 0, to: inputs.values.count, by: 5) {
      let step: Float = 1.0 / 64
      let losses = try [step, -step].map { step in
        var moved = inputs
        moved.values[index] += step
        return try model.trainingLoss(
          Examples(inputs: moved, targets: examples.targets), rows: 0..<3
        ).loss
      }
      let slope = (losses[0] - losses[1]) / Double(2 * step)
      #expect(abs(slope - Double(gradient.values[index])) < 2e-3)
    }
  }

  @Test(
    "what comes by all single paths adds up to the whole gradient, and the forward pass is the same"
  )
  func paths() throws {
    let network = try network([2, 7], Self.blocks())
    let model = try Model(network: network, parameters: randomParameters(network))
    let examples = examples(network, count: 3)
    let whole = try model.inputGradient(examples, rows: 0..<3)
    var residuals: [BlockID] = []
    network.walk { block, _ in if case .residual = block.form { residuals.append(block.id) } }
    #expect(residuals.count == 2)
    var sum = [Float](repeating: 0, count: whole.gradient.values.count)
    for first in [GradientRoute.body, .shortcut] {
      for second in [GradientRoute.body, .shortcut] {
        let path = try model.inputGradient(
          examples, rows: 0..<3, routes: [residuals[0]: first, residuals[1]: second])
        #expect(abs(path.result.loss - whole.result.loss) < 1e-6)
        for index in sum.indices { sum[index] += path.gradient.values[index] }
      }
    }
    for (found, expected) in zip(sum, whole.gradient.values) {
      #expect(abs(found - expected) < 1e-5 + 1e-4 * abs(expected))
    }
  }

  @Test("nothing is learned by it")
  func unchanged() throws {
    let network = try network([2, 7], Self.blocks())
    let model = try Model(network: network, parameters: randomParameters(network))
    let before = model.parameters
    _ = try model.inputGradient(examples(network, count: 3), rows: 0..<3)
    #expect(model.parameters == before && model.steps == 0)
  }
}
