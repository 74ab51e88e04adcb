/// English sentences that a small grammar makes at random, in paragraphs: a text to learn letters from.
struct Sentences {
  private var generator: SeededGenerator

  /// The sentences of a sequence of random numbers.
  init(_ generator: SeededGenerator) { self.generator = generator }

  /// So many characters of text.
  ///
  /// Throws where the user asks for an end.
  mutating func text(of count: Int) throws(DataError) -> [Unicode.Scalar] {
    var text: [Unicode.Scalar] = []
    text.reserveCapacity(count + 1024)
    while text.count < count {
      try DataError.checkInterruption()
      text.append(contentsOf: paragraph().unicodeScalars)
    }
    return Array(text.prefix(count))
  }

  private mutating func paragraph() -> String {
    (0..<3 + generator.below(4)).map { _ in sentence() }.joined(separator: " ") + "\n"
  }

  private mutating func sentence() -> String {
    switch generator.below(8) {
    case 0: return "\"\(capital(clause())),\" said \(pick(Self.people))."
    case 1: return "\"Where is \(thing())?\" asked \(pick(Self.people))."
    case 2, 3: return "\(pick(Self.times)), \(clause())."
    case 4: return "\(capital(clause())), \(pick(Self.joints)) \(clause())."
    default: return "\(capital(clause()))."
    }
  }

  private mutating func clause() -> String {
    let who = generator.below(2) == 0 ? pick(Self.people) : thing()
    switch generator.below(4) {
    case 0: return "\(who) \(pick(Self.rests))"
    case 1: return "\(who) \(pick(Self.rests)) \(pick(Self.places)) \(thing())"
    case 2: return "\(who) \(pick(Self.deeds)) \(thing()) \(pick(Self.manners))"
    default: return "\(who) \(pick(Self.deeds)) \(thing())"
    }
  }

  private mutating func thing() -> String {
    let noun = pick(Self.nouns)
    let words = generator.below(3) == 0 ? "\(pick(Self.looks)) \(noun)" : noun
    if generator.below(3) > 0 { return "the \(words)" }
    return "aeiou".contains(words.prefix(1)) ? "an \(words)" : "a \(words)"
  }

  private mutating func pick(_ words: [String]) -> String { words[generator.below(words.count)] }

  private func capital(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() }

  private static let people = [
    "Anna", "Bruno", "Clara", "David", "Emma", "Felix", "Greta", "Hugo", "Ida", "Jonas",
  ]
  private static let nouns = [
    "apple", "bird", "boat", "bridge", "cat", "dog", "fire", "forest", "friend", "garden", "hill",
    "horse", "house", "island", "lamp", "letter", "moon", "mountain", "road", "river", "sea",
    "ship", "song", "star", "stone", "storm", "street", "table", "tree", "village", "window",
  ]
  private static let looks = [
    "bright", "cold", "dark", "golden", "green", "heavy", "high", "long", "narrow", "old", "quiet",
    "red", "silent", "slow", "small", "soft", "strange", "unknown", "warm", "white", "young",
  ]
  private static let deeds = [
    "carried", "crossed", "followed", "found", "heard", "left", "opened", "painted", "passed",
    "remembered", "saw", "watched",
  ]
  private static let rests = [
    "came back", "fell asleep", "laughed", "sang", "slept", "stood still", "turned away", "waited",
    "went home",
  ]
  private static let places = ["along", "before", "behind", "beside", "beyond", "near", "under"]
  private static let manners = [
    "again", "at last", "gladly", "often", "quietly", "slowly", "suddenly", "without a word",
  ]
  private static let times = [
    "After the rain", "Before dawn", "In the evening", "In winter", "Long ago", "One day",
    "That night",
  ]
  private static let joints = ["and", "because", "but", "so", "while"]
}
