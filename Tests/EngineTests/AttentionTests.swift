import Networks
import Testing

@testable import Engine

/// Attention where it draws, in parts and in memory, and embeddings of numbers that have no row.
@Suite struct AttentionTests {
  private static func attention(
    _ heads: Int, causal: Bool = false, dropout: Double = 0
  ) -> Block {
    var layer = Attention(heads: heads)
    layer.isCausal = causal
    layer.dropout = dropout
    return leaf(.attention(layer))
  }

  private static func blocks(causal: Bool, dropout: Double) -> [Block] {
    [conv(6, Extents(1)), attention(3, causal: causal, dropout: dropout), gap, dense(3)]
  }

  /// The loss along the gradient falls by its square, with the same shares zeroed in both passes.
  @Test(arguments: [false, true]) func gradientsWithDropout(causal: Bool) throws {
    let net = try network([2, 19], Self.blocks(causal: causal, dropout: 0.4))
    let start = randomParameters(net)
    let batch = examples(net, count: 4)
    let model = try Model(network: net, parameters: start, seed: 5, usesLibrary: false)
    _ = try model.differentiate(batch, rows: 0..<4)
    let gradients = model.gradients
    for specification in net.parameters {
      let gradient = try #require(gradients[specification.key])
      let square = gradient.values.reduce(0) { $0 + Double($1) * Double($1) }
      if square < 1e-6 { continue }
      let step = 0.02 / square.squareRoot()
      let losses = try [step, -step].map { step in
        var moved = start
        for index in gradient.values.indices {
          moved[specification.key]?.values[index] += Float(step) * gradient.values[index]
        }
        let other = try Model(network: net, parameters: moved, seed: 5, usesLibrary: false)
        return try other.trainingLoss(batch, rows: 0..<4).loss
      }
      let slope = (losses[0] - losses[1]) / (2 * step)
      #expect(abs(slope / square - 1) < 0.02, "\(specification.path)")
    }
  }

  @Test("training zeroes shares, the same for a seed, and inference none")
  func drawing() throws {
    let plain = try network([2, 19], Self.blocks(causal: false, dropout: 0))
    let net = try network([2, 19], Self.blocks(causal: false, dropout: 0.4))
    let values = randomParameters(plain)
    var store = ParameterStore()
    for (own, other) in zip(net.parameters, plain.parameters) { store[own.key] = values[other.key] }
    let batch = examples(net, count: 4)
    let reference = try Model(network: plain, parameters: values, usesLibrary: false)
    let model = try Model(network: net, parameters: store, seed: 1, usesLibrary: false)
    #expect(try model.predict(batch.inputs) == reference.predict(batch.inputs))
    let losses = try [1, 1, 2].map { (seed: UInt64) in
      try Model(network: net, parameters: store, seed: seed, usesLibrary: false)
        .trainingLoss(batch, rows: 0..<4).loss
    }
    #expect(losses[0] == losses[1])
    #expect(losses[0] != losses[2])
    let undrawn = try reference.trainingLoss(batch, rows: 0..<4).loss
    #expect(losses[0] != undrawn)
  }

  @Test("heads shared out between threads have the same bits", arguments: [false, true])
  func threads(usesLibrary: Bool) throws {
    let net = try network(
      [8, 40], [Self.attention(4), Self.attention(2, causal: true, dropout: 0.2), gap])
    let batch = examples(net, count: 60)
    let gradients = try [1, 2].map { threads in
      let model = try Model(
        network: net, parameters: randomParameters(net), seed: 3, threads: threads,
        usesLibrary: usesLibrary)
      _ = try model.differentiate(batch, rows: 0..<60)
      return model.gradients
    }
    for specification in net.parameters {
      let (one, two) = (gradients[0][specification.key], gradients[1][specification.key])
      if specification.key.role == .inputBias || specification.key.role == .outputBias {
        // Sums over the rows of parts are added part by part.
        for (left, right) in zip(one?.values ?? [], two?.values ?? []) {
          #expect(abs(left - right) < 1e-5)
        }
      } else if !usesLibrary {
        #expect(one == two, "\(specification.path)")
      }
    }
  }

  @Test("a plan's memory grows with the positions, not with their square")
  func memory() throws {
    let bytes = try [512, 1024].map { positions in
      let net = try network([4, positions], [Self.attention(2), gap])
      let model = try Model(network: net, usesLibrary: false)
      let options = PlanOptions(mode: .training, batch: 8, loss: .crossEntropy, threads: 1)
      return try Plan(net, slabs: model.slabs, options: options, seed: 0).arenaBytes
    }
    #expect(Double(bytes[1]) < 2.1 * Double(bytes[0]))
  }

  // MARK: - Embeddings

  private func table() throws -> (network: Network, model: Model) {
    let embedding = Embedding(vocabulary: 5, units: 3)
    let net = try network([1, 4], [leaf(.embedding(embedding)), gap])
    return (net, try Model(network: net, parameters: randomParameters(net), usesLibrary: false))
  }

  @Test(
    "numbers without a row, and what to type",
    arguments: [
      (5, "found 5: set embedding1 vocabulary=6"), (40, "found 40: set embedding1 vocabulary=41"),
      (-1, "found -1: remove embedding1"), (0.5, "found 0.5: remove embedding1"),
      (.nan, "found nan: remove embedding1"), (.infinity, "found inf: remove embedding1"),
      (1e9, "found 1000000000: remove embedding1"),
    ] as [(Float, String)])
  func strays(number: Float, text: String) throws {
    let (_, model) = try table()
    let before = model.parameters
    let inputs = Tensor(shape: [2, 1, 4], values: [0, 1, 2, 3, 4, 0, number, 1])
    let examples = Examples(inputs: inputs, targets: .classes([0, 1], names: ["0", "1", "2"]))
    let expected = "embedding1 takes whole numbers from 0 to 4, " + text
    #expect { _ = try model.predict(inputs) } throws: { "\($0)" == expected }
    #expect { _ = try model.step(examples) } throws: { "\($0)" == expected }
    #expect(model.parameters == before)
    let fine = Tensor(shape: [1, 1, 4], values: [0, 1, 4, 0])
    #expect(try model.predict(fine).shape == [1, 3])
  }

  @Test("whole numbers have no gradient; rows that are not there have none either")
  func gradients() throws {
    let (net, model) = try table()
    let inputs = Tensor(shape: [2, 1, 4], values: [0, 1, 1, 3, 3, 0, 0, 1])
    let examples = Examples(inputs: inputs, targets: .classes([0, 1], names: ["0", "1", "2"]))
    let gradient = try model.inputGradient(examples, rows: 0..<2).gradient
    #expect(gradient.values.allSatisfy { $0 == 0 })
    _ = try model.differentiate(examples, rows: 0..<2)
    let rows = try #require(model.gradients[net.parameters[0].key]).values
    #expect(rows[6..<9].allSatisfy { $0 == 0 } && rows[12..<15].allSatisfy { $0 == 0 })
    #expect(rows[0..<6].allSatisfy { $0 != 0 } && rows[9..<12].allSatisfy { $0 != 0 })
  }

  // MARK: - States

  @Test("images shared out between threads have the same bits")
  func states() throws {
    for cell in [Recurrent.Cell.longShortTerm, .gatedUnit] {
      var layer = Recurrent(cell, units: 24)
      layer.isBidirectional = true
      layer.hasBias = false
      let net = try network([8, 30], [leaf(.recurrent(layer)), gap])
      let batch = examples(net, count: 50)
      let gradients = try [1, 2].map { threads in
        let model = try Model(
          network: net, parameters: randomParameters(net), threads: threads, usesLibrary: false)
        _ = try model.differentiate(batch, rows: 0..<50)
        return model.gradients
      }
      #expect(gradients[0] == gradients[1])
    }
  }

  // MARK: - First values

  @Test("first values are those of PyTorch's modules, whatever the scheme")
  func initialValues() throws {
    let net = try network(
      [1, 50],
      [
        leaf(.embedding(Embedding(vocabulary: 100, units: 64))), leaf(.positions(Positions())),
        Self.attention(4), leaf(.classToken), leaf(.recurrent(Recurrent(.gatedUnit, units: 64))),
      ])
    for scheme in [Initializer.pytorch, .he] {
      var store = ParameterStore()
      try store.initialize(missingFor: net, scheme, seed: 1)
      var deviations: [String: Double] = [:]
      for specification in net.parameters {
        let values = try #require(store[specification.key]).values.map(Double.init)
        let mean = values.reduce(0, +) / Double(values.count)
        let square = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)
        deviations[specification.path] = square.squareRoot()
      }
      // Uniform numbers of ±a deviate by a/√3.
      let inner = scheme == .pytorch ? (6.0 / 256 / 3).squareRoot() : (2.0 / 64).squareRoot()
      let outer = scheme == .pytorch ? 0.125 / 3.0.squareRoot() : (2.0 / 64).squareRoot()
      let expected = [
        "embedding1.weight": 1, "positions1.weight": 0.02, "attention1.in_proj_weight": inner,
        "attention1.in_proj_bias": 0, "attention1.out_proj.weight": outer,
        "attention1.out_proj.bias": 0, "cls1.weight": 0.02, "gru1.weight_ih_l0": outer,
        "gru1.weight_hh_l0": outer, "gru1.bias_ih_l0": scheme == .pytorch ? outer : 0,
        "gru1.bias_hh_l0": scheme == .pytorch ? outer : 0,
      ]
      #expect(Set(deviations.keys) == Set(expected.keys))
      for (path, deviation) in expected {
        #expect(abs((deviations[path] ?? -1) - deviation) <= 0.25 * deviation, "\(path)")
      }
    }
  }
}
