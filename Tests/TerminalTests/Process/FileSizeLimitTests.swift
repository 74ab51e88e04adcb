import Foundation
import Testing

/// A program that may write small files only: an error, the old file whole, and nothing left.
@Suite(.serialized) struct FileSizeLimitTests {
  private let home: Pseudoterminal.Home

  init() throws { home = try Pseudoterminal.Home() }

  @Test func aFileBeyondTheLimitIsRefusedAndNothingIsLeft() throws {
    let files = home.folder.appending(path: "files")
    try FileManager.default.createDirectory(at: files, withIntermediateDirectories: true)
    let path = files.appending(path: "net.safetensors").path
    try Data("old".utf8).write(to: URL(filePath: path))
    let program = try Pseudoterminal.espalier()
    let shell = try Pseudoterminal(
      "/bin/sh",
      [
        "-c",
        "ulimit -f 8; $ESPALIER -e 'input 64' -e 'add dense 4000' -e \"save $FILE\"; "
          + "echo $? >\"$HOME/status\"",
      ],
      environment: home.environment(["ESPALIER": program, "FILE": path, "NO_COLOR": "1"]))
    _ = try shell.end()
    let status = try String(contentsOf: home.folder.appending(path: "status"), encoding: .utf8)
    #expect(status == "1\n", "\(shell.screen.text)")
    #expect(try String(contentsOfFile: path, encoding: .utf8) == "old")
    let names = try FileManager.default.contentsOfDirectory(atPath: files.path)
    #expect(names == ["net.safetensors"])
  }
}
