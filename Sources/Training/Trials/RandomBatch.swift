import Engine
import Networks

extension Dataset {
  /// As many examples as a batch has, of random numbers, for a network that nobody has given data: inputs from −1 to
  /// 1, or whole numbers where there is an embedding, and targets that suit a loss, the first class or zeros.
  ///
  /// - Throws: `EngineError.memory`.
  package static func random(for network: Network, batch: Int, loss: Loss?) throws(EngineError)
    -> Dataset
  {
    let (input, output) = (network.input, network.output)
    try AvailableMemory.require { () throws(AvailableMemory.Shortage) in
      try AvailableMemory.check(
        bytes: AvailableMemory.bytes(batch, input.count.addingWithLimit(output.count), 4))
    }
    var generator = SeededGenerator(seed: 1)
    let rows = network.inputVocabulary
    var inputs = Tensor(shape: [batch] + input.extents)
    for index in inputs.values.indices {
      inputs.values[index] =
        if let rows { Float(generator.below(rows)) } else { Float(generator.uniform(-1, 1)) }
    }
    return Dataset(
      name: "random", description: "random numbers",
      train: Examples(inputs: inputs, targets: targets(output, batch, loss)))
  }

  private static func targets(_ output: Shape, _ batch: Int, _ loss: Loss?) -> Examples.Targets {
    let wanted = loss ?? (output.channels > 1 ? .crossEntropy : .l2)
    let isWrongForOutput = wanted == .binaryCrossEntropy && output.channels != 1
    if !wanted.comparesClasses || isWrongForOutput {
      return .values(Tensor(shape: [batch] + output.extents))
    }
    let names = (0..<wanted.classes(of: output.channels)).map { "\($0)" }
    let positions = output.spatial.reduce(1, *)
    let labels = [Int32](repeating: 0, count: batch * positions)
    if output.spatialRank == 0 { return .classes(labels, names: names) }
    return .maps(ClassMaps(labels: labels, extents: output.spatial, names: names))
  }
}

extension Int {
  /// The sum, or the greatest number where that is more.
  fileprivate func addingWithLimit(_ other: Int) -> Int {
    let (sum, overflows) = addingReportingOverflow(other)
    return overflows ? .max : sum
  }
}
