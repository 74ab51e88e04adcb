import Foundation
import Networks
import Testing

@testable import Engine

/// Losses with a class at each position, against PyTorch.
struct PositionLossTests {
  /// A convolution with a kernel of 1, examples with classes at positions, and what the loss comes to.
  struct Golden: Decodable, Sendable, CustomTestStringConvertible {
    let name: String
    let classes: Int
    let extents: [Int]
    let inputs: [Float]
    let labels: [Int32]
    let weight: [Float]
    let bias: [Float]
    let weights: [Double]
    let smoothing: Double
    let share: Double?
    let loss: Double
    let accuracy: Double
    let weightGradient: [Double]
    let biasGradient: [Double]

    var testDescription: String { name }

    private enum CodingKeys: String, CodingKey {
      case name, classes, extents, inputs, labels, weight, bias, weights, smoothing, share, loss
      case accuracy
      case weightGradient = "weight_gradient"
      case biasGradient = "bias_gradient"
    }

    static let all: [Golden] = {
      let file = URL(filePath: #filePath).appending(path: "../../Goldens/Training/positions.json")
        .standardized
      let data = try? Data(contentsOf: file)
      return data.flatMap { try? JSONDecoder().decode([Golden].self, from: $0) } ?? []
    }()

    var kind: Loss { classes == 1 ? .binaryCrossEntropy : .crossEntropy }
    var network: Network {
      get throws {
        try EngineTests.network(
          [3] + extents, [conv(classes, Extents(1))])
      }
    }

    var examples: Examples {
      let rows = labels.count / extents.reduce(1, *)
      let names = (0..<max(classes, 2)).map { "\($0)" }
      return Examples(
        inputs: Tensor(shape: [rows, 3] + extents, values: inputs),
        targets: .maps(ClassMaps(labels: labels, extents: extents, names: names)))
    }

    func model(_ net: Network) throws -> Model {
      var parameters = ParameterStore()
      for specification in net.parameters {
        parameters[specification.key] = Tensor(
          shape: specification.shape,
          values: specification.shape.count > 1 ? weight : bias)
      }
      return try Model(
        network: net, parameters: parameters, loss: kind,
        terms: LossTerms(smoothing: smoothing, weights: weights))
    }
  }

  @Test("there are such goldens")
  func goldens() { #expect(Golden.all.count >= 10) }

  @Test("loss, gradients and right positions", arguments: Golden.all)
  func gradients(golden: Golden) throws {
    let net = try golden.network
    let model = try golden.model(net)
    let rows = 0..<golden.examples.count
    let found = try model.step(
      golden.examples, rows: rows, learningRate: 0, mixing: golden.share)
    #expect(abs(found.loss - golden.loss) < 1e-5 * max(1, golden.loss))
    #expect(abs(found.accuracy - golden.accuracy) < 1e-12)
    #expect(found.answers == golden.extents.reduce(1, *))
    for specification in net.parameters {
      let expected =
        specification.shape.count > 1 ? golden.weightGradient : golden.biasGradient
      let gradient = try #require(model.gradients[specification.key]).values
      #expect(gradient.count == expected.count)
      for (value, other) in zip(gradient, expected) {
        #expect(abs(Double(value) - other) < 2e-6, "\(specification.key)")
      }
    }
  }

  @Test("evaluation does without smoothing, weights and mixing")
  func evaluation() throws {
    let plain = try #require(Golden.all.first { $0.name == "series" })
    let model = try plain.model(plain.network)
    let found = try model.evaluate(plain.examples, rows: 0..<plain.examples.count)
    #expect(abs(found.loss - plain.loss) < 1e-5)
  }

  @Test("classes at other positions than those of the output are refused")
  func otherPositions() throws {
    let golden = try #require(Golden.all.first { $0.name == "series" })
    let net = try EngineTests.network(
      [3, 10], [conv(4, Extents(1))])
    let inputs = Tensor(shape: [1, 3, 10])
    let maps = ClassMaps(labels: [0, 1, 2, 3, 0], extents: [5], names: ["a", "b", "c", "d"])
    let model = try Model(network: net, loss: .crossEntropy)
    let error = EngineError.targetPositions(expected: net.output, found: [5])
    #expect(throws: error) {
      try model.evaluate(Examples(inputs: inputs, targets: .maps(maps)), rows: 0..<1)
    }
    #expect(
      error.description
        == "the output is 4×10, the data has a class at each of 5 positions: their positions must agree"
    )
    #expect(throws: EngineError.targetKind(loss: .l2)) {
      try Model(network: golden.network, loss: .l2).evaluate(golden.examples, rows: 0..<1)
    }
  }

  @Test("one class for an example is refused where the output has positions")
  func classesOfExamples() throws {
    let golden = try #require(Golden.all.first { $0.name == "series" })
    let net = try golden.network
    let examples = Examples(
      inputs: Tensor(shape: [1, 3, 5]), targets: .classes([0], names: ["a", "b", "c", "d"]))
    #expect(throws: EngineError.outputHasPositions(loss: .crossEntropy, output: net.output)) {
      try golden.model(net).evaluate(examples, rows: 0..<1)
    }
  }

  @Test("a class beyond the outputs is refused at any position")
  func labelBeyond() throws {
    let golden = try #require(Golden.all.first { $0.name == "series" })
    let net = try golden.network
    let maps = ClassMaps(
      labels: [0, 1, 2, 3, 4], extents: [5], names: ["a", "b", "c", "d", "e"])
    #expect(throws: EngineError.label(4, outputs: 4)) {
      try golden.model(net).evaluate(
        Examples(inputs: Tensor(shape: [1, 3, 5]), targets: .maps(maps)), rows: 0..<1)
    }
  }

  @Test("outputs are predicted where no target is known")
  func predictions() throws {
    let golden = try #require(Golden.all.first { $0.name == "image" })
    let net = try golden.network
    let outputs = try golden.model(net).predict(golden.examples.rows)
    #expect(outputs.shape == [golden.examples.count, 3, 3, 4])
  }
}
