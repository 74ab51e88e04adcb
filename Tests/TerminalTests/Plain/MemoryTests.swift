import Foundation
import Testing

#if canImport(Glibc)
  import Glibc
#endif

/// What the program holds while a network is edited in the midst of a run, in a process of its own.
@Suite struct MemoryTests {
  /// Edits and steps between them.
  private static let edits = String(
    repeating: """
      insert dense 8 act=tanh before dense2 name=middle
      step 1
      wrap residual middle name=around
      step 1
      unwrap around
      remove middle
      step 1

      """, count: 100)

  @Test("hundreds of edits of a run hold no more memory than the first hundred")
  func editsLeaveNothingBehind() throws {
    let home = try Pseudoterminal.Home()
    let file = home.folder.appending(path: "edits.esp")
    try Self.edits.write(to: file, atomically: true, encoding: .utf8)
    let terminal = try Pseudoterminal(espalier: ["--plain"], home: home, columns: 140, rows: 24)
    try terminal.until(line: "main ›")
    try terminal.type("data moons; add dense 8; add dense 8; add dense 2; threads 1\r")
    try terminal.until(line: "main 2 ›")
    try terminal.type("train 1000000\r")
    try terminal.until(line: "main 2 ›")
    try terminal.type("pause\r")
    try terminal.until(showing: "paused at step")
    try terminal.type("source \(file.path)\rprint first\r")
    try terminal.until(showing: "\nfirst\n")
    let first = try Self.residentBytes(of: terminal.process)
    for round in 2...6 {
      try terminal.type("source \(file.path)\rprint round $(\(round) * 11)\r")
      try terminal.until(showing: "\nround \(round * 11)\n")
    }
    let last = try Self.residentBytes(of: terminal.process)
    #expect(last - first < 8 << 20, "\(first >> 10) KiB, then \(last >> 10) KiB")
    try terminal.type("stop\r\u{4}")
    #expect(try terminal.end() == .exit(0))
  }

  /// Memory that a process holds now.
  private static func residentBytes(of process: pid_t) throws -> Int {
    let text = try String(contentsOfFile: "/proc/\(process)/statm", encoding: .utf8)
    let pages = try #require(text.split(separator: " ").dropFirst().first.flatMap { Int($0) })
    return pages * Int(sysconf(Int32(_SC_PAGESIZE)))
  }
}
