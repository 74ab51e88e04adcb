import Foundation
import Testing

@testable import Sessions

/// Files that wait for keys.
@Suite(.serialized) struct FileWalkTests {
  /// A shell at which keys are pressed one after another.
  private final class KeyConsole: Console {
    var keys: [WalkKey]
    private(set) var lines: [String] = []

    init(_ keys: [WalkKey]) { self.keys = keys }

    func show(_ report: Report) { lines += report.lines.map(\.text) }
    func waitForRun() {}
    func key(before lines: [StyledText]) -> WalkKey? {
      self.lines += lines.map(\.text)
      return keys.isEmpty ? .leave : keys.removeFirst()
    }
  }

  private func walked(_ keys: [WalkKey]) throws -> (lines: [String], paths: [String]) {
    Workplace.enter()
    try "input 1x64\nadd conv 8 3\nadd relu\n".write(
      toFile: "walk.esp", atomically: true, encoding: .utf8)
    let session = Session()
    let console = KeyConsole(keys)
    session.run(Source("source walk.esp step=yes", from: .prompt), on: console)
    return (console.lines, session.state.current?.network.paths ?? [])
  }

  @Test("each line is shown before it runs")
  func goesOn() throws {
    let (lines, paths) = try walked([.goOn, .goOn, .goOn])
    #expect(
      lines == [
        "", "▶ input 1x64", "input 1×64", "", "▶ add conv 8 3",
        "conv1  conv 8 3  1×64 → 8×64  32 parameters", "", "▶ add relu",
        "relu1  relu  8×64 → 8×64",
      ])
    #expect(paths == ["conv1", "relu1"])
  }

  @Test("Backspace takes back the line before, as often as there is one")
  func takesBack() throws {
    let (lines, paths) = try walked([.goOn, .goOn, .takeBack, .takeBack, .takeBack, .goOn])
    #expect(lines.contains("undone: add conv 8 3") && lines.contains("undone: input 1x64"))
    #expect(lines.contains("this is the first line"))
    #expect(paths == [])
    #expect(lines.last == "left before line 2")
  }

  @Test("q leaves before the line that is shown")
  func leaves() throws {
    let (lines, paths) = try walked([.goOn, .leave])
    #expect(lines.last == "left before line 2")
    #expect(paths == [])
  }

  @Test("where nobody can press a key it is refused")
  func refuses() throws {
    _ = try walked([])
    #expect(
      Session().answer("source walk.esp step=yes").text == """
        x:1:8: error[E-STATE]: step=yes waits for keys, and no terminal is there to press them at
          source walk.esp step=yes
                 ^~~~~~~~
          try: source walk.esp
        """)
  }

  @Test("pause in a file waits for a key where no run goes on")
  func pauses() {
    let console = KeyConsole([.goOn])
    Session().run(Source("pause", from: .file("x")), on: console)
    #expect(console.lines == ["pause: Space or Enter goes on"])
    #expect(Session().answer("pause").text == "nothing is training")
    #expect(Session().answer("pause", from: .prompt).text == "nothing is training")
  }

  @Test("keys and what they say")
  func keys() {
    #expect([0x20, 0x0D, 0x0A].map { WalkKey($0) } == [.goOn, .goOn, .goOn])
    #expect([0x7F, 0x08].map { WalkKey($0) } == [.takeBack, .takeBack])
    #expect([0x71, 0x51, 0x04].map { WalkKey($0) } == [.leave, .leave, .leave])
    #expect(WalkKey(0x78) == nil)
  }
}
