import Networks

/// Targets at positions, as they are moved with the positions of the inputs.
struct MovedTargets {
  private let known: Examples.Targets
  private let shape: Shape

  /// Those of all examples one after the other, classes as whole numbers.
  private var values: [Float]

  /// The targets of some examples; nothing where there is none at each of several positions.
  init?(of examples: Examples) {
    guard let shape = Augmentation.targetShape(of: examples) else { return nil }
    known = examples.targets
    self.shape = shape
    switch known {
    case .maps(let maps): values = maps.labels.map { Float($0) }
    case .values(let tensor): values = tensor.values
    case .classes, .none: return nil
    }
  }

  /// Those of one example.
  func grid(at place: Int) -> ExampleGrid {
    ExampleGrid(
      values: Array(values[place * shape.count..<(place + 1) * shape.count]), shape: shape)
  }

  /// Puts back those of one example.
  mutating func put(_ grid: ExampleGrid, at place: Int) {
    values.replaceSubrange(place * shape.count..<(place + 1) * shape.count, with: grid.values)
  }

  /// The targets as they are now.
  var targets: Examples.Targets {
    switch known {
    case .maps(let maps): .maps(maps.with(labels: values.map { Int32($0) }))
    case .values(let tensor): .values(Tensor(shape: tensor.shape, values: values))
    case .classes, .none: known
    }
  }
}
