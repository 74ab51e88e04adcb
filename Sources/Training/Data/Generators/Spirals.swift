import Networks

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Points on the arms of a spiral of radius 1: the class is the arm.
enum Spirals {
  static let source = DataSource(
    name: "spirals", summary: "points on the arms of a spiral",
    settings: Generator.settings(
      [
        DataSource.Setting(
          name: "arms", bounds: .whole(2...100), preset: "3", summary: "how many arms"),
        DataSource.Setting(
          name: "turns", bounds: .real(0...100), preset: "0.75",
          summary: "how often an arm winds about the centre"),
      ], noise: "0.05")
  ) { settings throws(DataError) in
    let arms = settings.whole("arms")
    let turns = settings.real("turns")
    return try Generator.dataset(
      settings, description: "points on the arms of a spiral, made at random", shape: Shape([2]),
      classes: (1...arms).map { "arm\($0)" }
    ) { generator, arm, values in
      let radius = generator.uniform(0.1, 1)
      let angle = 2 * Double.pi * (turns * radius + Double(arm) / Double(arms))
      values.append(Float(radius * cos(angle)))
      values.append(Float(radius * sin(angle)))
    }
  }
}
