import Networks

/// A text that sentences make, to be learned character by character.
enum TextSource {
  static let source = DataSource(
    name: "text", summary: "English sentences by characters, of which the next one is predicted",
    settings: [
      DataSource.Setting(
        name: "length", bounds: .whole(2...4096), preset: "64",
        summary: "characters that a network sees at once"),
      DataSource.Setting(
        name: "characters", bounds: .whole(10_000...10_000_000), preset: "300000",
        summary: "how long the text is"),
      DataSource.Setting(
        name: "holdout", bounds: .real(0...0.5), preset: "0.1",
        summary: "the share of the text, at its end, that tests"),
      DataSource.Setting(
        name: "seed", bounds: .seed, preset: "1", summary: "which random numbers are drawn"),
    ]
  ) { settings throws(DataError) in
    let count = settings.whole("characters")
    try DataError.checkMemory(CharacterExamples.bytes(characters: count), for: settings.name)
    var sentences = Sentences(settings.generator(test: false))
    let text = try sentences.text(of: count)
    let share = settings.real("holdout")
    guard
      let made = CharacterExamples(text, length: settings.whole("length"), holdingOut: share)
    else {
      throw .shortText(source: settings.name, length: settings.whole("length"))
    }
    return Dataset(
      name: settings.name,
      description: "sentences made at random, \(Words.counted(count)) characters; "
        + (share > 0 ? "the last \(Words.percent(share)) test" : "all train"),
      train: made.train, test: made.test)
  }
}
