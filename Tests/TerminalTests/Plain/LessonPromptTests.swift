import Foundation
import Testing

/// Lessons, files step by step and themes at both prompts of the built program.
@Suite(.serialized) struct LessonPromptTests {
  private static let file = "input 1x64\nadd conv 8 3\nadd relu\n"

  @Test("Enter on an empty line says what is to be done, or turns the page")
  func pages() throws {
    let home = try Pseudoterminal.Home()
    let terminal = try Pseudoterminal(espalier: ["--plain"], home: home)
    try terminal.until(line: "main ›")
    try terminal.type("lesson shapes\r")
    try terminal.until(line: "shapes 1×64 ›")
    try terminal.type("\r")
    try terminal.until(
      showing: "still to do: the positions that are left without padding; hint helps")
    try terminal.type("add conv 10 3 pad=0\r")
    try terminal.until(showing: "✓ the positions that are left without padding")
    try terminal.type("lesson shapes step=7\r")
    try terminal.until(showing: "the last page: lesson 3 begins the next one, lesson stop leaves")
    try terminal.type("lesson stop\r")
    try terminal.until(showing: "lesson 2 is done")
    try terminal.until(line: "main ›")
    try terminal.type("\u{4}")
    #expect(try terminal.end() == .exit(0))
  }

  @Test("a file is gone through by keys, forth and back, and left")
  func walks() throws {
    let home = try Pseudoterminal.Home()
    let path = NSTemporaryDirectory() + "walk-\(UUID()).esp"
    try Self.file.write(toFile: path, atomically: true, encoding: .utf8)
    defer { try? FileManager.default.removeItem(atPath: path) }
    let terminal = try Pseudoterminal(espalier: ["--plain"], home: home)
    try terminal.until(line: "main ›")
    try terminal.type("source \(path) step=yes\r")
    try terminal.until(showing: "▶ input 1x64")
    try terminal.type(" ")
    try terminal.until(showing: "▶ add conv 8 3")
    try terminal.type("\r")
    try terminal.until(showing: "▶ add relu")
    try terminal.type("\u{7F}")
    try terminal.until(showing: "undone: add conv 8 3")
    try terminal.type("q")
    try terminal.until(showing: "left before line 2")
    try terminal.until(line: "main 1×64 ›")
    try terminal.type("\u{4}")
    #expect(try terminal.end() == .exit(0))
  }

  @Test("a file and its keys run inside the screen")
  func inside() throws {
    let home = try HomeFolder()
    let path = home.file("pause.esp").path
    try "input 1x64\nadd conv 8 3\npause\nadd relu\n".write(
      toFile: path, atomically: true, encoding: .utf8)
    let terminal = try Pseudoterminal(
      Pseudoterminal.espalier(), ["-i", path], environment: ["HOME": home.url.path], columns: 100,
      rows: 30)
    try terminal.until(showing: "pause: Space or Enter goes on")
    #expect(terminal.screen.text.contains("conv1  conv 8 3"))
    #expect(!terminal.screen.text.contains("relu1"))
    try terminal.type(" ")
    try terminal.until(showing: "relu1  relu")
    try terminal.type("theme plain\r")
    try terminal.until(showing: "› theme plain")
    try terminal.type("\u{4}")
    #expect(try terminal.end() == .exit(0))
  }
}
