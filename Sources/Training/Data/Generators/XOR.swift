import Networks

/// Points of a square: the class says whether the signs of the two numbers differ.
enum XOR {
  static let source = DataSource(
    name: "xor", summary: "points of a square, by whether their signs differ",
    settings: Generator.settings([])
  ) { settings throws(DataError) in
    try Generator.dataset(
      settings, description: "points of a square by their signs, made at random",
      shape: Shape([2]), classes: ["same", "different"]
    ) { generator, differs, values in
      let first = generator.uniform(-1, 1)
      let size = generator.unit()
      values.append(Float(first))
      values.append(Float((first < 0) == (differs == 1) ? size : -size))
    }
  }
}
