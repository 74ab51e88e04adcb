import Foundation
import Testing

/// What is typed behind a Ctrl-C arrives whole, at once or some time behind it; what stood before it does not.
@Suite(.serialized) struct BehindInterruptTests {
  /// Where a shell is used.
  enum Shell: CaseIterable {
    case fullScreen
    case prompt
    case dumb
  }

  private let home: HomeFolder

  init() throws { home = try HomeFolder() }

  private func start(_ shell: Shell) throws -> Pseudoterminal {
    let arguments = shell == .prompt ? ["--plain"] : []
    let terminal = try Pseudoterminal(
      Pseudoterminal.espalier(), arguments,
      environment: ["HOME": home.url.path, "TERM": shell == .dumb ? "dumb" : "xterm-256color"],
      columns: 100, rows: 30)
    try terminal.until("a prompt is shown") { $0.text.contains("main") }
    return terminal
  }

  /// Milliseconds behind the keys before Ctrl-C, and behind it.
  private static let pauses: [UInt32] = [0, 0, 0, 1, 3, 10]

  private static let before = [
    "junk", "\u{12}abc", "\u{1B}", "\u{1B}[", "\"open {", "\u{1B}[200~ab",
  ]

  @Test(arguments: Shell.allCases)
  func arrivesAtAPrompt(_ shell: Shell) throws {
    let terminal = try start(shell)
    var number = 1000
    for keys in Self.before {
      for early in Self.pauses {
        for late in Self.pauses.dropFirst(2) {
          number += 1
          try terminal.type(keys)
          usleep(early * 1000)
          try press(terminal, "print $(\(number) + 10000)\r", after: late)
          try terminal.until(showing: "\(number + 10_000)")
        }
      }
    }
  }

  @Test(arguments: Shell.allCases)
  func arrivesBehindACommandThatLasts(_ shell: Shell) throws {
    let terminal = try start(shell)
    for number in 1001...1012 {
      let ahead = "print $(\(number) + 20000)\r"
      try terminal.type("for i in 1..1000000 { let a = $i }\r" + ahead)
      usleep(UInt32(number % 4) * 30_000)
      try press(terminal, "print $(\(number) + 10000)\r", after: Self.pauses[number % 6])
      try terminal.until(showing: "\(number + 10_000)")
      #expect(!terminal.screen.text.contains("\(number + 20_000)"), "typed before Ctrl-C")
    }
  }

  @Test(arguments: Shell.allCases)
  func arrivesWhileARunTrains(_ shell: Shell) throws {
    let terminal = try start(shell)
    try terminal.type("data digits; add dense 10; print ready\r")
    try terminal.until(showing: "ready")
    for number in 1001...1012 {
      try terminal.type("train 1000000\r")
      usleep(UInt32(number % 4) * 20_000)
      try press(terminal, "print $(\(number) + 10000)\r", after: Self.pauses[number % 6])
      try terminal.until(showing: "\(number + 10_000)")
      try terminal.type("stop\r")
    }
  }

  private func press(_ terminal: Pseudoterminal, _ line: String, after pause: UInt32) throws {
    if pause == 0 { return try terminal.type("\u{3}" + line) }
    try terminal.type("\u{3}")
    usleep(pause * 1000)
    try terminal.type(line)
  }
}
