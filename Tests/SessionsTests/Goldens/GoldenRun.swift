import Engine
import Networks

/// All that Espalier computes for a golden case, under the names that the file has for it.
struct GoldenRun {
  var tensors: [String: Tensor] = [:]

  /// Trains a model through all steps of a case.
  init(
    _ golden: GoldenCase, convolutions: Convolutions = .chosen, threads: Int = 1,
    precision: Precision = .float32
  ) throws {
    let network = golden.network
    let model = try golden.model(
      convolutions: convolutions, threads: threads, precision: precision)
    let first = golden.rows(ofStep: 0)
    let last = network.root.children.last?.id
    tensors["output"] = try last.flatMap {
      try model.outputs(golden.examples.inputs, rows: first, training: true)[$0]
    }
    var losses: [Float] = []
    for step in 0..<golden.steps {
      losses.append(Float(try model.step(golden.examples, rows: golden.rows(ofStep: step)).loss))
      if step == 0 { keep(model.gradients, as: "gradient", network) }
    }
    tensors["losses"] = Tensor(shape: [losses.count], values: losses)
    keep(try model.copiedParameters(), as: "final", network)
    let batch = golden.examples.inputs
    let inputs = Tensor(
      shape: [first.count] + batch.shape.dropFirst(),
      values: Array(batch.values.prefix(first.count * network.input.count)))
    tensors["evaluation"] = try model.predict(inputs)
  }

  /// The paths of the tensors of a kind.
  func paths(of kind: String) -> Set<String> {
    Set(
      tensors.keys.filter { $0.hasPrefix(kind + "/") }.map { String($0.dropFirst(kind.count + 1)) })
  }

  private mutating func keep(_ store: ParameterStore, as kind: String, _ network: Network) {
    for specification in network.parameters {
      tensors["\(kind)/\(specification.path)"] = store[specification.key]
    }
  }
}
