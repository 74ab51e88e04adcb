import Foundation
import Testing

/// The script that makes packages, of a program that is made up.
@Suite struct PackageTests {
  @Test func packagesAreMadeOfWhatIsLaidOut() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: folder) }
    let root = folder.appending(path: "root")
    for path in [
      "bin", "share/man/man1", "share/zsh/site-functions", "share/doc/espalier",
      "share/bash-completion/completions", "share/espalier/examples",
    ] {
      try FileManager.default.createDirectory(
        at: root.appending(path: path), withIntermediateDirectories: true)
    }
    let program = root.appending(path: "bin/espalier")
    try Data("#!/bin/sh\necho espalier 9.8.7\necho oneDNN 2.6.3\n".utf8).write(to: program)
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o755], ofItemAtPath: program.path)
    try Data("told\n".utf8).write(to: root.appending(path: "share/man/man1/espalier.1"))
    try Data("told\n".utf8).write(to: root.appending(path: "share/zsh/site-functions/_espalier"))
    func run(_ command: String, _ arguments: String...) throws -> (Int32, String) {
      let process = Process()
      process.executableURL = URL(filePath: "/bin/sh")
      process.arguments = ["-c", command, "sh"] + arguments
      let pipe = Pipe()
      (process.standardOutput, process.standardError) = (pipe, pipe)
      try process.run()
      let output = pipe.fileHandleForReading.readDataToEndOfFile()
      process.waitUntilExit()
      return (process.terminationStatus, String(decoding: output, as: UTF8.self))
    }
    guard try run("command -v dpkg-deb && command -v objdump").0 == 0 else { return }
    let script = SourceTree.root.appending(path: "docs/packaging/package").path
    let out = folder.appending(path: "out").path
    let (status, said) = try run("\"$1\" \"$2\" \"$3\"", script, root.path, out)
    #expect(status == 0, "\(said)")
    let package = "\"$1\"/espalier_9.8.7_*.deb"
    #expect(try run("dpkg-deb -f \(package) Recommends", out).1 == "libdnnl2\n")
    let contents = try run("dpkg-deb -c \(package) | awk '{ print $1, $2, $6 }'", out).1
    for line in [
      "-rwxr-xr-x root/root ./usr/bin/espalier",
      "-rw-r--r-- root/root ./usr/share/man/man1/espalier.1.gz",
      "-rw-r--r-- root/root ./usr/share/zsh/vendor-completions/_espalier",
      "-rw-r--r-- root/root ./usr/share/doc/espalier/copyright",
      "-rw-r--r-- root/root ./usr/share/doc/espalier/changelog.gz",
    ] {
      #expect(contents.contains(line + "\n"), "\(contents)")
    }
    let sums = try run(
      """
      dpkg-deb -x \(package) "$1"/x && dpkg-deb -e \(package) "$1"/x/DEBIAN &&
      cd "$1"/x && md5sum -c --quiet DEBIAN/md5sums
      """, out)
    #expect(sums == (0, ""))
  }
}
