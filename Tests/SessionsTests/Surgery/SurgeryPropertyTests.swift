import Engine
import Networks
import Testing
import Training

@testable import Sessions

/// Random networks, deepened and widened wherever that is possible, keep what they compute.
struct SurgeryPropertyTests {
  /// The outputs of a network as it has learned, for some inputs.
  private func outputs(_ session: Session, _ inputs: Tensor, training: Bool) throws -> Tensor {
    let known = try #require(session.state.current)
    let model = try Model(
      network: known.network, parameters: known.weights.parameters, loss: .l2)
    if !training { return try model.predict(inputs) }
    let last = try #require(known.network.root.children.last?.id)
    return try #require(
      try model.outputs(inputs, rows: 0..<inputs.shape[0], training: true)[last])
  }

  private func expectSame(_ old: Tensor, _ new: Tensor, noise: Float = 0, _ comment: String) {
    let scale = max(1, old.values.map(abs).max() ?? 0)
    let distance = distance(old, new)
    #expect(
      old.shape == new.shape && distance <= max(1e-5 * scale, 32 * noise),
      "\(distance) of \(scale), noise \(noise): \(comment)")
  }

  private func distance(_ old: Tensor, _ new: Tensor) -> Float {
    zip(old.values, new.values).map { abs($0 - $1) }.max() ?? 0
  }

  /// How far the outputs of a training step move where inputs are rounded otherwise: normalizing a channel
  /// that hardly varies within a batch makes much of little.
  private func noise(_ session: Session, _ batch: Tensor, _ known: Tensor) throws -> Float {
    var largest: Float = 0
    for seed: UInt64 in 1...4 {
      var random = SeededGenerator(seed: seed)
      var moved = batch
      for index in moved.values.indices {
        moved.values[index] *= 1 + Float(random.uniform(-1, 1)) * 0x1p-22
      }
      largest = max(largest, distance(known, try outputs(session, moved, training: true)))
    }
    return largest
  }

  private func inputs(_ shape: Shape, seed: UInt64) -> Tensor {
    var random = SeededGenerator(seed: seed)
    let extents = [12] + shape.extents
    return Tensor(
      shape: extents, values: (0..<extents.reduce(1, *)).map { _ in Float(random.normal()) })
  }

  @Test("outputs stay, in evaluation and in a training step", arguments: 0..<24)
  func keepsOutputs(index: Int) throws {
    var options = Session.Options()
    options.threads = 1
    let isImage = index % 2 == 0
    var nets = RandomNets(seed: UInt64(index))
    let text = nets.text()
    var done = 0
    var paths: [String] = []
    do {
      let session = Session(options)
      session.answer("input \(isImage ? "2x6x5" : "2x12"); seed \(index)")
      #expect(session.answer("add seq { \(text) }; unwrap seq1").outcome == .done, "\(text)")
      session.state.current?.network.walk { block, path in
        if block.width != nil { paths.append(path) }
      }
    }
    for path in paths {
      for verb in ["deepen \(path)", "widen \(path) 11"] {
        let session = Session(options)
        session.answer("input \(isImage ? "2x6x5" : "2x12"); seed \(index)")
        session.answer("add seq { \(text) }; unwrap seq1")
        let network = try #require(session.state.current?.network)
        session.state.current?.weights.parameters = learned(network, seed: UInt64(index))
        let batch = inputs(network.input, seed: 1)
        let others = inputs(network.input, seed: 99)
        let before = try outputs(session, others, training: false)
        let training = try outputs(session, batch, training: true)
        let noise = try noise(session, batch, training)
        let answer = session.answer(verb)
        guard answer.outcome == .done else {
          #expect(answer.text.contains("error[E-EDIT]"), "\(answer.text)")
          #expect(session.state.current?.network.root == network.root)
          continue
        }
        done += 1
        #expect(answer.text.contains("max|Δoutput| "))
        expectSame(before, try outputs(session, others, training: false), "\(verb) of \(text)")
        let scale = max(1, training.values.map(abs).max() ?? 0)
        if verb.hasPrefix("widen"), noise <= 1e-5 * scale {
          expectSame(
            training, try outputs(session, batch, training: true), noise: noise,
            "training, \(verb) of \(text)")
        }
        session.answer("undo")
        #expect(session.state.current?.network.root == network.root)
      }
    }
    #expect(done > 0, "\(text)")
  }

  /// Values as training leaves them, none of them at its start.
  private func learned(_ network: Network, seed: UInt64) -> ParameterStore {
    var random = SeededGenerator(seed: seed &+ 5)
    var store = ParameterStore()
    for specification in network.parameters {
      let values = (0..<specification.count).map { _ in
        switch specification.purpose {
        case .kernel(let fanIn, _): Float(random.normal() / Double(fanIn).squareRoot())
        case .projection(let fanIn, _): Float(random.uniform(-1, 1)) / Float(fanIn).squareRoot()
        case .recurrent(let fanIn, _, _): Float(random.uniform(-1, 1)) / Float(fanIn).squareRoot()
        case .table: Float(random.uniform(-0.5, 0.5))
        case .gamma, .runningVariance: Float(random.uniform(0.5, 1.5))
        case .bias, .given, .beta, .runningMean: Float(random.uniform(-0.3, 0.3))
        }
      }
      store[specification.key] = Tensor(shape: specification.shape, values: values)
    }
    return store
  }

  @Test("training goes on where it was: a deepened and widened network has the loss it had")
  func keepsLossInTraining() throws {
    var options = Session.Options()
    options.threads = 1
    let session = Session(options)
    session.answer(
      """
      data digits; seed 2
      add conv 4 3; add bn; add relu; add basicblock 4; add gap; add dense 10; lr 0.05; train 20 steps
      """)
    for command in ["deepen conv1", "widen res1.conv1 9", "deepen res1.conv2", "deepen dense1"] {
      let text = session.answer(command).text
      let parts = text.components(after: "; loss ").split(separator: " ")
      let (before, after) = (Double(parts[0]) ?? .nan, Double(parts[2]) ?? .nan)
      #expect(abs(before - after) <= 2e-4 * before, "\(text)")
    }
  }
}

extension String {
  /// What stands behind a text.
  fileprivate func components(after text: String) -> String {
    firstRange(of: text).map { String(self[$0.upperBound...]) } ?? ""
  }
}
