import Networks

/// A small reader of the text of networks, for tests alone.
///
/// Understands `input SHAPE`, `add`, kinds with words and keys, `name=`, `frozen=`, and braces; nothing else.
struct ScriptReader {
  /// What the reader cannot make sense of.
  enum Fault: Error, Equatable {
    case kind(String)
    case unbalanced
    case noInput
    case noLayer(String)
  }

  private let tokens: [String]
  private var next = 0

  private init(_ text: String) {
    var spaced = ""
    for character in text {
      switch character {
      case "{", "}", ";": spaced += " \(character) "
      case "\n": spaced += " ; "
      default: spaced.append(character)
      }
    }
    tokens = spaced.split(separator: " ").map(String.init)
  }

  /// The blocks of a text, named as the program names them.
  static func blocks(_ text: String) throws -> [Block] {
    var reader = ScriptReader(text)
    let blocks = try reader.chain()
    if reader.next < reader.tokens.count { throw Fault.unbalanced }
    return blocks
  }

  /// The arguments of a layer with its words and keys.
  static func arguments(_ text: String) throws -> Arguments {
    guard let block = try blocks(text).first else { throw Fault.noLayer(text) }
    return block.arguments
  }

  /// The network of a whole text, whose first line is its input.
  static func network(_ lines: [String]) throws -> Network {
    guard let first = lines.first, first.hasPrefix("input ") else { throw Fault.noInput }
    return try Network(
      input: shape(String(first.dropFirst(6))),
      root: Block(
        name: "", form: .sequential(BlockList(blocks(lines.dropFirst().joined(separator: "\n"))))))
  }

  /// The shape of a text such as `1x64`.
  static func shape(_ text: String) -> Shape {
    Shape(text.split(separator: "x").map { Int($0) ?? 0 })
  }

  private mutating func chain() throws -> [Block] {
    var blocks: [Block] = []
    while next < tokens.count, tokens[next] != "}" {
      if tokens[next] == ";" || tokens[next] == "add" {
        next += 1
      } else {
        blocks.append(try block(among: blocks))
      }
    }
    return blocks
  }

  private mutating func block(among siblings: [Block]) throws -> Block {
    var words: [String] = []
    while next < tokens.count, !["{", "}", ";"].contains(tokens[next]) {
      words.append(tokens[next])
      next += 1
    }
    guard let word = words.first, let kind = Kind(word: word) else {
      throw Fault.kind(words.first ?? "")
    }
    var options: [(key: String, text: String)] = []
    var isFrozen = false
    var name = Naming.fresh(kind.nameStem, among: siblings.map(\.name))
    for word in words where word.contains("=") {
      let parts = word.split(separator: "=", maxSplits: 1).map(String.init)
      switch parts[0] {
      case "name": name = parts[1]
      case "frozen": isFrozen = parts[1] == "yes"
      default: options.append((parts[0], parts[1]))
      }
    }
    let arguments = try Arguments(
      kind, words: words.dropFirst().filter { !$0.contains("=") }, options: options)
    var bodies: [[Block]] = []
    while next < tokens.count, tokens[next] == "{" {
      next += 1
      bodies.append(try chain())
      if next == tokens.count { throw Fault.unbalanced }
      next += 1
    }
    if kind == .squeezeExcite, !bodies.isEmpty, !words.contains(where: { $0.hasPrefix("name=") }) {
      name = Naming.fresh(kind.nameStemWithBraces, among: siblings.map(\.name))
    }
    if let layer = Layer(arguments) {
      return Block(name: name, form: .layer(layer), isFrozen: isFrozen)
    }
    guard var container = Block(name: name, arguments, blocks: bodies) else {
      throw Fault.noLayer(word)
    }
    container.isFrozen = isFrozen
    return container
  }
}
