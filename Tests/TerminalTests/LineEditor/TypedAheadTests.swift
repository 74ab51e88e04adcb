import Testing

/// Keys that are there all at once do what they do one after the other.
@Suite(.serialized) struct TypedAheadTests {
  private let home: Pseudoterminal.Home

  init() throws { home = try Pseudoterminal.Home() }

  private static let keys = [
    "a", "b ", "é", "日", "e\u{301}", "\u{7F}", "\u{7F}", "\u{1B}[D", "\u{1B}[D", "\u{1B}[C",
    "\u{2}", "\u{6}", "\u{1}", "\u{5}", "\u{B}", "\u{19}", "\u{1B}b", "\u{1B}3x", "\u{1F}",
    "\u{16}\u{1}", "\u{1D}a", "word", "12",
  ]

  private func start(_ arguments: [String]) throws -> Pseudoterminal {
    let terminal = try Pseudoterminal(
      espalier: arguments, home: home, environment: ["INPUTRC": "/dev/null"], columns: 60, rows: 20)
    try terminal.until(line: arguments.isEmpty ? " main ›" : "main ›")
    return terminal
  }

  @Test(arguments: [["--plain"], []], 1...12)
  func comeToTheSameLine(arguments: [String], seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let keys =
      ["print x"] + (0..<80).map { _ in Self.keys.randomElement(using: &generator) ?? "a" }
    let whole = try start(arguments)
    try whole.type(keys.joined() + "|")
    try whole.until("the last key is shown") { $0.text.contains("|") }
    let single = try start(arguments)
    for key in keys + ["|"] { _ = try single.press(Array(key.utf8)) }
    try single.until("both show the same") { $0.text == whole.screen.text }
    #expect(single.screen.column == whole.screen.column)
    #expect(single.screen.row == whole.screen.row)
  }

  /// Text that takes many reads, with a key that moves behind it.
  @Test(arguments: [["--plain"], []])
  func longTextArrivesWhole(arguments: [String]) throws {
    let terminal = try start(arguments)
    let middle = (0..<6000).map { "\($0 % 10)" }.joined()
    _ = try terminal.press(Array("\(middle)é-end".utf8))
    _ = try terminal.press(Array("\u{1}let a = 40; if \"\u{5}\" == \"\(middle)é-end\" { ".utf8))
    _ = try terminal.press(Array("print the sum is $($a + 2) }\r".utf8))
    try terminal.until(showing: "the sum is 42")
  }
}
