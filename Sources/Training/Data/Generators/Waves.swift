import Networks

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Series of one kind of wave each: the class is the kind.
///
/// Frequency and phase are drawn at random, so no single place of a series tells its class. All channels
/// have the same frequency, each its own phase. Amplitude 1. With `target=clean` the wave is to be told from its noise.
enum Waves {
  /// The kinds, in the order of the classes.
  private static let kinds = ["sine", "square", "sawtooth", "chirp"]

  static let source = DataSource(
    name: "waves", summary: "series that are sine, square, sawtooth or chirp waves",
    settings: Generator.settings([
      DataSource.Setting(
        name: "classes", bounds: .whole(2...4), preset: "4",
        summary: "how many kinds: sine, square, sawtooth, chirp"),
      DataSource.Setting(
        name: "channels", bounds: .whole(1...1024), preset: "1",
        summary: "channels of a series"),
      DataSource.Setting(
        name: "length", bounds: .whole(8...1_000_000), preset: "64",
        summary: "values of a channel"),
      DataSource.Setting(
        name: "target", bounds: .words(["class", "clean"]), preset: "class",
        summary: "what is predicted: the kind, or the wave without noise"),
    ])
  ) { settings throws(DataError) in
    let channels = settings.whole("channels")
    let length = settings.whole("length")
    let highest = min(6, Double(length) / 8)
    let lowest = highest / 3
    let predictsClean = settings.word("target") == "clean"
    return try Generator.dataset(
      settings,
      description: "sine, square, sawtooth and chirp waves, made at random"
        + (predictsClean ? "; what is predicted is the wave without noise" : ""),
      shape: Shape([channels, length]), classes: Array(kinds.prefix(settings.whole("classes"))),
      predictsClean: predictsClean
    ) { generator, kind, values in
      let frequency = generator.uniform(lowest, highest)
      for _ in 0..<channels {
        let phase = generator.unit()
        for place in 0..<length {
          let time = Double(place) / Double(length)
          values.append(Float(value(kind, time: time, frequency: frequency, phase: phase)))
        }
      }
    }
  }

  /// A wave at a time 0..<1; frequency and phase in turns.
  ///
  /// The chirp's frequency rises from a half to twice the one given.
  private static func value(
    _ kind: Int, time: Double, frequency: Double, phase: Double
  ) -> Double {
    let turns = frequency * time + phase
    switch kind {
    case 0: return sin(2 * .pi * turns)
    case 1: return turns - turns.rounded(.down) < 0.5 ? 1 : -1
    case 2: return 2 * (turns - turns.rounded(.down)) - 1
    default:
      return sin(2 * .pi * (frequency * (0.5 * time + 0.75 * time * time) + phase))
    }
  }
}
