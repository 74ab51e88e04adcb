import Networks

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Points on two half circles that reach into each other: the class is the half circle.
enum Moons {
  static let source = DataSource(
    name: "moons", summary: "points on two half circles that reach into each other",
    settings: Generator.settings([])
  ) { settings throws(DataError) in
    try Generator.dataset(
      settings, description: "points on two half circles, made at random", shape: Shape([2]),
      classes: ["upper", "lower"]
    ) { generator, moon, values in
      let angle = generator.uniform(0, .pi)
      values.append(Float(moon == 0 ? cos(angle) : 1 - cos(angle)))
      values.append(Float(moon == 0 ? sin(angle) : 0.5 - sin(angle)))
    }
  }
}
