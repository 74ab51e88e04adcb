import Foundation
import Terminal
import Testing

/// Where the history and all else that is remembered lies and who may read it.
@Suite struct HistoryFileTests {
  @Test(arguments: [
    ("/state", "/home/ada", "/state/espalier"),
    ("state", "/home/ada", "/home/ada/.local/state/espalier"),
    (nil, "/home/ada", "/home/ada/.local/state/espalier"),
    (nil, "ada", nil),
    (nil, nil, nil),
  ])
  func findsItsPlace(stateHome: String?, home: String?, path: String?) {
    #expect(StateFolder.path(stateHome: stateHome, home: home) == path)
  }

  @Test func makesFoldersAndFileForTheUserOnly() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appending(path: "a/b/history").path
    func mode(_ path: String) throws -> Int? {
      try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    }
    #expect(HistoryFile.prepare(path))
    #expect(try mode(path) == 0o600)
    #expect(try mode(folder.appending(path: "a").path) == 0o700)
    try Data("tree\n".utf8).write(to: URL(filePath: path))
    try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: path)
    #expect(HistoryFile.prepare(path))
    #expect(try mode(path) == 0o600)
    #expect(try String(contentsOfFile: path, encoding: .utf8) == "tree\n")
    #expect(!HistoryFile.prepare("/dev/null/history"))
    let pipe = folder.appending(path: "pipe").path
    let device = folder.appending(path: "device").path
    #expect(mkfifo(pipe, 0o640) == 0)
    try FileManager.default.createSymbolicLink(atPath: device, withDestinationPath: "/dev/null")
    let deviceMode = try mode("/dev/null")
    #expect(!HistoryFile.prepare(pipe) && !HistoryFile.prepare(device))
    #expect(try mode("/dev/null") == deviceMode)
  }
}
