import Networks

extension Dataset {
  /// A few examples of normal noise, always the same ones, for what wants inputs where there is no data.
  package static func random(_ shape: Shape) -> Dataset {
    let count = 16
    var generator = SeededGenerator(seed: 1)
    let inputs = Tensor(
      shape: [count] + shape.extents,
      values: (0..<count * shape.count).map { _ in Float(generator.normal()) })
    return Dataset(
      name: "random inputs", description: "", train: Examples(inputs: inputs, targets: .none))
  }
}
