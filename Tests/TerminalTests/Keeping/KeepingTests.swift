import Foundation
import Glibc
import Testing

/// Whatever ends the program, the next start offers what was learned.
@Suite(.serialized) struct KeepingTests {
  private static let often = ["ESPALIER_AUTOSAVE_SECONDS": "0.02"]

  /// Tells whether a network was kept for a session.
  private func isKept(_ home: HomeFolder, session: Int = 1) -> Bool {
    let path = home.file(".local/state/espalier/autosave/\(session)/main.safetensors").path
    return FileManager.default.fileExists(atPath: path)
  }

  private static let load = "load ~/.local/state/espalier/autosave/1/main.safetensors"

  /// Loads what is offered and looks whether it has learned.
  private func checkOffer(_ home: HomeFolder, location: SourceLocation = #_sourceLocation) throws {
    let next = try Pseudoterminal(
      Pseudoterminal.espalier(), ["--plain"], environment: ["HOME": home.url.path], columns: 150)
    try next.until(showing: Self.load, location: location)
    try next.type("data digits; \(Self.load)\r")
    try next.until(showing: "loaded 2 tensors", location: location)
    try next.type("expect steps(main) > 0 and loss(test) < 10\r")
    try next.until(showing: "ok steps(main) > 0 and loss(test) < 10", location: location)
    try next.type("\u{4}")
    _ = try next.end(location: location)
  }

  @Test(arguments: [SIGSEGV, SIGABRT, SIGFPE, SIGBUS, SIGUSR1, SIGKILL, SIGTRAP, SIGILL])
  func survivesItsDeath(by signal: Int32) throws {
    let screen = try FullScreen(Self.often, columns: 160)
    try screen.enter("data digits; add flatten; add dense 10", showing: "dense1")
    try screen.enter("train 100000", showing: "● training")
    try screen.terminal.until("a network is kept") { _ in isKept(screen.home) }
    screen.terminal.send(signal)
    #expect(try screen.terminal.end() == .signal(signal))
    try checkOffer(screen.home)
  }

  @Test func survivesItsDeathAtAPlainPrompt() throws {
    let home = try HomeFolder()
    let plain = try Pseudoterminal(
      Pseudoterminal.espalier(), ["--plain"],
      environment: ["HOME": home.url.path].merging(Self.often) { $1 })
    try plain.until(line: "main ›")
    try plain.type("data digits; add flatten; add dense 10\r")
    try plain.until(showing: "650 parameters")
    try plain.type("train 100000\r")
    try plain.until("a network is kept") { _ in isKept(home) }
    plain.send(SIGKILL)
    #expect(try plain.end() == .signal(SIGKILL))
    try checkOffer(home)
  }

  @Test("deaths at any moment leave whole files, each with its own session")
  func randomDeaths() throws {
    let proves = ProcessInfo.processInfo.environment["ESPALIER_PROVE"] == "1"
    let home = try HomeFolder()
    for round in 1...(proves ? 500 : 20) {
      let plain = try Pseudoterminal(
        Pseudoterminal.espalier(), ["--plain"],
        environment: ["HOME": home.url.path, "ESPALIER_AUTOSAVE_SECONDS": "0.001"])
      try plain.until(line: "main ›")
      try plain.type("data digits; add flatten; add dense 10; train 100000\r")
      try plain.until("round \(round) is kept") { _ in isKept(home, session: round) }
      for _ in 0..<Int.random(in: 0...50_000) { sched_yield() }
      plain.send(SIGKILL)
      _ = try plain.end()
      try checkFiles(home)
    }
  }

  /// Whether all kept files have the length that they say.
  private func checkFiles(_ home: HomeFolder) throws {
    let root = home.file(".local/state/espalier/autosave").path
    for path in try FileManager.default.subpathsOfDirectory(atPath: root)
    where path.hasSuffix(".safetensors") {
      let data = try Data(contentsOf: URL(filePath: root + "/" + path))
      try #require(data.count > 8)
      let header = data.prefix(8).reversed().reduce(0) { $0 << 8 | Int($1) }
      let text = String(decoding: data.dropFirst(8).prefix(header), as: UTF8.self)
      let ends = text.matches(of: /"data_offsets":\[\d+,(\d+)\]/).compactMap { Int($0.1) }
      #expect(data.count == 8 + header + (ends.max() ?? 0), "\(path)")
      #expect(ends.count >= 2, "\(path)")
    }
  }

  @Test(
    "deaths in the midst of checkpoints and of the store of runs leave whole files and all runs that ended"
  )
  func deathsBetweenFiles() throws {
    let proves = ProcessInfo.processInfo.environment["ESPALIER_PROVE"] == "1"
    let home = try HomeFolder()
    let rounds = proves ? 250 : 5
    for round in 1...rounds {
      let plain = try Pseudoterminal(
        Pseudoterminal.espalier(), ["--plain"],
        environment: ["HOME": home.url.path, "ESPALIER_AUTOSAVE_SECONDS": "0.001"])
      try plain.until(line: "main ›")
      let file = home.file("check.safetensors").path
      try plain.type("data digits; add flatten; add dense 10; checkpoint keep=2 \(file)\r")
      try plain.type("for i in 1..100000 { train 1 }\r")
      try plain.until(showing: "trained main")
      for _ in 0..<Int.random(in: 0...50_000) { sched_yield() }
      plain.send(SIGKILL)
      _ = try plain.end()
      try checkFiles(home)
      let names = try FileManager.default.contentsOfDirectory(atPath: home.url.path)
      #expect(names.contains { $0.hasPrefix("check-epoch") }, "round \(round)")
    }
    let plain = try Pseudoterminal(
      Pseudoterminal.espalier(), ["--plain"], environment: ["HOME": home.url.path], columns: 150)
    try plain.until(line: "main ›")
    try plain.type("autosave drop all; runs count=1\r")
    try plain.until(showing: "1 of ")
    try plain.type("\u{4}")
    _ = try plain.end()
  }

  @Test("Enter on the first line takes the session back, and its run goes on to the same bits")
  func entersWhereItWas() throws {
    let home = try HomeFolder()
    func start() throws -> Pseudoterminal {
      try Pseudoterminal(
        Pseudoterminal.espalier(), ["--plain"],
        environment: ["HOME": home.url.path].merging(Self.often) { $1 }, columns: 150)
    }
    let plain = try start()
    try plain.until(line: "main ›")
    try plain.type(
      "data digits; add flatten; add dense 10; optimizer adam; batch 64; train 4000000\r")
    try plain.until("a network is kept") { _ in isKept(home) }
    plain.send(SIGKILL)
    _ = try plain.end()
    let next = try start()
    try next.until(showing: "Enter takes back session 1")
    try next.until(line: "main ›")
    try next.type("\r")
    try next.until(showing: "main goes on at step")
    try next.type("stop\r")
    try next.until(showing: "stopped, everything learned is kept")
    try next.type("\r")
    try next.type("print still here\r")
    try next.until(showing: "still here")
    try next.type("quit\r")
    _ = try next.end()
  }

  @Test func tellsOnceThatItCannotKeep() throws {
    let home = try HomeFolder()
    try FileManager.default.createDirectory(
      at: home.file(".local/state/espalier"), withIntermediateDirectories: true)
    try "".write(
      to: home.file(".local/state/espalier/autosave"), atomically: true, encoding: .utf8)
    let plain = try Pseudoterminal(
      Pseudoterminal.espalier(), ["--plain"],
      environment: ["HOME": home.url.path].merging(Self.often) { $1 }, columns: 150)
    try plain.until(line: "main ›")
    try plain.type("input 1x64; add dense 10\r")
    try plain.until(showing: "work is not kept: ")
    try plain.type("add relu\r")
    try plain.until(showing: "relu1")
    try plain.type("\u{4}")
    try plain.until(showing: "quit or Ctrl-D once more leaves without it")
    try plain.type("\u{4}")
    #expect(try plain.end() == .exit(0))
    #expect(plain.screen.text.components(separatedBy: "work is not kept").count == 2)
  }
}
