import Foundation
import Networks
import Testing

@testable import Engine

/// Sigmoid cross entropy of several outputs, against PyTorch's `BCEWithLogitsLoss`.
struct MultiLabelTests {
  /// A dense layer, examples with labels, and what the loss comes to.
  struct Golden: Decodable, Sendable, CustomTestStringConvertible {
    let name: String
    let width: Int
    let inputs: [Float]
    let targets: [Float]
    let weight: [Float]
    let bias: [Float]
    let loss: Double
    let weightGradient: [Double]
    let biasGradient: [Double]
    let accuracy: Double

    var testDescription: String { name }

    private enum CodingKeys: String, CodingKey {
      case name, width, inputs, targets, weight, bias, loss, accuracy
      case weightGradient = "weight_gradient"
      case biasGradient = "bias_gradient"
    }

    static let all: [Golden] = {
      let file = URL(filePath: #filePath).appending(path: "../../Goldens/Training/multilabel.json")
        .standardized
      let data = try? Data(contentsOf: file)
      return data.flatMap { try? JSONDecoder().decode([Golden].self, from: $0) } ?? []
    }()
  }

  @Test("there are such goldens")
  func goldens() { #expect(Golden.all.count >= 4) }

  @Test("loss, gradients and right labels", arguments: Golden.all)
  func gradients(golden: Golden) throws {
    let net = try network([5], [dense(golden.width)])
    var parameters = ParameterStore()
    for specification in net.parameters {
      parameters[specification.key] = Tensor(
        shape: specification.shape,
        values: specification.shape.count == 2 ? golden.weight : golden.bias)
    }
    let rows = golden.inputs.count / 5
    let batch = Examples(
      inputs: Tensor(shape: [rows, 5], values: golden.inputs),
      targets: .values(Tensor(shape: [rows, golden.width], values: golden.targets)))
    let model = try Model(network: net, parameters: parameters, loss: .multiLabel)
    let found = try model.differentiate(batch, rows: 0..<rows)
    #expect(abs(found.loss - golden.loss) < 1e-5 * max(1, golden.loss))
    #expect(abs(found.accuracy - golden.accuracy) < 1e-12)
    // An evaluation adds up example by example, a step as it comes.
    let evaluated = try model.evaluate(batch, rows: 0..<rows).loss
    #expect(abs(evaluated - found.loss) <= 1e-12 * max(1, found.loss))
    for specification in net.parameters {
      let expected =
        specification.shape.count == 2 ? golden.weightGradient : golden.biasGradient
      let gradient = try #require(model.gradients[specification.key]).values
      #expect(gradient.count == expected.count)
      for (value, other) in zip(gradient, expected) {
        #expect(abs(Double(value) - other) < 2e-6, "\(specification.key)")
      }
    }
  }

  @Test("classes are none of its targets")
  func classes() throws {
    let net = try network([5], [dense(2)])
    let model = try Model(network: net, loss: .multiLabel, seed: 1)
    #expect(throws: EngineError.targetKind(loss: .multiLabel)) {
      try model.evaluate(examples(net, count: 3), rows: 0..<3)
    }
  }
}
