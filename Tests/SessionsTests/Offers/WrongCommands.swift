import Language
import Networks
import Training

@testable import Sessions

/// Valid commands with a mistake put in, drawn at random.
struct WrongCommands {
  private var commands: RandomCommands

  init(seed: UInt64) { commands = RandomCommands(seed: seed) }

  /// Whether something happens that does so often.
  mutating func chance(_ percent: Int) -> Bool { commands.chance(percent) }

  /// A command that builds or edits, most of the time a right one.
  mutating func right(paths: [String]) -> String { commands.command(paths: paths) }

  /// A block as it stands behind `add`, with branches that may not fit.
  mutating func misfit() -> String {
    let body = { (self: inout WrongCommands) -> String in
      (0..<self.commands.number(1...3)).map { _ in
        self.commands.one(of: [
          "conv \(self.commands.number(1...6)) 3", "conv 4 3 stride=2", "conv 4 3 pad=0", "bn",
          "maxpool 2", "maxpool 3 stride=2", "maxpool 3", "avgpool 3 stride=1", "relu",
          "seq { conv 4 3 stride=2 }", "repeat 2 { conv 4 3 pad=0; relu }",
          "residual { conv 4 3 }", "conv 4 1 groups=3", "gap", "dense 4",
        ])
      }.joined(separator: "; ")
    }
    switch commands.number(0...4) {
    case 0: return "residual { \(body(&self)) } { \(body(&self)) }"
    case 1:
      return "residual shortcut=\(commands.one(of: ["identity", "A", "B"])) { \(body(&self)) }"
    case 2: return "parallel { \(body(&self)) } { \(body(&self)) } { \(body(&self)) }"
    case 3:
      let join = commands.one(of: ["add", "mul", "highway"])
      return "parallel join=\(join) { \(body(&self)) } { \(body(&self)) }"
    default: return "highway { \(body(&self)) }"
    }
  }

  /// A call of a definition with arguments that may be out of its range.
  mutating func call(of definition: Definition) -> String {
    let values = [
      "0", "-1", "1", "2", "3", "0.5", "999999999", "x", "relu", "same", "A", "yes", "-3", "12",
    ]
    var words = [definition.name]
    for parameter in definition.parameters {
      if parameter.defaultValue != nil, chance(60) { continue }
      let value = chance(55) ? "\(commands.number(1...4))" : commands.one(of: values)
      words.append(
        parameter.defaultValue != nil && chance(80) ? "\(parameter.name)=\(value)" : value)
    }
    if chance(15), let name = words.first {
      return "\(name)(\(words.dropFirst().joined(separator: ", ")))"
    }
    return words.joined(separator: " ")
  }

  /// A text with a mistake: a word misspelled, dropped, doubled or out of range, a path that leads nowhere.
  mutating func spoiled(_ text: String) -> String {
    var words = text.split(separator: " ").map(String.init)
    guard !words.isEmpty else { return text }
    for _ in 0..<commands.number(1...2) {
      guard !words.isEmpty else { break }
      let index = commands.number(0...words.count - 1)
      switch commands.number(0...8) {
      case 0, 1: words[index] = misspelled(words[index])
      case 2: words.remove(at: index)
      case 3: words.insert(words[index], at: index)
      case 4, 5: words[index] = outOfRange(words[index])
      case 6:
        words.insert(
          commands.one(of: [
            "stride=2", "pad=same", "pading=same", "act=rellu", "name=conv1", "x", "7", "{", "}",
            "each", "last=9", "shortcut=C", "kernel_size=3", "units=0", ">", "&", "(3)", "\"", "$x",
          ]), at: index + 1)
      case 7:
        if let verb = words.first, words.count > 1 {
          return "\(verb)(\(words.dropFirst().joined(separator: ", ")))"
        }
      default: words[index] = words[index].uppercased()
      }
    }
    return words.joined(separator: " ")
  }

  private mutating func misspelled(_ word: String) -> String {
    var characters = Array(word)
    guard characters.count > 1 else { return word + "x" }
    let index = commands.number(0...characters.count - 2)
    switch commands.number(0...3) {
    case 0: characters.swapAt(index, index + 1)
    case 1: characters.remove(at: index)
    case 2: characters.insert(characters[index], at: index)
    default: characters[index] = commands.one(of: Array("aeiourstx_"))
    }
    return String(characters)
  }

  private mutating func outOfRange(_ word: String) -> String {
    let value = commands.one(of: [
      "0", "-1", "0.5", "99999999999", "3x3", "1x2x3x4", "yes", "no", "relu", "\"a b\"", "1e400",
      "nothing.here", "*", "conv1..bn1", "bn1..conv1",
    ])
    guard let equals = word.firstIndex(of: "=") else { return value }
    return word[...equals] + value
  }

  mutating func one<Element>(of elements: [Element]) -> Element { commands.one(of: elements) }
}
