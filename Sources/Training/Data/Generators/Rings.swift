import Networks

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Points on rings about one centre, the widest of radius 1: the class is the ring.
enum Rings {
  static let source = DataSource(
    name: "rings", summary: "points on rings about one centre",
    settings: Generator.settings(
      [
        DataSource.Setting(
          name: "rings", bounds: .whole(2...100), preset: "2", summary: "how many rings")
      ], noise: "0.05")
  ) { settings throws(DataError) in
    let rings = settings.whole("rings")
    return try Generator.dataset(
      settings, description: "points on rings about one centre, made at random", shape: Shape([2]),
      classes: (1...rings).map { "ring\($0)" }
    ) { generator, ring, values in
      let radius = Double(ring + 1) / Double(rings)
      let angle = generator.uniform(0, 2 * .pi)
      values.append(Float(radius * cos(angle)))
      values.append(Float(radius * sin(angle)))
    }
  }
}
