import Foundation
import Testing

@testable import Sessions

/// The file in which lessons remember how far they have come.
@Suite struct LessonMemoryTests {
  private let folder = KeptFolder()

  @Test func remembers() throws {
    try folder.put("", at: "x")
    let path = folder.root + "/lessons"
    var memory = LessonMemory(path: path)
    memory.note(.step(2), of: "first")
    memory.note(.done, of: "second")
    #expect(memory.unwritten == nil)
    #expect(LessonMemory(path: path).places == ["first": .step(2), "second": .done])
  }

  @Test("a pipe in its place is neither waited for nor written")
  func pipe() throws {
    try folder.put("", at: "x")
    let path = folder.root + "/lessons"
    #expect(mkfifo(path, 0o600) == 0)
    var memory = LessonMemory(path: path)
    #expect(memory.places.isEmpty)
    memory.note(.step(2), of: "first")
    #expect(memory.unwritten == path)
    #expect(memory.places == ["first": .step(2)])
  }
}
