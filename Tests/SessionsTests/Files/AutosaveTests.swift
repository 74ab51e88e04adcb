import Foundation
import Testing

@testable import Sessions

/// What the next start is told of the networks that were kept.
struct AutosaveTests {
  private func offers(of names: [String]) throws -> (lines: [String], folder: String) {
    let folder = FileManager.default.temporaryDirectory.appending(path: "kept-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    for name in names {
      try "input 2\n".write(
        to: folder.appending(path: name), atomically: true, encoding: .utf8)
    }
    let autosave = try #require(Autosave(folder: folder.path))
    return (autosave.offers.map(\.text), folder.path)
  }

  @Test("nothing is said where nothing was kept")
  func nothing() throws {
    #expect(try offers(of: ["notes.txt"]).lines == [])
  }

  @Test("up to three are offered, each by a command")
  func three() throws {
    let (lines, folder) = try offers(of: ["a.esp", "b.safetensors", "c.esp"])
    #expect(
      lines == [
        "kept from the last session:", "  load \(folder)/last/a.esp",
        "  load \(folder)/last/b.safetensors", "  load \(folder)/last/c.esp",
      ])
  }

  @Test("of more than three the first are offered, and the rest counted")
  func five() throws {
    let (lines, folder) = try offers(of: ["a.esp", "b.esp", "c.esp", "d.esp", "e.esp"])
    #expect(
      lines == [
        "kept from the last session:", "  load \(folder)/last/a.esp",
        "  load \(folder)/last/b.esp", "  load \(folder)/last/c.esp",
        "  and 2 more in \(folder)/last",
      ])
  }
}
