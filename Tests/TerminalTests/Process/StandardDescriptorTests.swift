import Foundation
import Testing

/// A program whose standard descriptors are closed by whoever starts it: it ends, and says what it can.
@Suite(.serialized) struct StandardDescriptorTests {
  private let home: Pseudoterminal.Home

  init() throws { home = try Pseudoterminal.Home() }

  @Test(
    arguments: [
      ("<&-", 0), (">&-", 1), ("2>&-", 0), ("<&- >&-", 0), ("<&- 2>&-", 0), (">&- 2>&-", 1),
      ("<&- >&- 2>&-", 0),
    ])
  func ends(redirections: String, status: Int) throws {
    let program = try Pseudoterminal.espalier()
    let shell = try Pseudoterminal(
      "/bin/sh",
      ["-c", "echo 'print x' | sh -c '$ESPALIER \(redirections)'; echo $? >\"$HOME/status\""],
      environment: home.environment(["ESPALIER": program]))
    _ = try shell.end()
    let written = try String(
      contentsOf: home.folder.appending(path: "status"), encoding: .utf8)
    #expect(written == "\(status)\n", "\(redirections): \(shell.screen.text)")
  }
}
