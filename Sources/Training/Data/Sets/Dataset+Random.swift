import Networks

extension Dataset {
  /// How many examples are made up.
  package static let randomExamples = 16

  /// A few examples for what wants inputs where there is no data, always the same ones: normal noise, or whole
  /// numbers where an embedding reads them.
  package static func random(for network: Network) -> Dataset {
    let (shape, count) = (network.input, randomExamples)
    var generator = SeededGenerator(seed: 1)
    let vocabulary = network.inputVocabulary
    let inputs = Tensor(
      shape: [count] + shape.extents,
      values: (0..<count * shape.count).map { _ in
        if let vocabulary {
          return Float(min(Int(generator.unit() * Double(vocabulary)), vocabulary - 1))
        }
        return Float(generator.normal())
      })
    return Dataset(
      name: "random inputs", description: "", train: Examples(inputs: inputs, targets: .none))
  }
}
